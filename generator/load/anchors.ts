/** Turns references to anchors into JSON Pointers, which every tool follows (JSON Schema 2020-12 core, 8.2.2). */
import { isArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import { joinPointer } from "../json/pointer.ts";

/** Members whose value is data, never a schema. */
const data = new Set(["example", "examples", "default", "const", "enum"]);

/** Members that hold schemas under names of the author's, which are no keywords. */
const maps = new Set(["properties", "patternProperties", "dependentSchemas", "$defs", "schemas"]);

const isAnchor = /^#[^/]/;

/**
 * A file with each `$ref: "#name"` rewritten to the pointer of the one schema of the file with that `$anchor` (or
 * `$dynamicAnchor`, which a `$ref` takes for an ordinary one). A name that no schema has, or more than one, stays as it is.
 */
export function withoutAnchorReferences(root: Json, body: string): Json {
  if (!body.includes("$anchor") && !body.includes("$dynamicAnchor")) return root;
  const anchors = anchorsOf(root);
  return mapSchemas(root, "", (node) => {
    const reference = node["$ref"];
    if (typeof reference !== "string" || !isAnchor.test(reference)) return node;
    const pointer = anchors.get(reference.slice(1));
    return pointer === undefined ? node : { ...node, $ref: `#${encodeURI(pointer)}` };
  });
}

/** Name to pointer; `undefined` for a name that occurs more than once. */
function anchorsOf(root: Json): ReadonlyMap<string, string | undefined> {
  const anchors = new Map<string, string | undefined>();
  mapSchemas(root, "", (node, pointer) => {
    for (const keyword of ["$anchor", "$dynamicAnchor"]) {
      const name = node[keyword];
      if (typeof name === "string") anchors.set(name, anchors.has(name) ? undefined : pointer);
    }
    return node;
  });
  return anchors;
}

type Change = (node: JsonObject, pointer: string) => JsonObject;

/** The tree with every object that can be a schema changed, the outer before the inner. Its depth has been bounded before. */
function mapSchemas(node: Json, pointer: string, change: Change): Json {
  if (isArray(node)) return node.map((item, index) => mapSchemas(item, joinPointer(pointer, index), change));
  if (!isObject(node)) return node;
  return mapMembers(change(node, pointer), (value, key) => {
    if (data.has(key)) return value;
    const below = joinPointer(pointer, key);
    if (!maps.has(key) || !isObject(value)) return mapSchemas(value, below, change);
    return mapMembers(value, (schema, name) => mapSchemas(schema, joinPointer(below, name), change));
  });
}

function mapMembers(node: JsonObject, change: (value: Json, name: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, change(value, name)]));
}
