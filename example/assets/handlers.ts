/** The operations of assets. */
import type { AssetsHandlers } from "../../generated/server.ts";
import type { Caller } from "../api/caller.ts";
import type { RequestIssue } from "../api/responses.ts";
import { only, type Database, type Session } from "../database/database.ts";
import { owned } from "../database/owned.ts";
import { toAsset, type AssetRow } from "./asset.ts";
import { finalize, type UploadProblem } from "./finalize.ts";
import { sign } from "./signature.ts";

export interface AssetsParts {
  readonly database: Database;
  /** Where this service is reached, without a slash at the end. */
  readonly origin: () => string;
  readonly uploadSecret: Uint8Array;
}

const announce = `INSERT INTO assets (organization_id, filename, content_type, size, upload_expires_at)
VALUES ($1, $2, $3, $4, date_trunc('second', now()) + interval '15 minutes') RETURNING *`;

export function assetsHandlers(parts: AssetsParts): AssetsHandlers<Caller, Session> {
  const { database, origin } = parts;
  const assets = owned<AssetRow>(database, "assets");
  return {
    presignAsset: ({ body, principal, remember }) =>
      database.transaction(async (session) => {
        const { filename, contentType, size } = body;
        const values = [principal.organizationId, filename, contentType, size];
        const row = only(await session.query<AssetRow>(announce, values));
        const answer = { asset: toAsset(row, origin()), upload: uploadOf(row, parts) };
        return remember({ status: 200, body: answer }, session);
      }),

    finalizeAsset: async ({ path, body, find, fail, remember }) => {
      const asset = await find(assets, path.id);
      return database.transaction(async (session) => {
        const outcome = await finalize(session, asset, body ?? {});
        if (outcome === undefined) return fail("not_found");
        if (outcome.row === undefined)
          return fail("validation_failed", { issues: [issueOf(outcome.problem)] });
        return remember({ status: 200, body: { asset: toAsset(outcome.row, origin()) } }, session);
      });
    },

    deleteAsset: async ({ path, find, fail }) => {
      const { organization_id, id } = await find(assets, path.id);
      const { rows } = await database.query(
        "DELETE FROM assets WHERE organization_id = $1 AND id = $2 RETURNING id",
        [organization_id, id],
      );
      // Another call may have been faster.
      return rows.length === 0 ? fail("not_found") : { status: 204 };
    },
  };
}

function uploadOf(row: AssetRow, { origin, uploadSecret }: AssetsParts) {
  const { organization_id: organizationId, id: assetId, content_type: contentType, upload_expires_at } = row;
  const expires = upload_expires_at.getTime() / 1000;
  const signature = sign(uploadSecret, { organizationId, assetId, contentType, expires });
  return {
    method: "PUT" as const,
    url: `${origin()}/uploads/${organizationId}/${assetId}?expires=${expires}&signature=${signature}`,
    headers: { "content-type": contentType },
    expiresAt: upload_expires_at.toISOString(),
  };
}

const wordings: Readonly<Record<UploadProblem, string>> = {
  upload_missing: "Nothing was uploaded while the upload address was good.",
  upload_size_mismatch: "The upload does not have the size that was announced.",
  upload_type_mismatch: "The upload is not an image of the type that was announced.",
};

function issueOf(rule: UploadProblem): RequestIssue {
  return { in: "path", pointer: "/id", rule, message: wordings[rule] };
}
