/** Checks an upload against what was announced, measures it, and makes the asset usable. */
import { only, type Session } from "../database/database.ts";
import type { components } from "../../generated/types.ts";
import type { AssetRow } from "./asset.ts";
import { readImage } from "./image-size.ts";

export type UploadProblem = "upload_missing" | "upload_size_mismatch" | "upload_type_mismatch";

export type Finalized =
  | { readonly row: AssetRow; readonly problem?: undefined }
  | { readonly problem: UploadProblem; readonly row?: undefined };

/** What the request names is replaced, the rest stays. */
const note = `UPDATE assets SET finalized_at = coalesce(finalized_at, now()), width = $3, height = $4,
  description = coalesce($5, description), alt_text = coalesce($6, alt_text), image_type = coalesce($7, image_type)
WHERE organization_id = $1 AND id = $2 RETURNING *`;

/** The lock keeps the bytes from being replaced, and the asset from being deleted, before the note is made. */
const lock = `SELECT f.bytes FROM assets a
  LEFT JOIN asset_files f ON f.organization_id = a.organization_id AND f.asset_id = a.id
WHERE a.organization_id = $1 AND a.id = $2 FOR UPDATE OF a`;

/**
 * Call it in a transaction.
 *
 * @returns `undefined` where the asset has been deleted meanwhile
 */
export async function finalize(
  session: Session,
  asset: AssetRow,
  { description, altText, imageType }: components["schemas"]["FinalizeAssetRequest"],
): Promise<Finalized | undefined> {
  const key = [asset.organization_id, asset.id];
  const { rows } = await session.query<{ bytes: Uint8Array | null }>(lock, key);
  const [file] = rows;
  if (file === undefined) return undefined;
  if (file.bytes === null) return { problem: "upload_missing" };
  if (file.bytes.length !== asset.size) return { problem: "upload_size_mismatch" };
  const image = readImage(file.bytes);
  if (image?.contentType !== asset.content_type) return { problem: "upload_type_mismatch" };
  const values = [image.width, image.height, description ?? null, altText ?? null, imageType ?? null];
  return { row: only(await session.query<AssetRow>(note, [...key, ...values])) };
}
