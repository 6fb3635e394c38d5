/** `unevaluatedProperties` as `additionalProperties`, where what is evaluated does not depend on the value. */
import { append } from "../../json/append.ts";
import { asArray, asObject, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { refPointer, resolvePointer } from "../../json/pointer.ts";

/** Applicators under which a member may count as evaluated for some values only. */
const dynamic = ["anyOf", "oneOf", "if", "dependentSchemas", "unevaluatedProperties"] as const;

/**
 * `own` is what `schema` says itself; `schema` also has its `$ref` and `allOf`. A part of a schema that was taken apart is
 * closed as the whole: what was taken away evaluates members too.
 */
export function closedByEvaluation(document: JsonObject, schema: JsonObject, own: JsonObject): JsonObject {
  const { unevaluatedProperties: closing, ...rest } = own;
  if (closing === undefined) return own;
  if (dynamic.some((name) => name !== "unevaluatedProperties" && schema[name] !== undefined)) return own;
  if (own["additionalProperties"] !== undefined) return rest;
  const found = evaluated(document, schema);
  if (found === undefined) return own;
  if (found.all) return rest;
  const any = (names: ReadonlySet<string>): JsonObject =>
    Object.fromEntries([...names].map((name): [string, Json] => [name, true]));
  return {
    ...rest,
    properties: { ...any(found.names), ...asObject(rest["properties"]) },
    ...(found.patterns.size === 0
      ? {}
      : { patternProperties: { ...any(found.patterns), ...asObject(rest["patternProperties"]) } }),
    additionalProperties: closing,
  };
}

function isDynamic(node: JsonObject): boolean {
  return dynamic.some((name) => node[name] !== undefined);
}

interface Evaluated {
  readonly names: ReadonlySet<string>;
  readonly patterns: ReadonlySet<string>;
  /** Some part evaluates every member. */
  readonly all: boolean;
}

function evaluated(document: JsonObject, schema: JsonObject): Evaluated | undefined {
  const names = new Set<string>();
  const patterns = new Set<string>();
  const seen = new Set<Json>();
  let all = false;
  const open: Json[] = [schema];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isObject(node) || seen.has(node)) continue;
    seen.add(node);
    if (node !== schema && isDynamic(node)) return undefined;
    for (const name of Object.keys(asObject(node["properties"]))) names.add(name);
    for (const pattern of Object.keys(asObject(node["patternProperties"]))) patterns.add(pattern);
    if (node["additionalProperties"] !== undefined) all = true;
    const pointer = typeof node["$ref"] === "string" ? refPointer(node["$ref"]) : undefined;
    const target = pointer === undefined ? undefined : resolvePointer(document, pointer);
    if (target !== undefined) open.push(target);
    append(open, asArray(node["allOf"]));
  }
  return { names, patterns, all };
}
