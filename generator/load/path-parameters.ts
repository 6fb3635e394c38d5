/** Declares the parameters of path templates that the author left undeclared, so that every layer can fill them in. */
import { asArray, asObject, isObject, type JsonObject } from "../json/json.ts";
import { rewriteMembers } from "../openapi/structure.ts";
import { undeclaredPathParameters } from "../lint/parameters.ts";
import type { Subject } from "../lint/rule.ts";

/** As `lockstep/path-parameter` announces: each becomes a required string of its operation. Shares what does not change. */
export function declarePathParameters({ document, operations }: Subject): JsonObject {
  const missing = new Map<string, readonly string[]>();
  for (const operation of operations) {
    const names = undeclaredPathParameters(document, operation);
    if (names.length > 0) missing.set(operation.name, names);
  }
  if (missing.size === 0) return document;
  const paths = rewriteMembers(asObject(document["paths"]), (path, item) => {
    if (!isObject(item)) return item;
    return rewriteMembers(item, (method, operation) => {
      const names = missing.get(`${method.toUpperCase()} ${path}`);
      return names === undefined || !isObject(operation) ? operation : withParameters(operation, names);
    });
  });
  return { ...document, paths };
}

function withParameters(operation: JsonObject, names: readonly string[]): JsonObject {
  const added = names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } }));
  return { ...operation, parameters: [...asArray(operation["parameters"]), ...added] };
}
