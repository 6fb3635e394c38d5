/**
 * Reads parameters as the OpenAPI styles write them.
 *
 * - A text is split at its delimiters first; each part is percent-decoded after that, once. What is not percent-encoded
 *   UTF-8 is an issue of the rule "encoding".
 * - In a query "+" is a space, as HTML forms and URLSearchParams write it; only where the parameter says allowReserved
 *   is it a plus. Everywhere else it is a plus.
 * - Header values are taken as they are (OpenAPI 3.1.2 appendix D); surrounding blanks go, and so do empty elements of
 *   a list (RFC 9110 §5.6.1). Cookies are split as RFC 6265bis §4.2.1 writes them; quotes belong to the value.
 * - A text becomes a number, a boolean or null only where it spells one in JSON's own grammar and the schema allows it:
 *   "1e3" is a number but no integer; "0x10", " 1", "1_000", "Infinity" and "" are neither. An integer that a double
 *   cannot hold exactly is out of range. Where a schema allows strings too, a text that spells an allowed number or
 *   boolean is one, unless only the string is valid. An empty text is null where the schema allows null and no string.
 */
import { Issues, token } from "../runtime/issues.ts";
import type { Parameter, Source } from "./contract.ts";
import { put, scalarsOf } from "./scalars.ts";

/**
 * Reads and checks parameters of one part of a request. The values are fresh: nobody else holds them. Absent
 * parameters take their default; issues point at "/name" and on into the value.
 */
export function readParameters(
  parameters: readonly Parameter[],
  source: Source,
  issues: Issues,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const parameter of parameters) {
    if (!issues.open) break;
    const value = readParameter(parameter, source, issues);
    if (value !== undefined) put(values, parameter.name, value);
  }
  return values;
}

export function readParameter(parameter: Parameter, source: Source, issues: Issues): unknown {
  const { name, ok, fallback } = parameter;
  const before = issues.list.length;
  const value = parameter.read(source, parameter, issues);
  if (issues.list.length > before) return undefined;
  if (value === undefined) {
    if (fallback !== undefined) return copied(fallback);
    if (parameter.required === true) issues.add("/" + token(name), "required");
    return undefined;
  }
  if (ok === undefined || ok(value)) return value;
  const text = asText(value, parameter, source);
  if (text !== undefined && ok(text)) return text;
  ok(value, issues, "/" + token(name));
  return undefined;
}

/** The text of a number or boolean that the schema would also take as a string. */
export function asText(value: unknown, parameter: Parameter, source: Source): string | undefined {
  const isCoerced = typeof value === "number" || typeof value === "boolean" || value === null;
  if (!isCoerced || !scalarsOf(parameter.shape).includes("string")) return undefined;
  const text = parameter.read(source, { ...parameter, shape: "string" }, new Issues(1));
  return typeof text === "string" ? text : undefined;
}

/** Defaults are data of the contract; a handler may do what it likes with its own. */
export function copied(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const copy: unknown = JSON.parse(JSON.stringify(value));
  return copy;
}
