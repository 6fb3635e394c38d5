/** Makes of a schema what a reader may rely on: the structure that its type claims, and nothing that a later server may relax. */
import { isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { pointerTokens, refPointer, resolvePointer } from "../../json/pointer.ts";
import type { JsonSchema } from "../../model/api-model.ts";

/** Keywords that `types.ts` turns into types and whose value is not a schema. */
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

/** Reader's schemas of `components.schemas`, by pointer. */
export type ReaderSchemas = ReadonlyMap<string, JsonSchema>;

/**
 * The named schemas that these roots lead to over at most `hops` references, breadth first. Roots are reader's schemas
 * themselves. References to whatever lies beyond are to be cut with `cutReferences`.
 */
export function reachReaderSchemas(
  document: JsonObject,
  roots: readonly JsonSchema[],
  hops: number,
): ReaderSchemas {
  const reached = new Map<string, JsonSchema>();
  let level: readonly Json[] = roots;
  for (let hop = 0; hop < hops && level.length > 0; hop++) {
    const next: JsonSchema[] = [];
    for (const pointer of level.flatMap(referencesIn)) {
      const target = resolvePointer(document, pointer);
      if (!isNamed(pointer) || reached.has(pointer)) continue;
      if (!isObject(target) && typeof target !== "boolean") continue;
      const schema = readerSchema(target);
      reached.set(pointer, schema);
      next.push(schema);
    }
    level = next;
  }
  return reached;
}

/** The schema with every reference to a named schema that was not reached taken out: anything may stand there. */
export function cutReferences<Schema extends Json>(schema: Schema, reached: ReaderSchemas): Schema {
  const cut = (value: Json): Json => {
    if (isArray(value)) return value.map(cut);
    if (!isObject(value)) return value;
    const pointer = typeof value["$ref"] === "string" ? refPointer(value["$ref"]) : undefined;
    if (pointer !== undefined && !reached.has(pointer)) return true;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, cut(member)]));
  };
  // An object stays an object and a boolean a boolean, but for the reference that becomes `true`: a schema either way.
  return cut(schema) as Schema;
}

function isNamed(pointer: string): boolean {
  const [components, section, ...name] = pointerTokens(pointer);
  return components === "components" && section === "schemas" && name.length === 1;
}

function referencesIn(value: Json): string[] {
  if (isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  const own = typeof value["$ref"] === "string" ? refPointer(value["$ref"]) : undefined;
  return [...(own === undefined ? [] : [own]), ...Object.values(value).flatMap(referencesIn)];
}
