/** What openapi-typescript has to be spared: schemas that it would type wrongly or not at all. */
import { asArray, asObject, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { escapeToken, refPointer, resolvePointer } from "../../json/pointer.ts";
import { mappingOf, valuesOf } from "../../openapi/discriminator.ts";
import { mapOperations } from "../../openapi/map-operations.ts";
import { mapSchema, mapSchemas, rewriteMembers } from "../../openapi/structure.ts";

/** A document whose types say what its schemas say. Shares what does not change. */
export function prepareForTypes(document: JsonObject): JsonObject {
  const prepare = (schema: JsonObject): JsonObject =>
    withObjectParts(withPlainItems(withEnumOfValues(withNamedAlternatives(document, schema))));
  const definition = (pointer: string): Json | undefined => {
    const target = resolvePointer(document, pointer);
    return isObject(target) ? mapSchema(target, prepare) : undefined;
  };
  // At the root, `$defs` is nothing to OpenAPI; what references find there becomes a definition as anything else.
  const { $defs, ...members } = document;
  const known = withoutExtensions($defs === undefined ? document : members);
  return withDefinitions(withoutRepeatedIds(mapSchemas(known, prepare)), definition);
}

/**
 * Schemas that references find elsewhere than among the named ones stand under `$defs` too, by their place, and the
 * references lead there. openapi-typescript takes a reference for a path through its types, which have no `allOf/0`, and
 * where a member that may be missing is `undefined`.
 *
 * @param definition the schema at a place, as it is by itself: an alternative of a union is more there
 */
function withDefinitions(
  document: JsonObject,
  definition: (pointer: string) => Json | undefined,
): JsonObject {
  const definitions = new Map<string, JsonObject>();
  const redirect = (schema: JsonObject): JsonObject => {
    const ref = schema["$ref"];
    const pointer = typeof ref === "string" ? refPointer(ref) : undefined;
    if (pointer === undefined || /^\/components\/schemas\/[^/]+$/.test(pointer)) return schema;
    const name = pointer.slice(1);
    const target = definitions.get(name) ?? definition(pointer);
    if (!isObject(target)) return schema;
    definitions.set(name, target);
    return { ...schema, $ref: `#/$defs/${escapeToken(name).replaceAll("%", "%25")}` };
  };
  const redirected = mapSchemas(document, redirect);
  if (definitions.size === 0) return document;
  const mapped = new Map<string, Json>();
  // A definition may refer to another that is not known yet: it joins the ones that are still to come.
  for (const [name, schema] of definitions) mapped.set(name, mapSchema(schema, redirect));
  return { ...redirected, $defs: Object.fromEntries(mapped) };
}

/** openapi-typescript takes extensions among paths and responses (OpenAPI 3.1.1 §4.8.8, §4.8.16) for more of them. */
function withoutExtensions(document: JsonObject): JsonObject {
  const known = mapOperations(document, withoutExtendedResponses);
  return rewriteMembers(known, (key, value) => {
    if (key === "paths") return declared(value);
    // Where operations of webhooks are, those of paths would be.
    if (key === "webhooks")
      return mapOperations({ paths: value }, withoutExtendedResponses)["paths"] ?? value;
    return value;
  });
}

function withoutExtendedResponses(operation: JsonObject): JsonObject {
  return rewriteMembers(operation, (key, value) => (key === "responses" ? declared(value) : value));
}

/** The members that are no extensions. */
function declared(node: Json): Json {
  if (!isObject(node)) return node;
  const entries = Object.entries(node);
  const own = entries.filter(([name]) => !name.startsWith("x-"));
  return own.length === entries.length ? node : Object.fromEntries(own);
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

/**
 * The alternatives of a discriminated union, each with the values that name it. openapi-typescript would write those into
 * the alternatives themselves, which by themselves accept others too, and into whatever extends a schema with a
 * discriminator.
 */
function withNamedAlternatives(document: JsonObject, schema: JsonObject): JsonObject {
  const { discriminator, ...rest } = schema;
  if (discriminator === undefined) return schema;
  const property = asObject(discriminator)["propertyName"];
  const keyword = rest["oneOf"] === undefined ? "anyOf" : "oneOf";
  const branches = asArray(rest[keyword]);
  const find = (ref: Json | undefined): string | undefined => {
    const pointer = typeof ref === "string" ? refPointer(ref) : undefined;
    return pointer !== undefined && resolvePointer(document, pointer) !== undefined ? pointer : undefined;
  };
  const pointers = branches.map((branch) => find(asObject(branch)["$ref"]));
  // One that is null needs no name: no member could say it.
  const unnamed = branches.filter((_, i) => pointers[i] === undefined);
  const isNamed = unnamed.length === 0 || (unnamed.length === 1 && asObject(unnamed[0])["type"] === "null");
  if (typeof property !== "string" || !isNamed) return rest;
  const mapping = mappingOf(asObject(discriminator), find);
  const named = branches.map((branch, i): Json => {
    const pointer = pointers[i];
    if (pointer === undefined || pins(asObject(resolvePointer(document, pointer)), property)) return branch;
    const name = { type: "string", enum: valuesOf(pointer, pointer, mapping) };
    return { allOf: [branch, { type: "object", properties: { [property]: name }, required: [property] }] };
  });
  return { ...rest, [keyword]: named };
}

function pins(schema: JsonObject, property: string): boolean {
  const properties = asObject(schema["properties"]);
  const member: Json | undefined = Object.hasOwn(properties, property) ? properties[property] : undefined;
  const required = asArray(schema["required"]).includes(property);
  return (
    required && isObject(member) && (member["const"] !== undefined || asArray(member["enum"]).length === 1)
  );
}
