/** What a receiver of text accepts: everything that is written without quotes is a string too. */
import { asArray, asObject, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { refPointer, resolvePointer } from "../../json/pointer.ts";
import { asserts } from "../schema/keywords.ts";
import { conjunction, typesOf, type Conjunction, type TypeName } from "../schema/side.ts";

/** Keywords that ask something of strings. */
const asked = [
  ...["enum", "const", "pattern", "format", "minLength", "maxLength"],
  ...["not", "anyOf", "oneOf", "if"],
] as const;
const scalars: readonly TypeName[] = ["string", "number", "boolean", "null"];
const memory = new WeakMap<JsonObject, JsonObject>();

/** The schema with numbers and booleans wherever any string will do: at the root, in lists and in members of objects. */
export function lenient(document: JsonObject, schema: Json | undefined, depth = 2): Json {
  if (!isObject(schema)) return schema ?? true;
  const known = memory.get(schema);
  if (known !== undefined) return known;
  const result = relaxed(document, schema, depth);
  memory.set(schema, result);
  return result;
}

function relaxed(document: JsonObject, schema: JsonObject, depth: number): JsonObject {
  const all = conjunction(document, [schema]);
  if (takesAnyText(all)) return withScalars(schema, all);
  const { anyOf, ...rest } = schema;
  const branches = asArray(anyOf);
  if (branches.length > 0 && !Object.keys(rest).some(asserts))
    return { ...rest, anyOf: branches.map((branch) => lenient(document, branch, depth - 1)) };
  return depth > 0 ? inside({ document, depth, single: declaredOnce(all) }, schema) : schema;
}

function takesAnyText(all: Conjunction): boolean {
  const isNamed = all.parts.some(({ type }) => [type].flat().includes("string"));
  const isAsked = all.parts.some((part) => asked.some((keyword) => part[keyword] !== undefined));
  return isNamed && !isAsked && !all.opaque && typesOf(all).has("string");
}

function withScalars(schema: JsonObject, all: Conjunction): JsonObject {
  const types = typesOf(all);
  const isScalar = [...types].every((type) => type !== "object" && type !== "array");
  return isScalar ? { type: [...scalars] } : { anyOf: [schema, { type: [...scalars] }] };
}

interface Inside {
  readonly document: JsonObject;
  readonly depth: number;
  /** Keywords and properties of which no other part says anything. */
  readonly single: (name: string, property?: string) => boolean;
}

function declaredOnce({ parts }: Conjunction): Inside["single"] {
  return (name, property) =>
    parts.filter((part) =>
      property === undefined
        ? part[name] !== undefined
        : Object.hasOwn(asObject(part[name]), property) || part["patternProperties"] !== undefined,
    ).length <= 1;
}

/** Relaxes members and items; what several parts say of one of them holds together, so it stays. */
function inside(at: Inside, schema: JsonObject): JsonObject {
  const { $ref: ref, allOf, ...rest } = schema;
  const pointer = typeof ref === "string" ? refPointer(ref) : undefined;
  const target = pointer === undefined ? undefined : resolvePointer(at.document, pointer);
  const deeper = { ...at, depth: at.depth - 1 };
  const together = [...(isObject(target) ? [target] : []), ...asArray(allOf)];
  if (at.depth < -4 || (ref !== undefined && !isObject(target))) return schema;
  const own = { ...rest, ...itemsInside(at, rest), ...propertiesInside(at, rest) };
  if (together.length === 0) return own;
  return { ...own, allOf: together.map((part) => (isObject(part) ? inside(deeper, part) : part)) };
}

function itemsInside({ document, depth, single }: Inside, schema: JsonObject): JsonObject {
  const { items, contains } = schema;
  if (items === undefined || contains !== undefined || !single("items")) return {};
  return { items: lenient(document, items, depth - 1) };
}

function propertiesInside({ document, depth, single }: Inside, schema: JsonObject): JsonObject {
  const properties = asObject(schema["properties"]);
  if (Object.keys(properties).length === 0) return {};
  return {
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [
        name,
        single("properties", name) ? lenient(document, value, depth - 1) : value,
      ]),
    ),
  };
}
