/** What openapi-typescript has to be spared: schemas that it would type wrongly or not at all. */
import { asArray, asObject, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { escapeToken, refPointer, resolvePointer } from "../../json/pointer.ts";
import { mapOperations } from "../../openapi/map-operations.ts";
import { mapSchema, mapSchemas } from "../../openapi/structure.ts";
import { visitSchemas } from "../../openapi/visit.ts";

/** A document whose types say what its schemas say. Shares what does not change. */
export function prepareForTypes(document: JsonObject): JsonObject {
  const narrowing = mapSchemas(document, (schema) =>
    withObjectParts(withPlainItems(withEnumOfValues(withoutRedundantDiscriminator(document, schema)))),
  );
  return withDefinitions(withoutRepeatedIds(narrowing));
}

/**
 * Schemas that references find elsewhere than among the named ones stand under `$defs` too, by their place, and the
 * references lead there. openapi-typescript takes a reference for a path through its types, which have no `allOf/0`, and
 * where a member that may be missing is `undefined`.
 */
function withDefinitions(document: JsonObject): JsonObject {
  const definitions = new Map<string, JsonObject>();
  const redirect = (schema: JsonObject): JsonObject => {
    const ref = schema["$ref"];
    const pointer = typeof ref === "string" ? refPointer(ref) : undefined;
    if (pointer === undefined || /^\/components\/schemas\/[^/]+$/.test(pointer)) return schema;
    const target = resolvePointer(document, pointer);
    if (!isObject(target)) return schema;
    const name = pointer.slice(1);
    if (!definitions.has(name)) definitions.set(name, target);
    return { ...schema, $ref: `#/$defs/${escapeToken(name).replaceAll("%", "%25")}` };
  };
  const redirected = mapSchemas(document, redirect);
  if (definitions.size === 0) return document;
  const mapped = new Map<string, Json>();
  // A definition may refer to another that is not known yet: it joins the ones that are still to come.
  for (const [name, schema] of definitions) mapped.set(name, mapSchema(schema, redirect));
  return { ...redirected, $defs: Object.fromEntries(mapped) };
}

/**
 * The first operation of an id keeps it, as in the model: openapi-typescript declares a member of `operations` for each,
 * and two of one name do not compile. One without an id is typed in its path.
 */
function withoutRepeatedIds(document: JsonObject): JsonObject {
  const seen = new Set<string>();
  return mapOperations(document, (operation) => {
    const { operationId, ...rest } = operation;
    if (typeof operationId !== "string") return operation;
    if (seen.has(operationId)) return rest;
    seen.add(operationId);
    return operation;
  });
}

/** openapi-typescript takes the values of `enum` beside `type: object` for schemas. */
function withEnumOfValues(schema: JsonObject): JsonObject {
  if (schema["type"] !== "object" || schema["enum"] === undefined) return schema;
  const { type, enum: values, ...rest } = schema;
  const isDescribed = rest["properties"] !== undefined || rest["additionalProperties"] !== undefined;
  return isDescribed ? { ...rest, type } : { ...rest, enum: asArray(values).filter(isObject) };
}

/** openapi-typescript cannot read a boolean in `allOf`; elsewhere it can. */
function withObjectParts(schema: JsonObject): JsonObject {
  const parts = asArray(schema["allOf"]);
  if (!parts.some((part) => typeof part === "boolean")) return schema;
  const inObject = (part: Json): Json => (part === false ? { anyOf: [false] } : part === true ? {} : part);
  return { ...schema, allOf: parts.map(inObject) };
}

/**
 * Items that are lists themselves, said in plain words: openapi-typescript takes their type for that of the whole list
 * unless it reads `type: array` there.
 */
function withPlainItems(schema: JsonObject): JsonObject {
  const { items } = schema;
  const list = isObject(items) && items["type"] !== "array" ? listOf(items) : undefined;
  return list === undefined ? schema : { ...schema, items: list };
}

/** The same list with `type: array`, where a schema says no more than that it is one. */
function listOf(schema: JsonObject): JsonObject | undefined {
  const type = asArray(schema["type"]);
  const values = schema["const"] === undefined ? asArray(schema["enum"]) : [schema["const"]];
  if (schema["type"] === "array") return schema;
  if (type.length === 1 && type[0] === "array") return { ...schema, type: "array" };
  if (schema["type"] !== undefined || schema["$ref"] !== undefined) return undefined;
  if (values.length > 0) return values.every(Array.isArray) ? { ...schema, type: "array" } : undefined;
  const parts = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => asArray(schema[keyword]));
  const [part] = parts;
  return parts.length === 1 && isObject(part) ? listOf(part) : undefined;
}

/** Is a discriminator left that openapi-typescript will act on? */
export function hasDiscriminator(document: JsonObject): boolean {
  let found = false;
  visitSchemas(document, (schema) => {
    found ||= isObject(schema["discriminator"]);
  });
  return found;
}

/**
 * openapi-typescript overwrites the discriminating property of each branch, and its description, to make the union
 * narrow. Where each branch pins the property itself, the union narrows already.
 */
function withoutRedundantDiscriminator(document: JsonObject, schema: JsonObject): JsonObject {
  const { discriminator, ...rest } = schema;
  if (!isObject(discriminator)) return schema;
  const property = discriminator["propertyName"];
  const branches = [...asArray(schema["oneOf"]), ...asArray(schema["anyOf"])];
  const pinned = branches.every((branch) => {
    const ref = isObject(branch) ? branch["$ref"] : undefined;
    const pointer = typeof ref === "string" ? refPointer(ref) : undefined;
    const target = pointer === undefined ? undefined : resolvePointer(document, pointer);
    return typeof property === "string" && isObject(target) && pins(target, property);
  });
  return branches.length > 0 && pinned ? rest : schema;
}

function pins(schema: JsonObject, property: string): boolean {
  const properties = asObject(schema["properties"]);
  const member: Json | undefined = Object.hasOwn(properties, property) ? properties[property] : undefined;
  const required = asArray(schema["required"]).includes(property);
  return (
    required && isObject(member) && (member["const"] !== undefined || asArray(member["enum"]).length === 1)
  );
}
