/** Takes a request through every stage to a declared response. */
import { withoutField } from "../response/response-fields.ts";
import { Call, HandlerContext, type Services } from "./call.ts";
import type { CheckedResponse, Checked } from "../response/check-response.ts";
import type { OutgoingResponse, ServerRequest } from "../exchange.ts";
import { Failure, type Refusal } from "../response/failure.ts";
import { LeaseLostError, type StoredResponse } from "../idempotency/store.ts";
import { fromStored } from "../idempotency/idempotency.ts";
import { malformations, type Malformation } from "../validation/malformed.ts";
import { Observer } from "../observation/observer.ts";
import type { PreparedApi } from "./prepare.ts";
import { Refusals } from "../response/refusals.ts";
import type { Stage } from "./stages.ts";
import { isThenable } from "../thenable.ts";

/** What every adapter drives. Never throws: whatever happens becomes a response. */
export class Pipeline implements Services {
  readonly #api: PreparedApi;
  readonly #refusals: Refusals;
  readonly #observer: Observer;
  #responses = 0;

  constructor(api: PreparedApi) {
    this.#api = api;
    this.#refusals = new Refusals(api);
    this.#observer = new Observer(api);
  }

  /** Calls `done` once, at once where nothing has to be waited for; or `pass`, where the API has no such path. */
  handle(request: ServerRequest, done: (response: OutgoingResponse) => void, pass?: () => void): void {
    const found = this.#api.router.find(request.method, request.target);
    if (found.target === undefined && found.allow.length === 0 && pass !== undefined) {
      pass();
      return;
    }
    const began = this.#observer.now();
    const requestId = this.#api.requestIds.of(request);
    if (found.target === undefined) {
      const response = this.#refusals.unrouted({ stage: "routing", ...allowing(found.allow) }, requestId);
      this.#observer.unrouted(request, response, requestId, began);
      done(this.#write(request, response, requestId, []));
      return;
    }
    const call = new Call(request, requestId, found.target, found.parameters, found.query, began, done);
    this.#observer.stagePassed(call, "routing", undefined);
    this.#check(call, 0);
  }

  /** The response to a request that is none, and ends its connection. */
  rejectMalformed(why: Malformation): OutgoingResponse {
    const requestId = this.#api.requestIds.fresh();
    const response = this.#refusals.unrouted(malformations[why], requestId);
    return {
      ...response,
      headers: [...response.headers, this.#api.requestIds.header, requestId, "connection", "close"],
    };
  }

  /** Runs the checks from the `from`th on. Waits only for what is not there yet: every wait is a turn of the queue. */
  #check(call: Call, from: number): void {
    const { checks } = this.#api;
    let refusal: Refusal | undefined;
    let index = from;
    try {
      for (; index < checks.length; index++) {
        const check = checks[index];
        if (check === undefined) break;
        if (check.needsBody === true && call.awaitsBody) {
          this.#receive(call, index);
          return;
        }
        const outcome = check.run(call);
        if (isThenable(outcome)) {
          this.#wait(call, index, outcome);
          return;
        }
        this.#observer.stagePassed(call, check.stage, outcome);
        refusal = outcome;
        if (refusal !== undefined) break;
      }
    } catch (error) {
      this.#break(call, error, index);
      return;
    }
    if (refusal === undefined) this.#serve(call);
    else this.#refuse(call, refusal);
  }

  #receive(call: Call, index: number): void {
    const { bytes, timeoutMs } = call.plan.limits;
    call.request.read(bytes, timeoutMs, (body) => {
      call.received = body;
      this.#check(call, index);
    });
  }

