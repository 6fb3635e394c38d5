/** Ways to the next page, and following them. A descriptor names the way that its document declares. */
import { finishFailure, type AnyResult } from "./call.ts";
import { failureOf } from "./failure-parts.ts";
import type { CallInput } from "./options.ts";
import { valueAt } from "./record.ts";

/** Results of one page after the other; a failure is the last. */
export type Pages = (
  call: (input: CallInput) => Promise<AnyResult>,
  first: CallInput,
) => AsyncGenerator<AnyResult, void, undefined>;

/** The arguments for the next page; `undefined` where this was the last. */
type NextInput = (input: CallInput, data: unknown, response: Response) => CallInput | undefined;

/** No page is asked for twice: a server that repeats a cursor would never come to an end. */
function following(next: NextInput): Pages {
  return async function* (call, first) {
    const asked = new Set<string>();
    for (let input: CallInput | undefined = first; input !== undefined;) {
      asked.add(identityOf(input));
      const result: AnyResult = await call(input);
      yield result;
      if (result.error !== undefined) return;
      const { data, response } = result;
      input = next(input, data, response);
      if (input === undefined || !asked.has(identityOf(input))) continue;
      const { status } = response;
      const failure = failureOf("invalid", { status, reason: "repeated-page", body: data, issues: [] });
      yield finishFailure(failure, response, 0);
      return;
    }
  };
}

/** The same for arguments that are sent alike: a link has strings for numbers, and one value for a list of one. */
function identityOf({ params }: CallInput): string {
  return JSON.stringify(params, (_name, value: unknown) => {
    const single = isList(value) && value.length === 1 ? value[0] : value;
    return typeof single === "number" || typeof single === "boolean" ? String(single) : single;
  });
}

/**
 * By the query of the link with `rel="next"` (RFC 8288 §3). Its path and host are not followed: the next page is the
 * same operation, wherever a link may point.
 */
export const linkHeader: Pages = /* @__PURE__ */ following((input, _data, response) => {
  const links = (response.headers.get("link") ?? "").split(/,(?=\s*<)/);
  const next = links.find((link) => /;\s*rel="?(?:[^";]*\s)?next(?=[\s";]|$)/i.test(link));
  const target = /<([^<>]*)>/.exec(next ?? "")?.[1];
  // Only the query is looked at, so any base will do for a relative link.
  if (target === undefined || !URL.canParse(target, "http://localhost")) return undefined;
  const { searchParams } = new URL(target, "http://localhost");
  const query: Record<string, unknown> = { ...input.params?.query };
  for (const name of new Set(searchParams.keys())) {
    const values = searchParams.getAll(name);
    query[name] = values.length === 1 ? values[0] : values;
  }
  return { ...input, params: { ...input.params, query } };
});

/** By parameters that an OpenAPI Link Object takes from the response: `{ "query.cursor": "$response.body#/next" }`. */
export function pageParameters(parameters: Readonly<Record<string, string>>): Pages {
  return following((input, data, response) => {
    const params: Record<string, Record<string, unknown>> = { ...input.params };
    for (const [parameter, expression] of Object.entries(parameters)) {
      const value = evaluate(expression, data, response);
      // A page without a cursor is the last.
      if (value === undefined || value === null || value === "" || value === false) return undefined;
      const [location = "", ...name] = parameter.split(".");
      params[location] = { ...params[location], [name.join(".")]: value };
    }
    return { ...input, params };
  });
}

/** A runtime expression of a Link Object (OpenAPI 3.1.1 §4.8.20.4) on the response; anything else is a constant. */
function evaluate(expression: string, data: unknown, response: Response): unknown {
  const [, source, rest = ""] = /^\$response\.(body|header)(?:#\/|\.)?(.*)$/s.exec(expression) ?? [];
  if (source === "header") return response.headers.get(rest) ?? undefined;
  if (source !== "body") return expression;
  if (rest === "") return data;
  const path = rest.split("/").map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
  return path.reduce<unknown>(
    (inner, step) => (isList(inner) ? inner[Number(step)] : valueAt(inner, [step])),
    data,
  );
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
