/** Turns refusals into responses: the code of the stage in the API's envelope, or a bare problem where there is none. */
import type { Call } from "../pipeline/call.ts";
import type { CheckedResponse, ErrorIntent } from "./check-response.ts";
import { envelopeBody, problemBody, problemMediaType } from "./envelope.ts";
import type { Refusal } from "./failure.ts";
import { notify } from "../observation/observe.ts";
import type { PreparedApi } from "../pipeline/prepare.ts";
import { preferStatus, type CodeAndStatus } from "../pipeline/stage-codes.ts";
import { fittingStatus, mediaTypeFor, uncodedRefusal, isJson } from "./uncoded.ts";
import { layoutBodies } from "./error-layout.ts";
import { reasonOf } from "./reason.ts";
import { refusalDetails } from "./refusal-details.ts";
import { headerList } from "./response-fields.ts";
import type { OperationContract } from "../contract.ts";
import type { UncodedRefusal } from "../options.ts";
import { stageStatuses } from "../pipeline/stages.ts";

/** Nothing of the host's has a hand in it. */
const lastResort: CheckedResponse = {
  status: 500,
  headers: ["content-type", problemMediaType],
  body: JSON.stringify(problemBody(500)),
  code: undefined,
};

export class Refusals {
  readonly #api: PreparedApi;

  constructor(api: PreparedApi) {
    this.#api = api;
  }

