/** Tells the host's hooks and its coverage recorder what becomes of a call. */
import type { Call } from "../pipeline/call.ts";
import type { CheckedResponse } from "../response/check-response.ts";
import type { ServerRequest } from "../exchange.ts";
import { notify, type Violation } from "./observe.ts";
import type { PreparedApi } from "../pipeline/prepare.ts";
import type { Refusal } from "../response/failure.ts";
import { reasonOf } from "../response/reason.ts";
import { preferStatus } from "../pipeline/stage-codes.ts";
import type { Stage } from "../pipeline/stages.ts";

export class Observer {
  readonly #api: PreparedApi;
  readonly #isTimed: boolean;

  constructor(api: PreparedApi) {
    this.#api = api;
    this.#isTimed = api.hooks.onStage !== undefined || api.hooks.onResponse !== undefined;
  }

  /** Milliseconds; 0 where nobody will be told how long a call took. */
  now(): number {
    return this.#isTimed ? performance.now() : 0;
  }

  stagePassed(call: Call, stage: Stage | "idempotency", refusal: Refusal | undefined): void {
    const { onStage } = this.#api.hooks;
    if (onStage === undefined) return;
    notify(onStage, {
      stage: refusal?.stage ?? stage,
      outcome: refusal === undefined ? "passed" : "refused",
      ...(refusal === undefined ? {} : { ...reasonOf(refusal), code: codeOf(call, refusal) }),
      operation: call.plan.operation.id,
      requestId: call.requestId,
      milliseconds: this.now() - call.began,
    });
  }

  responded(call: Call, { status, code }: CheckedResponse, stage: Stage, refusal: Refusal | undefined): void {
    const { hooks, coverage } = this.#api;
    const { id, path } = call.plan.operation;
    call.trace?.end(status, code);
    if (coverage !== undefined && call.plan.check.declares(code, status)) {
      notify(
        (pair) => {
          coverage.record(pair);
        },
        { operation: id, status, code: code ?? null },
      );
    }
    if (hooks.onResponse === undefined) return;
    notify(hooks.onResponse, {
      ...(refusal === undefined ? {} : reasonOf(refusal)),
      operation: id,
      method: call.request.method,
      path,
      status,
      code,
      stage,
      requestId: call.requestId,
      milliseconds: this.now() - call.began,
      replayed: call.replay !== undefined,
    });
  }

  unrouted(request: ServerRequest, response: CheckedResponse, requestId: string, began: number): void {
    const { status, code } = response;
    const milliseconds = this.now() - began;
    const event = { operation: undefined, path: undefined, method: request.method, status, code, requestId };
    notify(this.#api.hooks.onStage, {
      stage: "routing",
      outcome: "refused",
      operation: undefined,
      requestId,
      milliseconds,
    });
    notify(this.#api.hooks.onResponse, { ...event, stage: "routing", milliseconds, replayed: false });
  }

  violated(call: Call, violation: Omit<Violation, "operation" | "requestId">): void {
    const { id } = call.plan.operation;
    notify(this.#api.hooks.onViolation, { ...violation, operation: id, requestId: call.requestId });
  }

  failed(error: unknown, call: Call, during: string): void {
    const { id } = call.plan.operation;
    call.trace?.failed(error);
    notify(this.#api.hooks.onError, error, { operation: id, requestId: call.requestId, during });
  }
}

function codeOf({ plan }: Call, { code, stage, status }: Refusal): string | undefined {
  return code ?? preferStatus(plan.codes[stage], status)?.code;
}
