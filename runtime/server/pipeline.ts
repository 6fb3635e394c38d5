/** Takes a request through every stage to a declared answer. */
import { Call, HandlerContext, type Services } from "./call.ts";
import type { CheckedAnswer, Checked } from "./check-answer.ts";
import type { ServerAnswer, ServerRequest } from "./exchange.ts";
import { Failure, type Refusal } from "./failure.ts";
import { LeaseLostError } from "./idempotency-store.ts";
import { fromStored } from "./idempotency.ts";
import { notify, type Violation } from "./observe.ts";
import type { PreparedApi } from "./prepare.ts";
import { headFields, Refusals } from "./refusals.ts";
import type { Miss } from "./router.ts";
import type { Stage } from "./stages.ts";
import { isThenable } from "./thenable.ts";

/** What every adapter drives. Never rejects: whatever happens becomes an answer. */
export class Pipeline implements Services {
  readonly #api: PreparedApi;
  readonly #refusals: Refusals;
  #answered = 0;

  constructor(api: PreparedApi) {
    this.#api = api;
    this.#refusals = new Refusals(api);
  }

  handle(request: ServerRequest): Promise<ServerAnswer> {
    const began = performance.now();
    const requestId = this.#api.requestIds.of(request);
    const { path, query } = splitTarget(request.target, this.#api.basePath);
    const found = path === undefined ? noPath : this.#api.router.find(request.method, path);
    if (found.target === undefined) {
      const answer = this.#refusals.unrouted({ stage: "routing", ...allowing(found.allow) }, requestId);
      this.#observeUnrouted(request, answer, requestId, began);
      return Promise.resolve(this.#write(request, answer, requestId, []));
    }
    const call = new Call(request, requestId, found.target, found.parameters, query, began);
    this.#stagePassed(call, "routing", undefined);
    return this.#answer(call);
  }

  /** An answer to a request that the HTTP parser itself rejected: too large a header section, or no HTTP at all. */
  rejectMalformed(tooLarge: boolean): ServerAnswer {
    const requestId = this.#api.requestIds.fresh();
    const message = tooLarge ? "must not be that large" : "is not HTTP";
    const issue = { in: "header", pointer: "", rule: tooLarge ? "headerSize" : "http", message };
    const refusal: Refusal = {
      stage: tooLarge ? "request-limits" : "request-validation",
      details: { issues: [issue] },
      status: tooLarge ? 431 : 400,
    };
    const answer = this.#refusals.unrouted(refusal, requestId);
    return {
      ...answer,
      headers: [...answer.headers, ...headFields(this.#api, requestId), "connection", "close"],
    };
  }

  async #answer(call: Call): Promise<ServerAnswer> {
    let stage: Stage = "handler";
    let answer: CheckedAnswer;
    try {
      // Waits only for what is not there yet: every wait is a turn of the queue.
      let refusal: Refusal | undefined;
      for (const check of this.#api.checks) {
        const outcome = check.run(call);
        refusal = outcome instanceof Promise ? await outcome : outcome;
        this.#stagePassed(call, check.stage, refusal);
        if (refusal !== undefined) break;
      }
      if (refusal !== undefined) stage = refusal.stage;
      answer = refusal === undefined ? await this.#handle(call) : this.#refusals.refuse(call, refusal);
    } catch (error) {
      this.#report(error, call, stage);
      stage = "unhandled";
      answer = this.#refusals.unhandled(call);
    }
    this.#observe(call, answer, stage);
    return this.#write(call.request, answer, call.requestId, call.fields);
  }

  #handle(call: Call): CheckedAnswer | Promise<CheckedAnswer> {
    if (call.replay !== undefined) return this.#replay(call);
    const { held } = call;
    const answer = this.#runHandler(call);
    return held === undefined ? answer : answer.then((given) => this.#conclude(call, held, given));
  }

  async #runHandler(call: Call): Promise<CheckedAnswer> {
    let value: unknown;
    try {
      // The generated `Handlers` ties each function to the context of its operation.
      const given = call.plan.handler(new HandlerContext(call, this) as never);
      value = isThenable(given) ? await given : given;
    } catch (error) {
      // The winner's answer is what the caller will get when it asks again.
      if (error instanceof LeaseLostError) return this.#refusals.refuse(call, leaseLost);
      if (!(error instanceof Failure)) {
        this.#report(error, call, "handler");
        return this.#refusals.unhandled(call);
      }
      value = error;
    }
    if (call.remembered !== undefined && call.remembered.result === value) return call.remembered.answer;
    return this.#settle(call, value);
  }

  /** Fails closed: what is not declared becomes the unhandled code, and the host hears of it. */
  #settle(call: Call, value: unknown): CheckedAnswer {
    const checked = this.#check(call, value);
    if (checked.breach === undefined) return checked.answer;
    this.#violated(call, { ...checked.breach, answer: value });
    return this.#refusals.unhandled(call);
  }

  #check({ plan, requestId }: Call, value: unknown): Checked {
    const whole = this.#api.validates(this.#answered++);
    return value instanceof Failure
      ? plan.check.failure(value, requestId, whole)
      : plan.check.result(value, whole);
  }

