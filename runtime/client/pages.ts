/** Follows pages where the document says how. */
import type { AnyResult } from "./call.ts";
import type { NextPage, OperationDescriptor } from "./contract.ts";
import type { CallInput } from "./options.ts";
import { valueAt } from "./record.ts";

/** Results of one page after the other; a failure is the last. */
export async function* followPages(
  operation: OperationDescriptor,
  input: CallInput,
  call: (input: CallInput) => Promise<AnyResult>,
): AsyncGenerator<AnyResult, void, undefined> {
  for (let next: CallInput | undefined = input; next !== undefined;) {
    const result: AnyResult = await call(next);
    yield result;
    next = result.error === undefined ? nextInput(operation.next, next, result) : undefined;
  }
}

function nextInput(
  next: NextPage | undefined,
  input: CallInput,
  { data, response }: AnyResult,
): CallInput | undefined {
  if (next === undefined || response === undefined) return undefined;
  if (next === "link-header") return afterLink(input, response);
  const params: Record<string, Record<string, unknown>> = { ...input.params };
  for (const [parameter, expression] of Object.entries(next)) {
    const value = evaluate(expression, data, response);
    // A page without a cursor is the last.
    if (value === undefined || value === null || value === "" || value === false) return undefined;
    const [location = "", ...name] = parameter.split(".");
    params[location] = { ...params[location], [name.join(".")]: value };
  }
  return { ...input, params };
}

/**
 * The query of the link with `rel="next"` (RFC 8288 §3). Its path and host are not followed: the next page is the same
 * operation, wherever a link may point.
 */
function afterLink(input: CallInput, response: Response): CallInput | undefined {
  const link = /<([^<>]*)>\s*(?:;[^,<]*)?;\s*rel="?next"?(?:\s*[;,]|\s*$)/i.exec(
    response.headers.get("link") ?? "",
  );
  if (link?.[1] === undefined || !URL.canParse(link[1], response.url || "http://localhost")) return undefined;
  const { searchParams } = new URL(link[1], response.url || "http://localhost");
  const query: Record<string, unknown> = { ...input.params?.query };
  for (const name of new Set(searchParams.keys())) {
    const values = searchParams.getAll(name);
    query[name] = values.length === 1 ? values[0] : values;
  }
  return { ...input, params: { ...input.params, query } };
}

/** A runtime expression of a Link Object (OpenAPI 3.1.1 §4.8.20.4) on the answer; anything else is a constant. */
function evaluate(expression: string, data: unknown, response: Response): unknown {
  const [, source, rest = ""] = /^\$response\.(body|header)(?:#\/|\.)?(.*)$/s.exec(expression) ?? [];
  if (source === "header") return response.headers.get(rest) ?? undefined;
  if (source !== "body") return expression;
  const path = rest.split("/").map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
  return path.length === 1 && path[0] === "" ? data : valueAtItems(data, path);
}

/** Like `valueAt`, through lists too: their last element is what many cursors are. */
function valueAtItems(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (Array.isArray(inner) ? inner.at(Number(step)) : valueAt(inner, [step])),
    value,
  );
}
