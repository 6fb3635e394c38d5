/** Where schemas sit inside a schema: the applicators and locations of JSON Schema 2020-12. */
import { isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";
import type { JsonSchema } from "../../model/api-model.ts";

/** How a keyword holds its subschemas. */
export type Arity = "one" | "map" | "list";

/**
 * JSON Schema 2020-12 core §8 and §10–11, validation §8.5. `dependencies`, which 2020-12 splits in two, still has
 * its old meaning; `definitions` is not a keyword any more, but references reach it by pointer.
 */
const arities = new Map<string, Arity>([
  ["$defs", "map"],
  ["properties", "map"],
  ["patternProperties", "map"],
  ["dependentSchemas", "map"],
  ["dependencies", "map"],
  ["allOf", "list"],
  ["anyOf", "list"],
  ["oneOf", "list"],
  ["prefixItems", "list"],
  ["items", "one"],
  ["contains", "one"],
  ["additionalProperties", "one"],
  ["propertyNames", "one"],
  ["unevaluatedItems", "one"],
  ["unevaluatedProperties", "one"],
  ["contentSchema", "one"],
  ["not", "one"],
  ["if", "one"],
  ["then", "one"],
  ["else", "one"],
]);

/** How `keyword` holds subschemas, or `undefined` where it holds none. */
export function arityOf(keyword: string): Arity | undefined {
  return arities.get(keyword);
}

export interface Subschema {
  readonly tokens: readonly string[];
  readonly schema: JsonSchema;
}

/** The direct subschemas of a schema, in the order they are written. */
export function subschemas(schema: JsonObject): Subschema[] {
  const found: Subschema[] = [];
  // Documents are plain objects, so these loops meet own members only, and make no list of them.
  for (const keyword in schema) {
    const arity = arities.get(keyword);
    if (arity === undefined) continue;
    const value = schema[keyword];
    if (arity === "one") {
      if (isSchema(value)) found.push({ tokens: [keyword], schema: value });
    } else if (isArray(value)) {
      for (const [index, item] of value.entries())
        if (isSchema(item)) found.push({ tokens: [keyword, String(index)], schema: item });
    } else if (isObject(value)) {
      for (const key in value) {
        const item = value[key];
        if (isSchema(item)) found.push({ tokens: [keyword, key], schema: item });
      }
    }
  }
  return found;
}

/** Is this JSON value a schema: an object or a boolean (core §4.3)? */
export function isSchema(value: Json | undefined): value is JsonSchema {
  return typeof value === "boolean" || isObject(value);
}
