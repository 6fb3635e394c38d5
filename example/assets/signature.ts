/** Signs upload addresses: whoever has one may upload that one file, until it expires. */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { only, type Session } from "../database/database.ts";

/** What a signature vouches for. */
export interface UploadGrant {
  readonly organizationId: string;
  readonly assetId: string;
  readonly contentType: string;
  /** Seconds since 1970. */
  readonly expires: number;
}

/** The secret that all processes on this database share; made by whoever asks first. */
export async function uploadSecret(session: Session): Promise<Uint8Array> {
  await session.query("INSERT INTO secrets (name, value) VALUES ('upload', $1) ON CONFLICT DO NOTHING", [
    randomBytes(32),
  ]);
  const read = "SELECT value FROM secrets WHERE name = 'upload'";
  return only(await session.query<{ value: Uint8Array }>(read)).value;
}

export function sign(
  secret: Uint8Array,
  { organizationId, assetId, contentType, expires }: UploadGrant,
): string {
  const text = JSON.stringify([organizationId, assetId, contentType, expires]);
  return createHmac("sha256", secret).update(text).digest("base64url");
}

/** In constant time. Whether the grant has expired is another question. */
export function isSigned(secret: Uint8Array, grant: UploadGrant, signature: string): boolean {
  const expected = Buffer.from(sign(secret, grant));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
