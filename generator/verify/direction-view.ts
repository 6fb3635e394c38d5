/** The document as responses have to follow it: `writeOnly` members are not there and never required. */
import { asArray, asObject, isObject, type Json, type JsonObject } from "../json/json.ts";
import { followRefs } from "../json/pointer.ts";

/** Nodes on the way to a place that are rewritten at most; documents are trees as far as `$ref` lets them. */
const maxDepth = 200;

/** Copies only what changes: most documents come back as they are. `keyword` names the members that go. */
export function withoutMembers(document: JsonObject, keyword: "readOnly" | "writeOnly"): JsonObject {
  const rewrite = (node: Json, depth: number): Json => {
    if (depth > maxDepth) return node;
    if (Array.isArray(node)) {
      const items = asArray(node);
      const changed = items.map((item) => rewrite(item, depth + 1));
      return changed.some((item, index) => item !== items[index]) ? changed : items;
    }
    if (!isObject(node)) return node;
    const own = hideMembers(document, node, keyword);
    const entries = Object.entries(own).map(([name, member]) => [name, rewrite(member, depth + 1)] as const);
    return entries.some(([name, member]) => member !== own[name]) ? Object.fromEntries(entries) : own;
  };
  return asObject(rewrite(document, 0));
}

function hideMembers(document: JsonObject, schema: JsonObject, keyword: string): JsonObject {
  const { properties, required } = schema;
  if (!isObject(properties)) return schema;
  const hidden = new Set(
    Object.entries(properties)
      .filter(([, member]) => {
        const { value } = followRefs(document, member, "");
        return (isObject(member) && member[keyword] === true) || (isObject(value) && value[keyword] === true);
      })
      .map(([name]) => name),
  );
  if (hidden.size === 0) return schema;
  return {
    ...schema,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, member]) => [name, hidden.has(name) ? false : member]),
    ),
    ...(required === undefined
      ? {}
      : { required: asArray(required).filter((name) => typeof name !== "string" || !hidden.has(name)) }),
  };
}
