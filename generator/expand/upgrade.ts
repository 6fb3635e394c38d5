/** Turns OpenAPI 3.0 into 3.1: from here on there is one dialect, JSON Schema 2020-12. */
import { asText, isArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import { followRefs } from "../json/pointer.ts";
import { enumMeaning } from "../openapi/enum-meaning.ts";
import { impliedTypes } from "../openapi/implied-types.ts";
import { defaultReading, type Reading } from "../openapi/reading.ts";
import { isStatusKey, mapSchemas, rewriteMembers } from "../openapi/structure.ts";

/** What an upgraded document says it is. */
const upgradedVersion = "3.1.1";

/**
 * Upgrades a 3.0 document to 3.1; a 3.1 or 3.2 document only has 3.0's leftovers (`nullable`, a boolean
 * `exclusiveMinimum`) and lower-case status ranges rewritten, which `load` has warned about. Shares what does not change.
 */
export function upgrade(document: JsonObject, reading: Reading = defaultReading): JsonObject {
  const from30 = asText(document["openapi"], "").startsWith("3.0");
  const typed = reading.impliedTypes ? withImpliedTypes(document) : document;
  const context: Context = { document: typed, from30, byLetter: reading.nullable === "letter" };
  const upgraded = mapSchemas(normaliseStatusKeys(typed), (schema) => upgradeSchema(schema, context));
  return from30 ? { ...upgraded, openapi: upgradedVersion } : upgraded;
}

interface Context {
  readonly document: JsonObject;
  readonly from30: boolean;
  /** `nullable` has the effect that 3.0.4 §4.7.24 gives it, and no other. */
  readonly byLetter: boolean;
}

function withImpliedTypes(document: JsonObject): JsonObject {
  const implied = impliedTypes(document);
  if (implied.size === 0) return document;
  return mapSchemas(document, (schema, original) => {
    const type = implied.get(original)?.type;
    return type === undefined ? schema : { type, ...schema };
  });
}

function upgradeSchema(schema: JsonObject, { document, from30, byLetter }: Context): Json {
  // OpenAPI 3.0.4 §4.7.23: siblings of `$ref` are ignored; in 2020-12 they would assert.
  if (from30 && typeof schema["$ref"] === "string") {
    const alone = Object.keys(schema).length === 1 ? schema : { $ref: schema["$ref"] };
    // But for `nullable`, which is meant.
    return schema["nullable"] === true && !byLetter && !allowsNull(alone, document)
      ? { anyOf: [alone, { type: "null" }] }
      : alone;
  }
  let result = exclusiveBound(schema, "minimum", "exclusiveMinimum");
  result = exclusiveBound(result, "maximum", "exclusiveMaximum");
  result = enumMeaning(result)?.schema ?? result;
  if (result["nullable"] === undefined) return result;
  return byLetter ? nullableByLetter(result, from30) : upgradeNullable(result, document);
}

/** `minimum: 5, exclusiveMinimum: true` → `exclusiveMinimum: 5`. */
function exclusiveBound(schema: JsonObject, bound: string, exclusive: string): JsonObject {
  if (typeof schema[exclusive] !== "boolean") return schema;
  const { [exclusive]: isExclusive, [bound]: limit, ...rest } = schema;
  if (limit === undefined) return rest;
  return isExclusive === true ? { ...rest, [exclusive]: limit } : { ...rest, [bound]: limit };
}

/**
 * `nullable: true` → a union with null. 3.0.4 gives `nullable` no effect without `type`, and lets an `enum` forbid null
 * all the same; authors of real documents mean "or null" in both places, and so do their servers.
 */
function upgradeNullable(schema: JsonObject, document: JsonObject): JsonObject {
  const { nullable, ...rest } = schema;
  if (nullable !== true) return rest;
  const result = withNullType(rest, document);
  if (!isArray(result["enum"]) || result["enum"].includes(null)) return result;
  return { ...result, enum: [...result["enum"], null] };
}

/** 3.0.4 §4.7.24: `nullable` adds null to the `type` beside it. 3.1 has no such keyword. */
function nullableByLetter(schema: JsonObject, from30: boolean): JsonObject {
  const { nullable, ...rest } = schema;
  const { type } = rest;
  const isUnion = from30 && nullable === true && typeof type === "string" && type !== "null";
  return isUnion ? { ...rest, type: [type, "null"] } : rest;
}

function withNullType(schema: JsonObject, document: JsonObject): JsonObject {
  const { type } = schema;
  // A discriminator tells named alternatives apart: null is none of them.
  const isUnion = isArray(schema["anyOf"]) || isArray(schema["oneOf"]);
  if (isArray(schema["allOf"]) || (isUnion && isObject(schema["discriminator"])))
    return anyOfWithNull(schema);
  for (const union of ["anyOf", "oneOf"] as const) {
    const branches = schema[union];
    if (!isArray(branches)) continue;
    const nullType = typeof type === "string" && type !== "null" ? [type, "null"] : type;
    const hasNull = branches.some((branch) => allowsNull(branch, document));
    const widened = hasNull ? branches : [...branches, { type: "null" }];
    return { ...schema, ...(nullType === undefined ? {} : { type: nullType }), [union]: widened };
  }
  if (typeof type === "string") return { ...schema, type: type === "null" ? type : [type, "null"] };
  return schema;
}

/** `allOf` asserts on null too, so the whole becomes one branch and annotations stay outside. */
function anyOfWithNull(schema: JsonObject): JsonObject {
  const outside = new Set([
    "title",
    "description",
    "default",
    "example",
    "deprecated",
    "readOnly",
    "writeOnly",
  ]);
  const entries = Object.entries(schema);
  const isOutside = ([key]: readonly [string, Json]): boolean => outside.has(key) || key.startsWith("x-");
  return {
    ...Object.fromEntries(entries.filter(isOutside)),
    anyOf: [Object.fromEntries(entries.filter((entry) => !isOutside(entry))), { type: "null" }],
  };
}

/** Looks through a reference: of a `oneOf` with two branches for null, neither would take it. */
function allowsNull(branch: Json, document: JsonObject): boolean {
  const schema = followRefs(document, branch, "").value;
  if (!isObject(schema)) return schema === true;
  const { type, nullable } = schema;
  return nullable === true || type === "null" || (isArray(type) && type.includes("null"));
}

/** `4xx` → `4XX`: the specification (§4.8.16) knows the upper-case form only. Keys that are not statuses go. */
function normaliseStatusKeys(document: JsonObject): JsonObject {
  const inOperation = (key: string, value: Json): Json =>
    key === "responses" && isObject(value) ? statusKeys(value) : value;
  const inPathItem = (_key: string, value: Json): Json =>
    isObject(value) ? rewriteMembers(value, inOperation) : value;
  return rewriteMembers(withPathKeys(document), (key, value) =>
    (key === "paths" || key === "webhooks") && isObject(value)
      ? rewriteMembers(value, (_path, item) => (isObject(item) ? rewriteMembers(item, inPathItem) : item))
      : value,
  );
}

/** A path begins with `/` (§4.8.8.1): one without is put behind it, where no other stands there. */
function withPathKeys(document: JsonObject): JsonObject {
  const paths = document["paths"];
  if (!isObject(paths)) return document;
  const isPath = (key: string): boolean => key.startsWith("/") || key.startsWith("x-");
  if (Object.keys(paths).every(isPath)) return document;
  const read = Object.entries(paths).flatMap(([key, item]): [string, Json][] => {
    if (isPath(key)) return [[key, item]];
    return Object.hasOwn(paths, `/${key}`) ? [] : [[`/${key}`, item]];
  });
  return { ...document, paths: Object.fromEntries(read) };
}

function statusKeys(responses: JsonObject): JsonObject {
  const kept = Object.entries(responses).flatMap(([key, value]): [string, Json][] => {
    if (/^[1-5]xx$/.test(key)) return [[key.toUpperCase(), value]];
    return isStatusKey(key) || key.startsWith("x-") ? [[key, value]] : [];
  });
  const isSame =
    kept.length === Object.keys(responses).length && kept.every(([key]) => Object.hasOwn(responses, key));
  return isSame ? responses : Object.fromEntries(kept);
}