  #wait(call: Call, index: number, outcome: PromiseLike<Refusal | undefined>): void {
    outcome.then(
      (refusal) => {
        const stage = this.#api.checks[index]?.stage;
        if (stage !== undefined) this.#observer.stagePassed(call, stage, refusal);
        if (refusal === undefined) this.#check(call, index + 1);
        else this.#refuse(call, refusal);
      },
      (error: unknown) => {
        this.#break(call, error, index);
      },
    );
  }

  #serve(call: Call): void {
    if (call.replay !== undefined) {
      this.#finish(call, this.#replay(call, call.replay), "handler");
      return;
    }
    let given: unknown;
    try {
      // The generated `Handlers` ties each function to the context of its operation.
      given = call.plan.handler(new HandlerContext(call, this) as never);
    } catch (error) {
      this.#thrown(call, error);
      return;
    }
    if (!isThenable(given)) {
      this.#served(call, given);
      return;
    }
    given.then(
      (value) => {
        this.#served(call, value);
      },
      (error: unknown) => {
        this.#thrown(call, error);
      },
    );
  }

  /** What a handler throws is a failure of its contract, or nothing that a caller may see. */
  #thrown(call: Call, error: unknown): void {
    if (error instanceof Failure) {
      this.#served(call, error);
      return;
    }
    // After a lost lease, the winner's response is what the caller will get when it asks again.
    const lost = error instanceof LeaseLostError;
    if (!lost) this.#observer.failed(error, call, "handler");
    this.#keep(call, lost ? this.#refusals.refuse(call, leaseLost) : this.#refusals.unhandled(call));
  }

  #served(call: Call, value: unknown): void {
    let response: CheckedResponse;
    try {
      const { remembered } = call;
      response =
        remembered !== undefined && remembered.result === value
          ? remembered.response
          : this.#settle(call, value);
    } catch (error) {
      this.#observer.failed(error, call, "handler");
      response = this.#refusals.unhandled(call);
    }
    this.#keep(call, response);
  }

  /** Where the call holds a key, its response is kept before it leaves. */
  #keep(call: Call, response: CheckedResponse): void {
    if (call.held === undefined) {
      this.#finish(call, response, "handler");
      return;
    }
    void this.#conclude(call, call.held, response).then((kept) => {
      this.#finish(call, kept, "handler");
    });
  }

  #refuse(call: Call, refusal: Refusal): void {
    let response: CheckedResponse;
    try {
      response = this.#refusals.refuse(call, refusal);
    } catch (error) {
      this.#observer.failed(error, call, refusal.stage);
      this.#finish(call, this.#refusals.unhandled(call), "unhandled");
      return;
    }
    this.#finish(call, response, refusal.stage);
  }

  /** A check broke, which is the host's part of it as a rule. */
  #break(call: Call, error: unknown, index: number): void {
    this.#observer.failed(error, call, this.#api.checks[index]?.stage ?? "handler");
    this.#finish(call, this.#refusals.unhandled(call), "unhandled");
  }

  #finish(call: Call, response: CheckedResponse, stage: Stage): void {
    this.#observer.responded(call, response, stage);
    call.done(this.#write(call.request, response, call.requestId, call.fields));
  }

  /** Fails closed: what is not declared becomes the unhandled code, and the host hears of it. */
  #settle(call: Call, value: unknown): CheckedResponse {
    const checked = this.#judge(call, value);
    if (checked.breach === undefined) return checked.response;
    this.#observer.violated(call, { ...checked.breach, response: value });
    return this.#refusals.unhandled(call);
  }

  #judge({ plan, requestId }: Call, value: unknown): Checked {
    const whole = this.#api.validates(this.#responses++);
    return value instanceof Failure
      ? plan.check.failure(value, requestId, whole)
      : plan.check.result(value, whole);
  }

  async remember(call: Call, result: unknown, transaction: unknown): Promise<unknown> {
    if (call.held === undefined) return result;
    const checked = this.#judge(call, result);
    // An undeclared response must not be kept; `#settle` reports it when the handler returns it.
    if (checked.breach !== undefined) throw new TypeError(`Cannot be remembered: ${checked.breach.message}`);
    if (!this.#isFinal(checked.response)) return result;
    const response = await call.held.materialize(checked.response);
    if (response === undefined) throw new TypeError("Cannot be remembered: the response is too large.");
    await call.held.completeWithin(transaction, response);
    call.remembered = { result, response };
    return result;
  }

  onForeign(call: Call): void {
    this.#observer.violated(call, {
      kind: "tenant",
      message:
        "A resource was loaded that belongs to another tenant; the caller was told that it does not exist.",
    });
  }

  /** Keeps the response for replay, or frees the key where the caller is to try the same again. */
  async #conclude(
    call: Call,
    held: NonNullable<Call["held"]>,
    response: CheckedResponse,
  ): Promise<CheckedResponse> {
    try {
      if (!this.#isFinal(response)) {
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

  /** Codes that invite the caller to repeat the very same request are no response to keep. */
  #isFinal({ code, status }: CheckedResponse): boolean {
    const retry = code === undefined ? undefined : this.#api.contract.codes[code]?.retry;
    if (retry === undefined) return status !== 429 && status !== 503;
    return retry !== "same-request" && retry !== "after-delay";
  }

  #replay(call: Call, stored: StoredResponse): CheckedResponse {
    if (call.plan.check.declares(stored.code, stored.status)) return fromStored(stored);
    this.#observer.violated(call, {
      kind: stored.code === undefined ? "status" : "code",
      message: "A kept response is no longer declared.",
    });
    return this.#refusals.unhandled(call);
  }

  #write(
    request: ServerRequest,
    { status, headers, body }: Omit<CheckedResponse, "code">,
    requestId: string,
    fields: readonly string[],
  ): OutgoingResponse {
    const { header } = this.#api.requestIds;
    const all = withoutField(headers, header);
    all.push(header, requestId);
    for (const field of fields) all.push(field);
    if (request.method !== "HEAD" || body === undefined) return { status, headers: all, body };
    if (body instanceof ReadableStream) {
      body.cancel().catch(() => undefined);
      return { status, headers: all, body: undefined };
    }
    const length = typeof body === "string" ? new TextEncoder().encode(body).length : body.length;
    return { status, headers: [...all, "content-length", String(length)], body: undefined };
  }
}

const leaseLost: Refusal = { stage: "idempotency-in-progress", retryAfter: 1 };

function allowing(allow: readonly string[]): Partial<Refusal> {
  return allow.length === 0 ? {} : { status: 405, headers: ["allow", [...allow].sort().join(", ")] };
}
