/** Assets as they are stored, and as they are shown. */
import type { Asset } from "../api/responses.ts";
import type { Owned } from "../database/owned.ts";

export interface AssetRow extends Owned {
  readonly filename: string;
  readonly content_type: Asset["contentType"];
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly upload_expires_at: Date;
  readonly created_at: Date;
}

/** @param origin where this service is reached, without a slash at the end */
export function toAsset(row: AssetRow, origin: string): Asset {
  return {
    id: row.id,
    organizationId: row.organization_id,
    filename: row.filename,
    contentType: row.content_type,
    size: row.size,
    url: `${origin}/files/${row.organization_id}/${row.id}/${fileSegment(row.filename)}`,
    width: row.width,
    height: row.height,
    createdAt: row.created_at.toISOString(),
  };
}

/** Readers of addresses take dots alone for a way up, even where they are percent-encoded. */
function fileSegment(filename: string): string {
  return /^\.{1,2}$/.test(filename) ? "file" : encodeURIComponent(filename);
}
