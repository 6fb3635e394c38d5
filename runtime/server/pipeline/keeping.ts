/** Responses under idempotency keys: which are kept, how a call ends that holds a key, and what is replayed. */
import { fromStored } from "../idempotency/idempotency.ts";
import type { StoredResponse } from "../idempotency/store.ts";
import type { Observer } from "../observation/observer.ts";
import type { CheckedResponse } from "../response/check-response.ts";
import type { Refusal } from "../response/failure.ts";
import type { Refusals } from "../response/refusals.ts";
import type { Call } from "./call.ts";
import type { PreparedApi } from "./prepare.ts";

/** Another call has the key: its response is what the caller will get when it asks again. */
export const leaseLost: Refusal = { stage: "idempotency-in-progress", retryAfter: 1 };

export class Keeping {
  readonly #api: PreparedApi;
  readonly #refusals: Refusals;
  readonly #observer: Observer;

  constructor(api: PreparedApi, refusals: Refusals, observer: Observer) {
    this.#api = api;
    this.#refusals = refusals;
    this.#observer = observer;
  }

  /** Keeps the response for replay, or frees the key where the caller is to try the same again. */
  async conclude(
    call: Call,
    held: NonNullable<Call["held"]>,
    response: CheckedResponse,
  ): Promise<CheckedResponse> {
    try {
      if (!this.isFinal(response)) {
        await held.release();
        return response;
      }
      const kept = await held.materialize(response);
      if (kept === undefined)
        throw new TypeError("The response is too large to be kept for its idempotency key.");
      if (await held.complete(kept)) return kept;
      return this.#refusals.refuse(call, leaseLost);
    } catch (error) {
      // The work is done and the caller should hear so; a repetition waits for the lease.
      held.abandon();
      this.#observer.failed(error, call, "idempotency");
      return response.body instanceof ReadableStream ? this.#refusals.unhandled(call) : response;
    }
  }

  /** Codes that invite the caller to repeat the very same request must not be kept. */
  isFinal({ code, status }: CheckedResponse): boolean {
    const retry = code === undefined ? undefined : this.#api.contract.codes[code]?.retry;
    if (retry === undefined) return status !== 429 && status !== 503;
    return retry !== "same-request" && retry !== "after-delay";
  }

  replay(call: Call, stored: StoredResponse): CheckedResponse {
    if (call.plan.check.declares(stored.code, stored.status)) return fromStored(stored);
    this.#observer.violated(call, {
      kind: stored.code === undefined ? "status" : "code",
      message: "A kept response is no longer declared.",
    });
    return this.#refusals.unhandled(call);
  }
}
