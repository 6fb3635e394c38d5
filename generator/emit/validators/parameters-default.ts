/** Defaults of parameters: finds them, and holds them against their own schema. */
import { asArray, asObject, isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { refPointer, resolvePointer } from "../../json/pointer.ts";
import type { JsonSchema } from "../../model/api-model.ts";
import { matchesPattern } from "../../schema/pattern/matches.ts";

/** More references than this in a row lead nowhere. */
const maxSteps = 32;
/** Nor has a parameter's schema more parts than this. */
const maxSchemas = 1000;

/** What has been found out, by schema and value: many ways can lead to one schema. */
type Known = Map<JsonObject, Map<Json, boolean>>;

/** The schema's default, its own or that of a schema that it refers to in place. */
export function defaultOf(
  document: JsonObject,
  schema: JsonSchema,
  seen = new Set<JsonObject>(),
): Json | undefined {
  if (typeof schema === "boolean" || seen.size > maxSchemas || seen.has(schema)) return undefined;
  seen.add(schema);
  if (schema["default"] !== undefined) return schema["default"];
  for (const part of inPlace(document, schema)) {
    const found = defaultOf(document, part, seen);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * True if the value is certainly invalid. Reads types, values, bounds, lengths and patterns, through references; a keyword
 * beyond those (a format, `not`) proves nothing here.
 */
export function contradicts(
  document: JsonObject,
  schema: JsonSchema,
  value: Json,
  steps = 0,
  known: Known = new Map(),
): boolean {
  if (typeof schema === "boolean") return !schema;
  if (steps > maxSteps) return false;
  const ofSchema = known.get(schema) ?? new Map<Json, boolean>();
  known.set(schema, ofSchema);
  const before = ofSchema.get(value);
  if (before !== undefined) return before;
  ofSchema.set(value, false);
  const fails = (part: JsonSchema, inner: Json): boolean =>
    contradicts(document, part, inner, steps + 1, known);
  const found = contradictsParts(document, schema, value, fails);
  ofSchema.set(value, found);
  return found;
}

function contradictsParts(
  document: JsonObject,
  schema: JsonObject,
  value: Json,
  fails: (part: JsonSchema, inner: Json) => boolean,
): boolean {
  if (contradictsItself(schema, value)) return true;
  if (inPlace(document, schema).some((part) => fails(part, value))) return true;
  for (const keyword of ["anyOf", "oneOf"]) {
    const branches = asArray(schema[keyword]).filter(isSchemaObject);
    if (branches.length > 0 && branches.every((branch) => fails(branch, value))) return true;
  }
  const { items } = schema;
  if (isArray(value)) return isSchemaObject(items) && value.some((item) => fails(items, item));
  if (!isObject(value)) return false;
  return Object.entries(asObject(schema["properties"])).some(([name, member]) => {
    const held = Object.hasOwn(value, name) ? value[name] : undefined;
    return held !== undefined && isSchemaObject(member) && fails(member, held);
  });
}

function inPlace(document: JsonObject, schema: JsonObject): JsonObject[] {
  const { $ref } = schema;
  const pointer = typeof $ref === "string" ? refPointer($ref) : undefined;
  const target = pointer === undefined ? undefined : resolvePointer(document, pointer);
  return [target, ...asArray(schema["allOf"])].filter((part) => isObject(part));
}

function isSchemaObject(value: Json | undefined): value is JsonObject {
  return isObject(value);
}

function contradictsItself(schema: JsonObject, value: Json): boolean {
  const { type, enum: values, const: constant } = schema;
  const types = type === undefined ? [] : isArray(type) ? type : [type];
  if (types.length > 0 && !types.some((name) => isOfType(value, name))) return true;
  const text = JSON.stringify(value);
  if (isArray(values) && !values.some((one) => JSON.stringify(one) === text)) return true;
  if (constant !== undefined && JSON.stringify(constant) !== text) return true;
  const { pattern } = schema;
  if (typeof value === "string" && typeof pattern === "string" && matchesPattern(pattern, value) === false)
    return true;
  const size = sizeOf(value);
  return bounds.some(([keyword, kind, isBroken]) => {
    const bound = schema[keyword];
    return typeof bound === "number" && kind === size.kind && isBroken(size.amount, bound);
  });
}

type Bound = readonly [string, string, (amount: number, bound: number) => boolean];

const bounds: readonly Bound[] = [
  ["minimum", "number", (amount, bound) => amount < bound],
  ["maximum", "number", (amount, bound) => amount > bound],
  ["exclusiveMinimum", "number", (amount, bound) => amount <= bound],
  ["exclusiveMaximum", "number", (amount, bound) => amount >= bound],
  ["minLength", "string", (amount, bound) => amount < bound],
  ["maxLength", "string", (amount, bound) => amount > bound],
  ["minItems", "array", (amount, bound) => amount < bound],
  ["maxItems", "array", (amount, bound) => amount > bound],
];

function sizeOf(value: Json): { readonly kind: string; readonly amount: number } {
  if (typeof value === "number") return { kind: "number", amount: value };
  if (typeof value === "string") return { kind: "string", amount: Array.from(value).length };
  return isArray(value) ? { kind: "array", amount: value.length } : { kind: "other", amount: 0 };
}

function isOfType(value: Json, name: Json): boolean {
  if (name === "null") return value === null;
  if (name === "array") return isArray(value);
  if (name === "object") return isObject(value);
  if (name === "integer") return typeof value === "number" && Number.isInteger(value);
  return typeof value === name;
}
