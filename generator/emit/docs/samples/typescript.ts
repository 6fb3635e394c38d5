/** The sample for TypeScript, with the generated client. */
import { jsonLines, propertyKey, stringLiteral } from "../../../print/literal.ts";
import type { Json } from "../../../json/json.ts";
import type { SampleRequest } from "./request.ts";
import type { SampleSubject } from "./subject.ts";

/** `undefined` where the client does not offer the operation: it speaks the eight methods of OpenAPI 3.1 only. */
export function typescriptSample({ request, code, retry }: SampleSubject): string | undefined {
  if (request.method === "QUERY") return undefined;
  const call = callArguments(request);
  return [
    'import { createClient } from "./generated/client.js";',
    "",
    `const client = createClient({ credentials: { ${credentials(request)} } });`,
    "",
    `const { data, error } = await client.${request.method}(${stringLiteral(request.operation.path)}${call === "" ? "" : `, ${call}`});`,
    `if (error?.error === ${stringLiteral(code.code)}) {`,
    ...reaction(code.details !== undefined, retry).map((line) => `  ${line}`),
    "} else if (error) {",
    "  throw new Error(`${error.error}: ${error.message}`);",
    "}",
    "console.log(data);",
  ].join("\n");
}

function credentials({ operation }: SampleRequest): string {
  const scheme = operation.security[0]?.schemes[0]?.scheme;
  return scheme === undefined ? "" : `${propertyKey(scheme)}: process.env.API_KEY ?? ""`;
}

function callArguments(request: SampleRequest): string {
  const entries = (values: SampleRequest["path"]): Json =>
    Object.fromEntries(values.map(({ name, value }) => [name, value]));
  const params: Record<string, Json> = {};
  if (request.path.length > 0) params["path"] = entries(request.path);
  if (request.query.length > 0) params["query"] = entries(request.query);
  const given: Record<string, Json> = {};
  if (Object.keys(params).length > 0) given["params"] = params;
  if (request.body !== undefined) given["body"] = request.body;
  return Object.keys(given).length === 0 ? "" : jsonLines(given);
}

function reaction(details: boolean, retry: SampleSubject["retry"]): string[] {
  const shown = details ? "error.message, error.details" : "error.message";
  switch (retry) {
    case "never":
      return [`console.error(${shown});`];
    case "same-request":
    case "after-delay":
      return [
        "// The client has repeated the request as often as you allow; it is still answered with this code.",
        `console.error(${shown});`,
      ];
    case "new-key":
      return [
        "// The client never changes a key by itself: decide whether this is a new intent, then call again.",
        `console.error(${shown});`,
      ];
  }
}
