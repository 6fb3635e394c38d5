/** Members that one direction keeps out of messages: `readOnly` in requests, `writeOnly` in responses (OpenAPI 3.1.1 §4.8.24). */
import { asArray, asObject, asStrings, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { refPointer, resolvePointer } from "../../json/pointer.ts";
import { derived, type View } from "./reading.ts";

/** The names that some part declares with the keyword of this direction. */
export function hiddenNames(
  parts: readonly JsonObject[],
  homeOf: (part: JsonObject) => JsonObject,
  view: View,
): ReadonlySet<string> {
  const names = new Set<string>();
  const keyword = view === "request" ? "readOnly" : "writeOnly";
  for (const part of parts) {
    for (const name of hiddenOf.get(part) ?? []) names.add(name);
    for (const [name, schema] of Object.entries(asObject(part["properties"]))) {
      if (carries(homeOf(part), schema, keyword)) names.add(name);
    }
  }
  return names;
}

const known = { readOnly: new WeakMap<JsonObject, boolean>(), writeOnly: new WeakMap<JsonObject, boolean>() };

function carries(document: JsonObject, schema: Json, keyword: "readOnly" | "writeOnly"): boolean {
  if (!isObject(schema)) return false;
  const before = known[keyword].get(schema);
  if (before !== undefined) return before;
  known[keyword].set(schema, false); // a reference that leads back to itself says nothing
  const pointer = typeof schema["$ref"] === "string" ? refPointer(schema["$ref"]) : undefined;
  const target = pointer === undefined ? undefined : resolvePointer(document, pointer);
  const found =
    schema[keyword] === true ||
    [...(target === undefined ? [] : [target]), ...asArray(schema["allOf"])].some((inner) =>
      carries(document, inner, keyword),
    );
  known[keyword].set(schema, found);
  return found;
}

const stripped = new WeakMap<JsonObject, Map<string, JsonObject>>();
const hiddenOf = new WeakMap<JsonObject, ReadonlySet<string>>();

/** The part with any value for hidden members, none of them required; itself where it names none. */
export function hide(part: JsonObject, hidden: ReadonlySet<string>): JsonObject {
  const properties = asObject(part["properties"]);
  const required = asStrings(part["required"]);
  const declared = [...hidden].filter((name) => Object.hasOwn(properties, name));
  if (declared.length === 0 && required.every((name) => !hidden.has(name))) return part;
  const memory = stripped.get(part) ?? new Map<string, JsonObject>();
  stripped.set(part, memory);
  const key = [...hidden].sort().join(" ");
  const before = memory.get(key);
  if (before !== undefined) return before;
  const shown = Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, hidden.has(name) ? true : schema]),
  );
  const result: JsonObject = derived(
    {
      ...part,
      ...(declared.length === 0 ? {} : { properties: shown }),
      ...(required.length === 0 ? {} : { required: required.filter((name) => !hidden.has(name)) }),
    },
    part,
  );
  hiddenOf.set(result, new Set([...declared, ...(hiddenOf.get(part) ?? [])]));
  memory.set(key, result);
  return result;
}

/** True if some part hides the member. */
export function isHidden(parts: readonly JsonObject[], name: string): boolean {
  return parts.some((part) => hiddenOf.get(part)?.has(name) === true);
}
