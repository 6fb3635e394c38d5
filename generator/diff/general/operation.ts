/** One operation on both sides: what clients may send, what servers may send back. */
import { asObject, type Json } from "../../json/json.ts";
import { resolvePointer } from "../../json/pointer.ts";
import type { MediaType, Parameter, RequestBody, Response } from "../../model/api-model.ts";
import type { Counterexample } from "../change.ts";
import { operationStability } from "../pair.ts";
import { provedRequest, provedResponse } from "../proof/general.ts";
import { quoted } from "../wording.ts";
import type { Comparison, Found } from "./comparison.ts";
import { compareContent } from "./content.ts";
import { directionOf, type Exchange } from "./exchange.ts";
import { compareParameters } from "./parameters.ts";
import { compareResponses } from "./responses.ts";
import { compareSentBody, compareSentParameters } from "./sent.ts";

/** Compares all but security, errors of the contract, success statuses and the idempotency key, which have rules of their own. */
export function compareExchange(comparison: Comparison, exchange: Exchange): void {
  const parties = partiesOf(comparison, exchange);
  const withParameter = (parameter: Parameter, value: Json): Counterexample | undefined =>
    provedRequest(parties, { parameter, value });
  const withResponse =
    (response: Response) =>
    ({ mediaType }: MediaType, body: Json): Counterexample | undefined =>
      provedResponse(parties, response, { mediaType, body });
  const found: readonly Found[] = [
    ...names(comparison, exchange),
    ...(exchange.reversed
      ? compareSentParameters(comparison, exchange)
      : compareParameters(comparison, exchange, withParameter)),
    ...requestBody(comparison, exchange),
    ...compareResponses(comparison, exchange, withResponse),
  ];
  // A webhook or a callback is not an operation of the model: its level is said here.
  const level = exchange.reversed ? operationStability(comparison.pair.base, exchange.base) : undefined;
  const own = level === undefined ? {} : { stability: level };
  for (const one of found) comparison.report({ ...own, ...one }, exchange.id);
}

function partiesOf({ pair }: Comparison, exchange: Exchange) {
  return {
    base: { model: pair.base, operation: exchange.base },
    revision: { model: pair.revision, operation: exchange.revision },
    reversed: exchange.reversed,
  };
}

function names({ pair }: Comparison, { base, revision, reversed }: Exchange): readonly Found[] {
  const at = { base: base.pointer, revision: revision.pointer };
  const found: Found[] = [];
  const place = `${revision.method.toUpperCase()} ${revision.path}`;
  if (base.named && revision.named && base.id !== revision.id && !reversed) {
    const message = `The operation ${quoted(base.id)} is called ${quoted(revision.id)} now`;
    found.push({ ...at, rule: "operation-id-changed", subject: place, message });
  }
  const isDeprecated = (model = pair.base, pointer = base.pointer): boolean =>
    asObject(resolvePointer(model.document, pointer))["deprecated"] === true;
  if (!isDeprecated() && isDeprecated(pair.revision, revision.pointer)) {
    const message = `The operation ${quoted(revision.id)} is deprecated now`;
    found.push({ ...at, rule: "deprecated", subject: place, message });
  }
  return found;
}

function requestBody(comparison: Comparison, exchange: Exchange): readonly Found[] {
  const { base, revision, reversed } = exchange;
  const [before, after] = [base.requestBody, revision.requestBody];
  const at = {
    subject: "request body",
    base: before?.pointer ?? base.pointer,
    revision: after?.pointer ?? revision.pointer,
  };
  const presence = (reversed ? compareSentBody : compareBody)(before, after);
  const found: readonly Found[] = presence === undefined ? [] : [{ ...at, ...presence }];
  if (before === undefined || after === undefined) return found;
  const parties = partiesOf(comparison, exchange);
  const prove = ({ mediaType }: MediaType, body: Json): Counterexample | undefined =>
    provedRequest(parties, { content: { mediaType, body } });
  const direction = directionOf(exchange, "request");
  const label = "the request body";
  return [
    ...found,
    ...compareContent(comparison, { direction, label, base: before, revision: after, prove }),
  ];
}

/** Whether clients must, may or cannot send a body. */
function compareBody(
  before: RequestBody | undefined,
  after: RequestBody | undefined,
): Pick<Found, "rule" | "message"> | undefined {
  if (before === undefined) {
    if (after === undefined) return undefined;
    return after.required
      ? { rule: "request-body-required", message: "A request body is new and must be sent" }
      : { rule: "request-body-added", message: "An optional request body is new" };
  }
  if (after === undefined)
    return { rule: "request-body-removed", message: "The operation takes no request body any more" };
  if (before.required === after.required) return undefined;
  return after.required
    ? { rule: "request-body-required", message: "The request body must be sent now" }
    : { rule: "request-body-optional", message: "The request body need not be sent any more" };
}
