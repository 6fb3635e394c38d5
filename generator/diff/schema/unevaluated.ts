/**
 * `unevaluatedProperties` as `additionalProperties`, and `unevaluatedItems` as `items`, where what is evaluated does not
 * depend on the value.
 */
import { append } from "../../json/append.ts";
import { asArray, asObject, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { refPointer, resolvePointer } from "../../json/pointer.ts";

/** Applicators under which a member, or an item, may count as evaluated for some values only. */
const dynamic = ["anyOf", "oneOf", "if", "$dynamicRef"] as const;
const dynamicForMembers = [...dynamic, "dependentSchemas", "unevaluatedProperties"] as const;
const dynamicForItems = [...dynamic, "unevaluatedItems"] as const;

/**
 * `own` is what `schema` says itself; `schema` also has its `$ref` and `allOf`. A part of a schema that was taken apart is
 * closed as the whole: what was taken away evaluates members too.
 */
export function closedByEvaluation(document: JsonObject, schema: JsonObject, own: JsonObject): JsonObject {
  return closedItems(document, schema, closedMembers(document, schema, own));
}

function closedMembers(document: JsonObject, schema: JsonObject, own: JsonObject): JsonObject {
  const { unevaluatedProperties: closing, ...rest } = own;
  if (closing === undefined) return own;
  if (dependsOnValue(schema, "unevaluatedProperties", dynamicForMembers)) return own;
  if (own["additionalProperties"] !== undefined) return rest;
  const nodes = appliedInPlace(document, schema, dynamicForMembers);
  if (nodes === undefined) return own;
  if (nodes.some((node) => node["additionalProperties"] !== undefined)) return rest;
  const any = (keyword: string): JsonObject =>
    Object.fromEntries(
      nodes
        .flatMap((node) => Object.keys(asObject(node[keyword])))
        .map((name): [string, Json] => [name, true]),
    );
  const patterns = any("patternProperties");
  return {
    ...rest,
    properties: { ...any("properties"), ...asObject(rest["properties"]) },
    ...(Object.keys(patterns).length === 0
      ? {}
      : { patternProperties: { ...patterns, ...asObject(rest["patternProperties"]) } }),
    additionalProperties: closing,
  };
}

function closedItems(document: JsonObject, schema: JsonObject, own: JsonObject): JsonObject {
  const { unevaluatedItems: closing, ...rest } = own;
  if (closing === undefined) return own;
  if (dependsOnValue(schema, "unevaluatedItems", dynamicForItems)) return own;
  if (own["items"] !== undefined) return rest;
  const nodes = appliedInPlace(document, schema, dynamicForItems);
  if (nodes === undefined) return own;
  if (nodes.some((node) => node["items"] !== undefined)) return rest;
  const contained = nodes.flatMap(({ contains }) => contains ?? []);
  const prefix = asArray(rest["prefixItems"]);
  const longest = nodes
    .map((node) => asArray(node["prefixItems"]).length)
    .reduce((a, b) => Math.max(a, b), 0);
  return {
    ...rest,
    ...(longest === 0
      ? {}
      : { prefixItems: Array.from({ length: longest }, (_, index): Json => prefix[index] ?? true) }),
    // An item that fits `contains` counts as evaluated (JSON Schema 2020-12, §11.2).
    items: contained.length === 0 ? closing : { anyOf: [...contained, closing] },
  };
}

function dependsOnValue(schema: JsonObject, closing: string, names: readonly string[]): boolean {
  return names.some((name) => name !== closing && schema[name] !== undefined);
}

/** The schema and all that `$ref` and `allOf` apply with it; `undefined` where one of them depends on the value. */
function appliedInPlace(
  document: JsonObject,
  schema: JsonObject,
  names: readonly string[],
): readonly JsonObject[] | undefined {
  const nodes = new Set<JsonObject>();
  const open: Json[] = [schema];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isObject(node) || nodes.has(node)) continue;
    nodes.add(node);
    if (node !== schema && names.some((name) => node[name] !== undefined)) return undefined;
    const pointer = typeof node["$ref"] === "string" ? refPointer(node["$ref"]) : undefined;
    const target = pointer === undefined ? undefined : resolvePointer(document, pointer);
    if (target !== undefined) open.push(target);
    append(open, asArray(node["allOf"]));
  }
  return [...nodes];
}
