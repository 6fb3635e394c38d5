/** `$dynamicRef` where it can only lead to one schema (JSON Schema 2020-12, §8.2.3.2). */
import { append } from "../../json/append.ts";
import { isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";

const indexes = new WeakMap<JsonObject, ReadonlyMap<string, readonly JsonObject[]>>();

/** The only schema of the document with this `$dynamicAnchor`; `undefined` where the dynamic scope decides. */
export function onlyAnchor(document: JsonObject, reference: Json): JsonObject | undefined {
  if (typeof reference !== "string" || !reference.startsWith("#")) return undefined;
  const index = indexes.get(document) ?? anchorsOf(document);
  indexes.set(document, index);
  const [only, ...others] = index.get(reference.slice(1)) ?? [];
  return others.length === 0 ? only : undefined;
}

function anchorsOf(document: JsonObject): ReadonlyMap<string, readonly JsonObject[]> {
  const found = new Map<string, JsonObject[]>();
  const open: Json[] = [document];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isObject(node)) {
      const { $dynamicAnchor: name } = node;
      if (typeof name === "string") found.set(name, [...(found.get(name) ?? []), node]);
      append(open, Object.values(node));
    } else if (isArray(node)) append(open, node);
  }
  return found;
}
