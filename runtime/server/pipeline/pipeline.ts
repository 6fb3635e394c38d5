/** Takes a request through every stage to a declared response. */
import { Call, fail, HandlerContext, type Services } from "./call.ts";
import type { CheckedResponse, Checked } from "../response/check-response.ts";
import type { OutgoingResponse, ServerRequest } from "../exchange.ts";
import { Failure, type Refusal } from "../response/failure.ts";
import { LeaseLostError } from "../idempotency/store.ts";
import { malformations, type Malformation } from "../validation/malformed.ts";
import { Observer } from "../observation/observer.ts";
import type { PreparedApi } from "./prepare.ts";
import { Refusals } from "../response/refusals.ts";
import type { Stage } from "./stages.ts";
import { beginTrace, runWithin } from "../observation/telemetry.ts";
import { outgoing, preflight } from "../response/outgoing.ts";
import { Keeping, leaseLost } from "./keeping.ts";
import type { Match, Miss } from "../routing/router.ts";
import type { OperationPlan } from "./plan.ts";
import { isThenable } from "../thenable.ts";

/** What every adapter drives. Never throws: whatever happens becomes a response. */
export class Pipeline implements Services {
  readonly #api: PreparedApi;
  readonly #refusals: Refusals;
  readonly #observer: Observer;
  readonly #keeping: Keeping;
  #responses = 0;

  constructor(api: PreparedApi) {
    this.#api = api;
    this.#refusals = new Refusals(api);
    this.#observer = new Observer(api);
    this.#keeping = new Keeping(api, this.#refusals, this.#observer);
  }

  /** Calls `done` once, at once where nothing has to be waited for; or `pass`, where the API has no such path. */
  handle(request: ServerRequest, done: (response: OutgoingResponse) => void, pass?: () => void): void {
    const found = this.#find(request);
    if (found.target === undefined && found.allow.length === 0 && pass !== undefined) {
      pass();
      return;
    }
    const began = this.#observer.now();
    const requestId = this.#api.requestIds.of(request);
    if (found.target === undefined) {
      if (found.allow.length > 0 && this.#api.cors?.isPreflight(request) === true) {
        done(preflight(this.#api, request, found.allow, requestId));
        return;
      }
      const trace = beginTrace(this.#api.telemetry, request, undefined);
      const response = this.#refusals.unrouted({ stage: "routing", ...allowing(found.allow) }, requestId);
      trace?.end(response.status, response.code);
      this.#observer.unrouted(request, response, requestId, began);
      done(outgoing(this.#api, request, response, requestId, []));
      return;
    }
    const call = new Call(request, requestId, found.target, found.parameters, found.query, began, done);
    if (this.#api.telemetry !== undefined) this.#trace(call);
    this.#observer.stagePassed(call, "routing", undefined);
    if (call.trace === undefined) this.#check(call, 0);
    else
      runWithin(call.trace, () => {
        this.#check(call, 0);
      });
  }

  #trace(call: Call): void {
    const { id: operation, path, prefix = "" } = call.plan.operation;
    const route = { operation, path: this.#api.basePath + prefix + path };
    call.trace = beginTrace(this.#api.telemetry, call.request, route);
  }

  #find(request: ServerRequest): Match<OperationPlan> | Miss {
    const { router, trailingSlash } = this.#api;
    const found = router.find(request.method, request.target);
    if (trailingSlash === undefined || found.target !== undefined || found.allow.length > 0) return found;
    return router.find(request.method, request.target.replace(/\/(?=\?|$)/, ""));
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
      this.#finish(call, this.#keeping.replay(call, call.replay), "handler");
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
    const mapped = lost ? undefined : this.#mapped(call, error);
    if (mapped !== undefined) {
      this.#served(call, mapped);
      return;
    }
    if (!lost) this.#observer.failed(error, call, "handler");
    this.#keep(call, lost ? this.#refusals.refuse(call, leaseLost) : this.#refusals.unhandled(call));
  }

  /** What the host says that a thrown value means. */
  #mapped(call: Call, error: unknown): Failure | undefined {
    try {
      const context = { operation: call.plan.operation.id, fail };
      const mapped: unknown = this.#api.mapErrors?.(error, context);
      return mapped instanceof Failure ? mapped : undefined;
    } catch (broken) {
      this.#observer.failed(broken, call, "mapErrors");
      return undefined;
    }
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
    void this.#keeping.conclude(call, call.held, response).then((kept) => {
      this.#finish(call, kept, "handler");
    });
  }

  #refuse(call: Call, refusal: Refusal): void {
    if (refusalStages.has(refusal.stage)) this.#countRefusal(call, refusal.stage);
    let response: CheckedResponse;
    try {
      response = this.#refusals.refuse(call, refusal);
    } catch (error) {
      this.#observer.failed(error, call, refusal.stage);
      this.#finish(call, this.#refusals.unhandled(call), "unhandled");
      return;
    }
    this.#finish(call, response, refusal.stage, refusal);
  }

  /** After the response: what the host's counter does is not part of it. */
  #countRefusal(call: Call, stage: Stage): void {
    const limiter = this.#api.refusalLimit;
    if (limiter === undefined) return;
    Promise.resolve(call.request)
      .then((request) => limiter.count(request))
      .catch((error: unknown) => {
        this.#observer.failed(error, call, stage);
      });
  }

  /** A check broke, which is the host's part of it as a rule. */
  #break(call: Call, error: unknown, index: number): void {
    this.#observer.failed(error, call, this.#api.checks[index]?.stage ?? "handler");
    this.#finish(call, this.#refusals.unhandled(call), "unhandled");
  }

  #finish(call: Call, response: CheckedResponse, stage: Stage, refusal?: Refusal): void {
    this.#observer.responded(call, response, stage, refusal);
    call.done(outgoing(this.#api, call.request, response, call.requestId, call.fields));
  }

  /** Fails closed: what is not declared becomes the unhandled code, and the host hears of it. */
  #settle(call: Call, value: unknown): CheckedResponse {
    const checked = this.#checked(call, value);
    if (checked.breach === undefined) return checked.response;
    this.#observer.violated(call, { ...checked.breach, response: value });
    return this.#refusals.unhandled(call);
  }

  #checked({ plan, requestId }: Call, value: unknown): Checked {
    const whole = this.#api.validates(this.#responses++);
    return value instanceof Failure
      ? plan.check.failure(value, requestId, whole)
      : plan.check.result(value, whole);
  }

  async remember(call: Call, result: unknown, transaction: unknown): Promise<unknown> {
    if (call.held === undefined) return result;
    const checked = this.#checked(call, result);
    // An undeclared response must not be kept; `#settle` reports it when the handler returns it.
    if (checked.breach !== undefined) throw new TypeError(`Cannot be remembered: ${checked.breach.message}`);
    if (!this.#keeping.isFinal(checked.response)) return result;
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
}

/** Refused with 401 or 403: what guesses at credentials meets. */
const refusalStages: ReadonlySet<Stage> = new Set(["authentication", "authorization", "requirement"]);

function allowing(allow: readonly string[]): Partial<Refusal> {
  return allow.length === 0 ? {} : { status: 405, headers: ["allow", [...allow].sort().join(", ")] };
}
