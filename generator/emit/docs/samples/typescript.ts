/** The sample for TypeScript, with the generated client. */
import { isArray, isObject, type Json } from "../../../json/json.ts";
import { jsonLiteral, propertyKey, stringLiteral } from "../../../print/literal.ts";
import type { SampleRequest } from "./request.ts";
import { sendsKey, type SampleSubject } from "./subject.ts";

/**
 * `undefined` where the client cannot be asked for it: it has no QUERY, and it knows only codes that the operation
 * declares.
 */
export function typescriptSample(subject: SampleSubject): string | undefined {
  const { request, code } = subject;
  if (request.method === "QUERY" || !code.operations.includes(request.operation.id)) return undefined;
  const credentials = auth(request);
  return [
    'import { createClient } from "./generated/client.js";',
    "",
    `const client = createClient({${credentials === "" ? "" : ` auth: { ${credentials} } `}});`,
    "",
    ...call(subject),
    `if (error?.error === ${stringLiteral(code.code)}) {`,
    ...reaction(subject).map((line) => `  ${line}`),
    "} else if (error) {",
    "  throw new Error(`${error.error}: ${error.message}`);",
    "} else {",
    "  console.log(data);",
    "}",
  ].join("\n");
}

function auth({ operation }: SampleRequest): string {
  const scheme = operation.security[0]?.schemes[0]?.scheme;
  return scheme === undefined ? "" : `${propertyKey(scheme)}: process.env.API_KEY ?? ""`;
}

function call(subject: SampleSubject): string[] {
  const { request } = subject;
  const given = callInput(request);
  const target = `client.${request.method}(${stringLiteral(request.operation.path)}`;
  const key = subject.retry === "new-key" && sendsKey(subject);
  const members = Object.entries(given).map(
    ([name, value]) => `  ${propertyKey(name)}: ${spread(value, "  ")},`,
  );
  if (key) members.push("  idempotencyKey: crypto.randomUUID(),");
  return members.length === 0
    ? [`const { data, error } = await ${target});`]
    : [`const { data, error } = await ${target}, {`, ...members, "});"];
}

function callInput(request: SampleRequest): Record<string, Json> {
  const entries = (values: SampleRequest["path"]): Json =>
    Object.fromEntries(values.map(({ name, json }) => [name, json]));
  const params: Record<string, Json> = {};
  if (request.path.length > 0) params["path"] = entries(request.path);
  if (request.query.length > 0) params["query"] = entries(request.query);
  const headers = request.headers.filter(({ name }) => name !== "Content-Type");
  if (headers.length > 0) params["header"] = entries(headers);
  return {
    ...(Object.keys(params).length > 0 ? { params } : {}),
    ...(request.body === undefined ? {} : { body: request.body }),
  };
}

/** On one line while that is short. */
function spread(value: Json, indent: string): string {
  const line = jsonLiteral(value);
  if (line.length <= 60 || (!isArray(value) && !isObject(value))) return line;
  const inner = `${indent}  `;
  const lines = isArray(value)
    ? value.map((item) => spread(item, inner))
    : Object.entries(value).map(([name, member]) => `${propertyKey(name)}: ${spread(member, inner)}`);
  const [open, close] = isArray(value) ? ["[", "]"] : ["{", "}"];
  return `${open}\n${lines.map((text) => `${inner}${text},\n`).join("")}${indent}${close}`;
}

function reaction({ code, retry }: SampleSubject): string[] {
  const shown = `console.error(error.message${code.details === undefined ? "" : ", error.details"});`;
  switch (retry) {
    case "never":
      return [shown];
    case "same-request":
    case "after-delay":
      return [
        "// The client has repeated the request by now, as the code asks: `error.attempts` says how often.",
        shown,
      ];
    case "new-key":
      return [
        "// The client never changes a key by itself: if this is a new intent, call again with another.",
        shown,
      ];
  }
}