  async remember(call: Call, result: unknown, transaction: unknown): Promise<unknown> {
    if (call.held === undefined) return result;
    const checked = this.#check(call, result);
    // An undeclared answer must not be kept; `#settle` reports it when the handler returns it.
    if (checked.breach !== undefined) throw new TypeError(`Cannot be remembered: ${checked.breach.message}`);
    if (!this.#isFinal(checked.answer)) return result;
    const answer = await call.held.materialize(checked.answer);
    if (answer === undefined) throw new TypeError("Cannot be remembered: the answer is too large.");
    await call.held.completeWithin(transaction, answer);
    call.remembered = { result, answer };
    return result;
  }

  onForeign(call: Call): void {
    this.#violated(call, {
      kind: "tenant",
      message:
        "A resource was loaded that belongs to another tenant; the caller was told that it does not exist.",
    });
  }

  /** Keeps the answer for replay, or frees the key where the caller is to try the same again. */
  async #conclude(
    call: Call,
    held: NonNullable<Call["held"]>,
    answer: CheckedAnswer,
  ): Promise<CheckedAnswer> {
    try {
      if (!this.#isFinal(answer)) {
        await held.release();
        return answer;
      }
      const kept = await held.materialize(answer);
      if (kept === undefined)
        throw new TypeError("The answer is too large to be kept for its idempotency key.");
      if (await held.complete(kept)) return kept;
      return this.#refusals.refuse(call, leaseLost);
    } catch (error) {
      // The work is done and the caller should hear so; a repetition waits for the lease.
      this.#report(error, call, "idempotency");
      return answer.body instanceof ReadableStream ? this.#refusals.unhandled(call) : answer;
    }
  }

  /** Codes that invite the caller to repeat the very same request are no answer to keep. */
  #isFinal({ code, status }: CheckedAnswer): boolean {
    const retry = code === undefined ? undefined : this.#api.contract.codes[code]?.retry;
    if (retry === undefined) return status !== 429 && status !== 503;
    return retry !== "same-request" && retry !== "after-delay";
  }

  #replay(call: Call): CheckedAnswer {
    const stored = call.replay;
    if (stored !== undefined && call.plan.check.declares(stored.code, stored.status))
      return fromStored(stored);
    this.#violated(call, {
      kind: stored?.code === undefined ? "status" : "code",
      message: "A kept answer is no longer declared.",
    });
    return this.#refusals.unhandled(call);
  }

  #write(
    request: ServerRequest,
    { status, headers, body }: Omit<CheckedAnswer, "code">,
    requestId: string,
    fields: readonly string[],
  ): ServerAnswer {
    const all = [...headers, ...headFields(this.#api, requestId), ...fields];
    if (request.method !== "HEAD" || body === undefined) return { status, headers: all, body };
    if (body instanceof ReadableStream) {
      body.cancel().catch(() => undefined);
      return { status, headers: all, body: undefined };
    }
    const length = typeof body === "string" ? new TextEncoder().encode(body).length : body.length;
    return { status, headers: [...all, "content-length", String(length)], body: undefined };
  }

  #stagePassed(call: Call, stage: Stage | "idempotency", refusal: Refusal | undefined): void {
    const { onStage } = this.#api.hooks;
    if (onStage === undefined) return;
    notify(onStage, {
      stage: refusal?.stage ?? stage,
      outcome: refusal === undefined ? "passed" : "refused",
      operation: call.plan.operation.id,
      requestId: call.requestId,
      milliseconds: performance.now() - call.began,
    });
  }

  #observe(call: Call, { status, code }: CheckedAnswer, stage: Stage): void {
    const { hooks, coverage } = this.#api;
    const { id, path } = call.plan.operation;
    if (coverage !== undefined && call.plan.check.declares(code, status)) {
      notify(
        (pair) => {
          coverage.record(pair);
        },
        { operation: id, status, code: code ?? null },
      );
    }
    if (hooks.onAnswer === undefined) return;
    notify(hooks.onAnswer, {
      operation: id,
      method: call.request.method,
      path,
      status,
      code,
      stage,
      requestId: call.requestId,
      milliseconds: performance.now() - call.began,
      replayed: call.replay !== undefined,
    });
  }

  #observeUnrouted(request: ServerRequest, answer: CheckedAnswer, requestId: string, began: number): void {
    const { status, code } = answer;
    const milliseconds = performance.now() - began;
    const event = { operation: undefined, path: undefined, method: request.method, status, code, requestId };
    notify(this.#api.hooks.onStage, {
      stage: "routing",
      outcome: "refused",
      operation: undefined,
      requestId,
      milliseconds,
    });
    notify(this.#api.hooks.onAnswer, { ...event, stage: "routing", milliseconds, replayed: false });
  }

  #violated(call: Call, violation: Omit<Violation, "operation" | "requestId">): void {
    const { id } = call.plan.operation;
    notify(this.#api.hooks.onViolation, { ...violation, operation: id, requestId: call.requestId });
  }

  #report(error: unknown, call: Call, during: string): void {
    const { id } = call.plan.operation;
    notify(this.#api.hooks.onError, error, { operation: id, requestId: call.requestId, during });
  }
}

const leaseLost: Refusal = { stage: "idempotency-in-progress", retryAfter: 1 };
const noPath: Miss = { allow: [] };

function allowing(allow: readonly string[]): Partial<Refusal> {
  return allow.length === 0 ? {} : { status: 405, headers: ["allow", [...allow].sort().join(", ")] };
}

/** `path` below the base path; `undefined` where the target lies outside of it. */
export function splitTarget(
  target: string,
  basePath: string,
): { readonly path: string | undefined; readonly query: string } {
  const origin = target.startsWith("/") ? target : originForm(target);
  const mark = origin.indexOf("?");
  const path = mark === -1 ? origin : origin.slice(0, mark);
  const query = mark === -1 ? "" : origin.slice(mark + 1);
  if (basePath === "") return { path, query };
  const inside =
    path.startsWith(basePath) && (path.length === basePath.length || path[basePath.length] === "/");
  return { path: inside ? path.slice(basePath.length) : undefined, query };
}

/** The path and query of the absolute form that proxies send (RFC 9112 §3.2.2). */
function originForm(target: string): string {
  const authority = target.indexOf("://");
  const slash = authority === -1 ? -1 : target.indexOf("/", authority + 3);
  return slash === -1 ? "" : target.slice(slash);
}
