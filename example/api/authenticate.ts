/** Checks API keys against the database. */
import type { Authenticator } from "lockstep-openapi-runtime/server";
import type { Session } from "../database/database.ts";
import { parseApiKey, provesKey } from "./api-key.ts";
import type { Caller } from "./caller.ts";

interface ApiKeyRow {
  readonly id: string;
  readonly secret_hash: Uint8Array;
  readonly organization_id: string;
  readonly user_id: string;
  readonly scopes: string[];
  readonly allow_sends: boolean;
}

const lookUp = `SELECT id, secret_hash, organization_id, user_id, scopes, allow_sends FROM api_keys
WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`;

/** Unknown, revoked, expired and wrong keys are all the same to the caller. */
export function authenticator(session: Session): Authenticator<Caller, string> {
  return async (key) => {
    const parts = parseApiKey(key);
    if (parts === undefined) return undefined;
    const { rows } = await session.query<ApiKeyRow>(lookUp, [parts.id]);
    const [row] = rows;
    if (!provesKey(parts.secret, row?.secret_hash) || row === undefined) return undefined;
    const principal = {
      keyId: row.id,
      organizationId: row.organization_id,
      userId: row.user_id,
      allowSends: row.allow_sends,
    };
    return { principal, scopes: row.scopes };
  };
}