  /** A stage's refusal of a call to a known operation, checked like every other response. */
  refuse(call: Call, refusal: Refusal): CheckedResponse {
    const { plan, requestId } = call;
    const { stage } = refusal;
    const entry =
      refusal.code === undefined
        ? preferStatus(plan.codes[stage], refusal.status)
        : { code: refusal.code, status: stageStatuses[stage], from: stage };
    if (entry === undefined) return this.#uncodedOf(call, refusal);
    const { code } = entry;
    const { message, retryAfter } = refusal;
    const status = refusal.code === undefined ? entry.status : undefined;
    const options: ErrorIntent["options"] = { message, retryAfter, status };
    const checked = plan.check.failure(
      { code, details: refusalDetails(this.#api, refusal, entry), issues: reasonOf(refusal).issues, options },
      requestId,
      true,
    );
    if (checked.response !== undefined) {
      const { response } = checked;
      return refusal.headers === undefined
        ? response
        : { ...response, headers: [...response.headers, ...refusal.headers] };
    }
    const where = { operation: plan.operation.id, requestId };
    notify(this.#api.hooks.onViolation, { ...checked.breach, ...where, response: refusal });
    return this.unhandled(call);
  }

  /** A refusal before an operation was found: any code of the API will do. */
  unrouted(refusal: Refusal, requestId: string): CheckedResponse {
    const entry = preferStatus(this.#api.codes[refusal.stage], refusal.status);
    try {
      return this.#whole(entry, refusal, requestId);
    } catch (error) {
      const place = { operation: undefined, requestId, during: refusal.stage };
      notify(this.#api.hooks.onError, error, place);
      return lastResort;
    }
  }

  #whole(entry: CodeAndStatus | undefined, refusal: Refusal, requestId: string): CheckedResponse {
    return entry === undefined ? this.#uncoded(refusal, requestId) : this.#coded(entry, refusal, requestId);
  }

  /** What is left when nothing else may leave. It is not checked: there is nothing to fall back to. */
  unhandled(call: Call): CheckedResponse {
    const entry = call.plan.codes.unhandled[0] ?? this.#api.codes.unhandled[0];
    try {
      return this.#whole(entry, { stage: "unhandled" }, call.requestId);
    } catch {
      // The host's own functions for errors are broken, and it has heard of it where they broke first.
      return lastResort;
    }
  }

  #coded(entry: CodeAndStatus, refusal: Refusal, requestId: string): CheckedResponse {
    const { code, status } = entry;
    const { envelope, codes } = this.#api.contract;
    if (envelope === undefined) return this.#uncoded(refusal, requestId);
    const details = refusalDetails(this.#api, refusal, entry);
    const message = refusal.message ?? codes[code]?.message ?? code;
    const parts = { code, status, message, details, issues: reasonOf(refusal).issues };
    const body = envelopeBody(envelope, this.#api.contract, parts);
    const decorated = this.#api.decorate?.(body, { ...parts, requestId }) ?? body;
    const headers = [...(refusal.headers ?? []), "content-type", envelope.mediaType];
    return { status, headers, body: JSON.stringify(decorated), code };
  }

  /** A refusal without a code, to a known operation: as the host writes it, else as the operation declares it, if that fits. */
  #uncodedOf(call: Call, refusal: Refusal): CheckedResponse {
    const { plan, requestId } = call;
    const status = fittingStatus(plan.operation.responses, refusal);
    const told = uncodedRefusal(refusal, status, requestId, plan.operation);
    const given = this.#api.uncoded?.(told);
    const described = given === undefined ? this.#described(call, told) : undefined;
    if (described !== undefined) return withFields(described, refusal);
    const body = given === undefined ? problemBody(status) : given.body;
    const result = { status: given?.status ?? status, body, headers: given?.headers };
    const declared = plan.operation.responses.match(result.status);
    const mediaType = given?.mediaType ?? mediaTypeFor(declared, given === undefined);
    const checked = plan.check.result({ ...result, ...(mediaType === undefined ? {} : { mediaType }) }, true);
    if (checked.response !== undefined) return withFields(checked.response, refusal);
    const isDeclarable = plan.operation.responses.match(status) !== undefined;
    if (given === undefined || !isDeclarable) return this.#uncoded(refusal, requestId, plan.operation);
    const where = { operation: plan.operation.id, requestId };
    notify(this.#api.hooks.onViolation, { ...checked.breach, ...where, response: given });
    // What the host writes has just been found to be wrong.
    return plan.codes.unhandled.length === 0 ? lastResort : this.unhandled(call);
  }

  /** In the shape that the document gives to errors, as far as the operation declares it. */
  #described({ plan }: Call, told: UncodedRefusal): CheckedResponse | undefined {
    const { layout } = this.#api.contract;
    const declared = plan.operation.responses.match(told.status);
    if (layout === undefined || declared === undefined) return undefined;
    if (declared.content.length === 0) return plan.check.result({ status: told.status }, true).response;
    const mediaType = declared.match(layout.mediaType)?.mediaType ?? mediaTypeFor(declared, false);
    for (const body of layoutBodies(layout, told)) {
      const checked = plan.check.result({ status: told.status, body, mediaType }, true);
      if (checked.response !== undefined) return checked.response;
    }
    return undefined;
  }

  /** Nothing is declared that would fit. */
  #uncoded(refusal: Refusal, requestId: string, operation?: OperationContract): CheckedResponse {
    const status = refusal.status ?? stageStatuses[refusal.stage];
    const told = uncodedRefusal(refusal, status, requestId, operation);
    const given = this.#api.uncoded?.(told);
    const { layout } = this.#api.contract;
    const own =
      layout === undefined
        ? { body: problemBody(status), mediaType: problemMediaType }
        : { body: layoutBodies(layout, told)[0], mediaType: layout.mediaType };
    const { body, mediaType = "application/json" } = given ?? own;
    const headers = [...headerList(given?.headers), "content-type", mediaType];
    const text = typeof body === "string" && !isJson(mediaType) ? body : JSON.stringify(body);
    return withFields({ status: given?.status ?? status, headers, body: text, code: undefined }, refusal);
  }
}

function withFields(response: CheckedResponse, { headers = [], retryAfter }: Refusal): CheckedResponse {
  const wait = retryAfter === undefined ? [] : ["retry-after", String(retryAfter)];
  return { ...response, headers: [...response.headers, ...headers, ...wait] };
}
