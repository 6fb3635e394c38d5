/** Where responses are kept for replay (draft-ietf-httpapi-idempotency-key-header-07): the interface of stores. */

/** Names one key: unique per tenant, caller and operation. */
export interface IdempotencyRef {
  /** Tenant, caller and operation. */
  readonly scope: string;
  /** The caller's key. */
  readonly key: string;
}

export interface ClaimRequest extends IdempotencyRef {
  /** Says which request the key was first used with. */
  readonly fingerprint: string;
  /** Fresh for each claim: only its holder may renew, complete or release. */
  readonly token: string;
  /** Milliseconds after which a holder that does not renew counts as dead. */
  readonly leaseMs: number;
  /** Milliseconds for which the key and its response are kept. */
  readonly ttlMs: number;
}

/** A response as it is kept. */
export interface StoredResponse {
  readonly status: number;
  /** Field names and values in turn, without those of the single exchange. */
  readonly headers: readonly string[];
  /** Absent: no body. */
  readonly body?: string;
  /** How `body` is written down. */
  readonly encoding: "text" | "base64";
  /** The error code, where it is an error. */
  readonly code?: string;
}

export type Claim =
  /** The caller holds the key now and must complete or release it. */
  | { readonly state: "claimed" }
  | { readonly state: "in-progress" }
  /** The key was used with another request. */
  | { readonly state: "mismatch" }
  | { readonly state: "completed"; readonly response: StoredResponse };

/** Every method is atomic, also across processes. */
export interface IdempotencyStore<Transaction = unknown> {
  /** Takes a key that is free, expired, or whose holder let the lease run out on the same fingerprint. */
  claim(request: ClaimRequest): Promise<Claim>;
  /** Lengthens the lease. False where the token holds the key no more. */
  renew(ref: IdempotencyRef, token: string, leaseMs: number): Promise<boolean>;
  /** Stores the response and ends the lease. False where the token holds the key no more. */
  complete(ref: IdempotencyRef, token: string, response: StoredResponse): Promise<boolean>;
  /** The same as a part of the host's transaction; absent where the store cannot take part in one. */
  completeWithin?(
    transaction: Transaction,
    ref: IdempotencyRef,
    token: string,
    response: StoredResponse,
  ): Promise<boolean>;
  /** Forgets the claim, so that the key is free again. */
  release(ref: IdempotencyRef, token: string): Promise<void>;
}

/** Another call has taken the key over, because this one's lease ran out. */
export class LeaseLostError extends Error {
  constructor() {
    super("The lease on the idempotency key ran out, and another call has taken it over.");
    this.name = "LeaseLostError";
  }
}
