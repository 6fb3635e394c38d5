/** `readOnly` in requests and `writeOnly` in responses (OpenAPI 3.0.4 §4.7.24.2; validation §9.4 leaves both to us). */
import { isArray } from "../json/json.ts";
import { isSchema } from "./subschemas.ts";
import type { Site } from "./site.ts";
import type { SchemaNode, SchemaStore } from "./store.ts";

/** The keyword that keeps a member out of messages in this direction, or `undefined`. Such a member is never required. */
export function hidden(site: Site, member: SchemaNode): "readOnly" | "writeOnly" | undefined {
  const { direction } = site.scope;
  if (direction === "both") return undefined;
  const keyword = direction === "request" ? "readOnly" : "writeOnly";
  return carries(site.compiler.store, member, keyword, new Set()) ? keyword : undefined;
}

/** Says the schema itself, or one that it refers to in place, `keyword: true`? */
function carries(store: SchemaStore, node: SchemaNode, keyword: string, seen: Set<SchemaNode>): boolean {
  const { schema } = node;
  if (typeof schema === "boolean" || seen.has(node)) return false;
  seen.add(node);
  if (schema[keyword] === true) return true;
  const target = typeof schema["$ref"] === "string" ? store.resolve(node, schema["$ref"]) : undefined;
  if (target !== undefined && carries(store, target, keyword, seen)) return true;
  const parts = schema["allOf"];
  return (
    isArray(parts) &&
    parts.some(
      (part, i) => isSchema(part) && carries(store, store.child(node, part, "allOf", i), keyword, seen),
    )
  );
}
