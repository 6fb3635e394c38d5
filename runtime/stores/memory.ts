/** Idempotency keys in memory: for tests, and for a service that is one process and may forget at a restart. */
import type {
  Claim,
  ClaimRequest,
  IdempotencyRef,
  IdempotencyStore,
  StoredResponse,
} from "../server/idempotency/store.ts";

export interface MemoryStoreOptions {
  /** The most keys that are kept; the oldest responses go first. 10,000 where absent. */
  readonly maxKeys?: number;
  /** Milliseconds since any fixed moment; for tests. */
  readonly now?: () => number;
}

interface Entry {
  readonly fingerprint: string;
  readonly token: string;
  readonly expires: number;
  lease: number;
  response: StoredResponse | undefined;
}

export class MemoryIdempotencyStore implements IdempotencyStore {
  /** In order of their claims, so that the oldest come first. */
  readonly #entries = new Map<string, Entry>();
  readonly #maxKeys: number;
  readonly #now: () => number;

  constructor({ maxKeys = 10_000, now = Date.now }: MemoryStoreOptions = {}) {
    this.#maxKeys = maxKeys;
    this.#now = now;
  }

  get size(): number {
    return this.#entries.size;
  }

  claim(request: ClaimRequest): Promise<Claim> {
    const now = this.#now();
    const id = idOf(request);
    const entry = this.#entries.get(id);
    if (entry !== undefined && entry.expires > now) {
      if (entry.fingerprint !== request.fingerprint) return Promise.resolve({ state: "mismatch" });
      if (entry.response !== undefined)
        return Promise.resolve({ state: "completed", response: entry.response });
      if (entry.lease > now) return Promise.resolve({ state: "in-progress" });
    }
    const { fingerprint, token, leaseMs, ttlMs } = request;
    this.#entries.delete(id);
    this.#makeRoom(now);
    this.#entries.set(id, {
      fingerprint,
      token,
      expires: now + ttlMs,
      lease: now + leaseMs,
      response: undefined,
    });
    return Promise.resolve({ state: "claimed" });
  }

  renew(ref: IdempotencyRef, token: string, leaseMs: number): Promise<boolean> {
    const entry = this.#held(ref, token);
    if (entry !== undefined) entry.lease = this.#now() + leaseMs;
    return Promise.resolve(entry !== undefined);
  }

  complete(ref: IdempotencyRef, token: string, response: StoredResponse): Promise<boolean> {
    const entry = this.#held(ref, token);
    if (entry !== undefined) entry.response = response;
    return Promise.resolve(entry !== undefined);
  }

  release(ref: IdempotencyRef, token: string): Promise<void> {
    if (this.#held(ref, token) !== undefined) this.#entries.delete(idOf(ref));
    return Promise.resolve();
  }

  #held(ref: IdempotencyRef, token: string): Entry | undefined {
    const entry = this.#entries.get(idOf(ref));
    return entry?.token === token && entry.response === undefined ? entry : undefined;
  }

  /** Drops what has expired, then the oldest responses. A key whose call still runs stays, whatever the limit. */
  #makeRoom(now: number): void {
    if (this.#entries.size < this.#maxKeys) return;
    for (const [id, entry] of this.#entries) if (entry.expires <= now) this.#entries.delete(id);
    for (const [id, entry] of this.#entries) {
      if (this.#entries.size < this.#maxKeys) return;
      if (entry.response !== undefined || entry.lease <= now) this.#entries.delete(id);
    }
  }
}

function idOf({ scope, key }: IdempotencyRef): string {
  return JSON.stringify([scope, key]);
}
