/** Makes of a schema what a reader may rely on: the structure that its type claims, and nothing that a later server may relax. */
import { asObject, isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { joinPointer, pointerTokens, refPointer, resolvePointer } from "../../json/pointer.ts";
import type { JsonSchema } from "../../model/api-model.ts";

/** Keywords that `types.ts` turns into types and whose value is no schema. */
const kept = ["$ref", "required", "enum", "const"];

/**
 * The schema without what its TypeScript type does not say: closed objects (`additionalProperties: false`,
 * `unevaluatedProperties`), lengths, ranges, patterns, formats, conditions. `oneOf` becomes `anyOf`: open branches overlap.
 * A server of tomorrow may add members and move limits; the type stays true.
 */
export function readerSchema(schema: JsonSchema): JsonSchema {
  if (typeof schema === "boolean") return schema;
  const unions = [schema["anyOf"], schema["oneOf"]].flatMap((branches) =>
    isArray(branches) ? [{ anyOf: branches.map(inner) }] : [],
  );
  const all = isArray(schema["allOf"]) ? schema["allOf"].map(inner) : [];
  const [union] = unions;
  return {
    ...pick(schema, kept),
    ...typeOf(schema["type"]),
    ...mapOf(schema, "properties"),
    ...(isObject(schema["items"]) ? { items: inner(schema["items"]) } : {}),
    ...(isArray(schema["prefixItems"]) ? { prefixItems: schema["prefixItems"].map(inner) } : {}),
    ...(isObject(schema["additionalProperties"])
      ? { additionalProperties: inner(schema["additionalProperties"]) }
      : {}),
    ...(all.length + unions.length > 1
      ? { allOf: [...all, ...unions] }
      : (union ?? (all.length > 0 ? { allOf: all } : {}))),
  };
}

function inner(schema: Json): Json {
  return isObject(schema) ? readerSchema(schema) : schema;
}

/** TypeScript has one kind of number. */
function typeOf(type: Json | undefined): JsonObject {
  const wider = (name: Json): Json => (name === "integer" ? "number" : name);
  if (type === undefined) return {};
  return { type: isArray(type) ? [...new Set(type.map(wider))] : wider(type) };
}

function mapOf(schema: JsonObject, keyword: string): JsonObject {
  const map = schema[keyword];
  if (!isObject(map)) return {};
  return { [keyword]: Object.fromEntries(Object.entries(map).map(([name, value]) => [name, inner(value)])) };
}

function pick(schema: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => (schema[name] === undefined ? [] : [[name, schema[name]]])),
  );
}

/** The document with reader's schemas for all that these roots lead to. Roots are reader's schemas themselves. */
export function readerDocument(document: JsonObject, roots: readonly JsonSchema[]): JsonObject {
  const schemas = new Map<string, JsonSchema>();
  const queue: Json[] = [...roots];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const pointer of referencesIn(next)) {
      const [components, section, name, ...rest] = pointerTokens(pointer);
      if (components !== "components" || section !== "schemas" || name === undefined || rest.length > 0)
        continue;
      const target = resolvePointer(document, pointer);
      if (schemas.has(pointer) || (!isObject(target) && typeof target !== "boolean")) continue;
      const schema = readerSchema(target);
      schemas.set(pointer, schema);
      queue.push(schema);
    }
  }
  const components = asObject(document["components"]);
  const replaced = Object.entries(asObject(components["schemas"])).map(([name, schema]) => [
    name,
    schemas.get(joinPointer("/components/schemas", name)) ?? schema,
  ]);
  return { ...document, components: { ...components, schemas: Object.fromEntries(replaced) } };
}

function referencesIn(value: Json): string[] {
  if (isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  const own = typeof value["$ref"] === "string" ? refPointer(value["$ref"]) : undefined;
  return [...(own === undefined ? [] : [own]), ...Object.values(value).flatMap(referencesIn)];
}
