/** The idempotency stage (draft-ietf-httpapi-idempotency-key-header-07): claims, keeps the lease, remembers, replays. */
import type { CheckedResponse } from "../response/check-response.ts";
import type { ParameterValues } from "../contract.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Refusal } from "../response/failure.ts";
import type { IdempotencyRef, IdempotencyStore, StoredResponse } from "./store.ts";
import { LeaseLostError } from "./store.ts";

export interface IdempotencyOptions<Transaction = unknown> {
  readonly store: IdempotencyStore<Transaction>;
  /** Milliseconds; 30 s where absent. A holder renews at a third of it, so only a dead one loses its key. */
  readonly leaseMs?: number;
  /** Milliseconds; 24 h where absent. */
  readonly ttlMs?: number;
  /** Seconds that a caller is told to wait while the first call runs; 1 where absent. */
  readonly retryAfter?: number;
  /** The longest body that is kept, in bytes; 256 KiB where absent. */
  readonly responseBytes?: number;
}

const day = 24 * 60 * 60 * 1000;
const longestKey = 255;

/**
 * The key in the field: a String of Structured Fields as the draft has it (§2.1), or the bare text that many send.
 * Both spellings of one key are one key. `undefined` where it is neither.
 */
export function parseKey(field: string): string | undefined {
  const key = field.startsWith('"') ? unquote(field) : field.trim();
  return key !== undefined && key !== "" && key.length <= longestKey && /^[\x20-\x7e]+$/.test(key)
    ? key
    : undefined;
}

function unquote(field: string): string | undefined {
  const found = /^"((?:[^"\\]|\\["\\])*)"$/.exec(field.trim());
  return found?.[1]?.replace(/\\(["\\])/g, "$1");
}

export type Turn =
  | { readonly claim: HeldKey; readonly refusal?: undefined; readonly replay?: undefined }
  | { readonly replay: StoredResponse; readonly refusal?: undefined; readonly claim?: undefined }
  | { readonly refusal: Refusal; readonly claim?: undefined; readonly replay?: undefined };

/** What a call says about itself to this stage. */
export interface KeyedCall {
  readonly tenant: string;
  /** Who of the tenant. */
  readonly caller: string;
  readonly operation: string;
  readonly key: string;
  readonly parameters: Pick<ParameterValues, "path" | "query">;
  readonly body: unknown;
}

/** Hands out keys. */
export class Idempotency {
  readonly #options: Required<IdempotencyOptions>;

  constructor(options: IdempotencyOptions) {
    this.#options = { leaseMs: 30_000, ttlMs: day, retryAfter: 1, responseBytes: 256 * 1024, ...options };
  }

  async claim({ tenant, caller, operation, key, parameters, body }: KeyedCall): Promise<Turn> {
    const { store, leaseMs, ttlMs, retryAfter } = this.#options;
    // Names may hold anything; JSON keeps them apart.
    const ref: IdempotencyRef = { scope: JSON.stringify([tenant, caller, operation]), key };
    const token = crypto.randomUUID();
    const print = await fingerprint(parameters, body);
    const claim = await store.claim({ ...ref, fingerprint: print, token, leaseMs, ttlMs });
    switch (claim.state) {
      case "claimed":
        return { claim: new HeldKey(ref, token, this.#options) };
      case "completed":
        return { replay: claim.response };
      case "mismatch":
        return { refusal: { stage: "idempotency-reuse" } };
      case "in-progress":
        return { refusal: { stage: "idempotency-in-progress", retryAfter } };
    }
  }
}

/** A key that this call holds until it completes or releases it. */
export class HeldKey {
  readonly #ref: IdempotencyRef;
  readonly #token: string;
  readonly #options: Required<IdempotencyOptions>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;
  /** The response that the host's transaction took with it. */
  #within: CheckedResponse | undefined;

  constructor(ref: IdempotencyRef, token: string, options: Required<IdempotencyOptions>) {
    this.#ref = ref;
    this.#token = token;
    this.#options = options;
    this.#keepAlive();
  }

  /** Stores the response. False where another call has taken the key over meanwhile. */
  async complete(response: CheckedResponse): Promise<boolean> {
    this.#end();
    if (this.#within === response) return true;
    return this.#options.store.complete(this.#ref, this.#token, toStored(response));
  }

  /** Stores the response as a part of the host's transaction; where the store cannot, `complete` will do it later. */
  async completeWithin(transaction: unknown, response: CheckedResponse): Promise<void> {
    const stored = toStored(response);
    const done = await this.#options.store.completeWithin?.(transaction, this.#ref, this.#token, stored);
    if (done === false) throw new LeaseLostError();
    if (done === true) this.#within = response;
  }

  /** Leaves the key to its lease, which nobody renews any more. */
  abandon(): void {
    this.#end();
  }

  /** Frees the key. */
  async release(): Promise<void> {
    this.#end();
    await this.#options.store.release(this.#ref, this.#token);
  }

  /** Whether this response can be kept. A stream is read into memory for it, up to the limit. */
  async materialize(response: CheckedResponse): Promise<CheckedResponse | undefined> {
    const limit = this.#options.responseBytes;
    const { body } = response;
    if (body instanceof ReadableStream) {
      const bytes = await collectStream(body, limit);
      return bytes === undefined ? undefined : { ...response, body: bytes };
    }
    return body === undefined || body.length <= limit ? response : undefined;
  }

  #end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  /** A renewal that fails is tried again at the next turn; the lease outlives two of them. */
  #keepAlive(): void {
    const { store, leaseMs } = this.#options;
    this.#timer = setTimeout(() => {
      store
        .renew(this.#ref, this.#token, leaseMs)
        .catch(() => true)
        .then((held) => {
          if (held && !this.#ended) this.#keepAlive();
        })
        .catch(() => undefined);
    }, leaseMs / 3);
  }
}

function toStored({ status, headers, body, code }: CheckedResponse): StoredResponse {
  const rest = { status, headers, ...(code === undefined ? {} : { code }) };
  if (body === undefined) return { ...rest, encoding: "text" };
  if (typeof body === "string") return { ...rest, body, encoding: "text" };
  if (body instanceof ReadableStream) throw new TypeError("A stream has to be read before it can be kept.");
  let binary = "";
  for (const byte of body) binary += String.fromCharCode(byte);
  return { ...rest, body: btoa(binary), encoding: "base64" };
}

/** The response as it left the first time. */
export function fromStored({ status, headers, body, encoding, code }: StoredResponse): CheckedResponse {
  const bytes =
    body !== undefined && encoding === "base64"
      ? Uint8Array.from(atob(body), (char) => char.charCodeAt(0))
      : body;
  return { status, headers, body: bytes, code };
}

async function collectStream(
  stream: ReadableStream<Uint8Array>,
  limit: number,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > limit) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(next.value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
