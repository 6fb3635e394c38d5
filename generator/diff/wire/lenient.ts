/** What a receiver of text accepts: everything that is written without quotes is a string too. */
import { asArray, asObject, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { refPointer, resolvePointer } from "../../json/pointer.ts";

/** Keywords that ask something of strings. */
const asked = [
  "enum",
  "const",
  "pattern",
  "format",
  "minLength",
  "maxLength",
  "not",
  "anyOf",
  "oneOf",
] as const;
const memory = new WeakMap<JsonObject, JsonObject>();

/**
 * The schema with numbers and booleans wherever any string will do: at the root, in lists and in members of objects. An
 * array takes a single value too, as the list of it.
 */
export function lenient(document: JsonObject, schema: Json | undefined, depth = 2): Json {
  if (!isObject(schema)) return schema ?? true;
  const known = memory.get(schema);
  if (known !== undefined) return known;
  const result = relaxed(document, schema, depth);
  memory.set(schema, result);
  return result;
}

function relaxed(document: JsonObject, schema: JsonObject, depth: number): JsonObject {
  const { $ref: ref } = schema;
  if (typeof ref === "string") {
    const pointer = refPointer(ref);
    const target = pointer === undefined ? undefined : resolvePointer(document, pointer);
    const { $ref: _ref, ...rest } = schema;
    if (!isObject(target) || depth < -4) return schema;
    const inner = lenient(document, target, depth - 1);
    return Object.keys(rest).length === 0 && isObject(inner)
      ? inner
      : { allOf: [inner, relaxed(document, rest, depth)] };
  }
  const names = asArray(schema["type"] === undefined ? [] : [schema["type"]].flat());
  const isPlain = names.includes("string") && asked.every((keyword) => schema[keyword] === undefined);
  const inside = (value: Json | undefined): Json => lenient(document, value, depth - 1);
  return {
    ...schema,
    ...(isPlain ? { type: [...new Set([...names, "number", "boolean", "null"])] } : {}),
    ...listOf(schema, "allOf", inside),
    ...listOf(schema, "anyOf", inside),
    ...(depth > 0 && schema["items"] !== undefined ? { items: inside(schema["items"]) } : {}),
    ...(depth > 0 && isObject(schema["properties"])
      ? {
          properties: Object.fromEntries(
            Object.entries(asObject(schema["properties"])).map(([name, value]) => [name, inside(value)]),
          ),
        }
      : {}),
  };
}

function listOf(schema: JsonObject, name: string, inside: (value: Json) => Json): JsonObject {
  const list = asArray(schema[name]);
  return list.length === 0 ? {} : { [name]: list.map(inside) };
}
