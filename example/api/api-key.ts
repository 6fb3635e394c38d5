/** API keys: a part that finds the key and a part that proves it, of which only a hash is kept. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const shape = /^sfk_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;
/** What a key that does not exist is compared with, so that it takes the same work to refuse. */
const nobody = randomBytes(32);

export interface NewApiKey {
  /** Handed out once and never stored. */
  readonly key: string;
  readonly id: string;
  readonly secretHash: Uint8Array;
}

export function newApiKey(): NewApiKey {
  const id = randomBytes(8).toString("hex");
  const secret = randomBytes(32).toString("base64url");
  return { key: `sfk_${id}_${secret}`, id, secretHash: hash(secret) };
}

/** `undefined` for what does not even look like a key. */
export function parseApiKey(key: string): { readonly id: string; readonly secret: string } | undefined {
  const [, id, secret] = shape.exec(key) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** In constant time, also where there is nothing to compare with. */
export function provesKey(secret: string, secretHash: Uint8Array | undefined): boolean {
  return timingSafeEqual(hash(secret), secretHash ?? nobody) && secretHash !== undefined;
}

function hash(secret: string): Uint8Array {
  return createHash("sha256").update(secret).digest();
}
