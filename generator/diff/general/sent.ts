/** Parameters and bodies of requests that the server sends, in webhooks and callbacks: old receivers read them. */
import type { Parameter, RequestBody } from "../../model/api-model.ts";
import type { RuleName } from "../rule-table.ts";
import { lenient } from "../wire/lenient.ts";
import { quoted } from "../wording.ts";
import type { Comparison, Found } from "./comparison.ts";
import type { Exchange } from "./exchange.ts";
import { compareSpot } from "./schemas.ts";

/** Receivers lose what is no longer sent; they ignore what is new. */
export function compareSentParameters(comparison: Comparison, exchange: Exchange): readonly Found[] {
  const [before, after] = [keyed(exchange.base.parameters), keyed(exchange.revision.parameters)];
  const found = [...before].flatMap(([key, parameter]): readonly Found[] => {
    const now = after.get(key);
    if (now !== undefined) return compareSent(comparison, parameter, now);
    const at = { base: parameter.pointer, revision: exchange.revision.pointer };
    return [{ ...at, ...draft("response-property-removed", parameter, "is no longer sent") }];
  });
  const fresh = [...after].flatMap(([key, parameter]): readonly Found[] => {
    if (before.has(key)) return [];
    const at = { base: exchange.base.pointer, revision: parameter.pointer };
    return [{ ...at, ...draft("response-property-added", parameter, "is new") }];
  });
  return [...found, ...fresh];
}

/** Whether receivers still get a body. */
export function compareSentBody(
  before: RequestBody | undefined,
  after: RequestBody | undefined,
): Pick<Found, "rule" | "message"> | undefined {
  if (before === undefined || after === undefined) {
    if (before !== undefined)
      return { rule: "response-body-removed", message: "No request body is sent any more" };
    return after === undefined
      ? undefined
      : { rule: "response-body-added", message: "A request body is sent now" };
  }
  if (before.required === after.required) return undefined;
  return after.required
    ? { rule: "response-body-added", message: "The request body is always sent now" }
    : { rule: "response-body-removed", message: "The request body is no longer always sent" };
}

function keyed(parameters: readonly Parameter[]): ReadonlyMap<string, Parameter> {
  const keyOf = ({ in: place, name }: Parameter): string =>
    `${place} ${place === "header" ? name.toLowerCase() : name}`;
  return new Map(parameters.map((parameter) => [keyOf(parameter), parameter]));
}

function labelOf({ in: place, name }: Parameter): string {
  return `${place} parameter ${quoted(name)}`;
}

function draft(
  rule: RuleName,
  parameter: Parameter,
  verb: string,
): Pick<Found, "rule" | "subject" | "message"> {
  const subject = `${parameter.in} ${parameter.name}`;
  return { rule, subject, message: `The ${labelOf(parameter)} ${verb}` };
}

function compareSent(comparison: Comparison, before: Parameter, after: Parameter): readonly Found[] {
  const at = { base: before.pointer, revision: after.pointer };
  const found: Found[] = [];
  if (before.required && !after.required)
    found.push({ ...at, ...draft("response-property-optional", before, "is no longer always sent") });
  if (!before.required && after.required)
    found.push({ ...at, ...draft("response-property-required", before, "is always sent now") });
  const { document } = comparison.pair.base;
  const values = compareSpot(comparison, {
    direction: "response",
    view: "response",
    label: `the ${labelOf(before)}`,
    // Receivers read text: a number is a string too.
    base: {
      schema: before.content === undefined ? lenient(document, before.schema) : before.schema,
      pointer: before.schemaPointer,
    },
    revision: { schema: after.schema, pointer: after.schemaPointer },
  });
  return [...found, ...(comparison.closures.same(before.schema, after.schema) ? [] : values)];
}
