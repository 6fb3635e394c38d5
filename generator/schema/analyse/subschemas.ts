/** Where schemas sit inside a schema: the applicators and locations of JSON Schema 2020-12. */
import { asObject, isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";
import type { JsonSchema } from "../../model/api-model.ts";

/** How a keyword holds its subschemas. */
export type Arity = "one" | "map" | "list";

/**
 * JSON Schema 2020-12 core §8 and §10–11, validation §8.5. `dependencies`, which 2020-12 splits in two, still has
 * its old meaning; `definitions` is no keyword any more, but references reach it by pointer.
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
  for (const [keyword, value] of Object.entries(schema)) {
    const arity = arities.get(keyword);
    if (arity === undefined) continue;
    if (arity === "one") {
      if (isSchema(value)) found.push({ tokens: [keyword], schema: value });
    } else {
      const held = isArray(value) ? value.entries() : Object.entries(asObject(value));
      for (const [key, item] of held) {
        if (isSchema(item)) found.push({ tokens: [keyword, String(key)], schema: item });
      }
    }
  }
  return found;
}

/** Is this JSON value a schema: an object or a boolean (core §4.3)? */
export function isSchema(value: Json | undefined): value is JsonSchema {
  return typeof value === "boolean" || isObject(value);
}
