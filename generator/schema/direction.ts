/** `readOnly` in requests and `writeOnly` in responses (OpenAPI 3.0.4 §4.7.24.2; validation §9.4 leaves both to us). */
import { asArray, isArray, isObject } from "../json/json.ts";
import { isSchema } from "./subschemas.ts";
import type { Site } from "./site.ts";
import type { SchemaNode, SchemaStore } from "./store.ts";

/** The keyword that keeps a member out of messages in this direction, or `undefined`. Such a member is never required. */
export function hidden(site: Site, member: SchemaNode): "readOnly" | "writeOnly" | undefined {
  const { direction } = site.scope;
  if (direction === "both") return undefined;
  const keyword = direction === "request" ? "readOnly" : "writeOnly";
  return carries(site.compiler.store, member, keyword) ? keyword : undefined;
}

/**
 * The members that this direction keeps out of the object of `site`, wherever it is said: beside the keyword that asks
 * for it, in a schema that is referred to in place, or in another part of an `allOf` around it. Such members are never
 * required.
 */
export function hiddenNames(site: Site): ReadonlySet<string> {
  const { direction } = site.scope;
  if (direction === "both") return site.hidden ?? none;
  const keyword = direction === "request" ? "readOnly" : "writeOnly";
  const names = new Set(site.hidden);
  for (const node of inPlace(site.compiler.store, site.node)) {
    for (const name of ownHidden(site.compiler.store, node, keyword)) names.add(name);
  }
  return names;
}

/** Found once for each schema: it is asked for again by every schema that refers to it in place. */
const known = {
  readOnly: new WeakMap<SchemaNode, readonly string[]>(),
  writeOnly: new WeakMap<SchemaNode, readonly string[]>(),
};

function ownHidden(
  store: SchemaStore,
  node: SchemaNode,
  keyword: "readOnly" | "writeOnly",
): readonly string[] {
  const found = known[keyword].get(node);
  if (found !== undefined) return found;
  const properties = isObject(node.schema) ? node.schema["properties"] : undefined;
  const names = Object.entries(isObject(properties) ? properties : {}).flatMap(([name, schema]) =>
    isSchema(schema) && carries(store, store.child(node, schema, "properties", name), keyword) ? [name] : [],
  );
  known[keyword].set(node, names);
  return names;
}

/**
 * Does the schema that `site` refers to ask for members that are kept out only where it is referred to from? A function of
 * its own could not know.
 */
export function asksForHidden(site: Site, target: SchemaNode): boolean {
  if (site.hidden === undefined && Object.keys(site.schema).length === 1) return false;
  const around = hiddenNames(site);
  if (around.size === 0) return false;
  const own = hiddenNames({ ...site, node: target, hidden: undefined });
  for (const { schema } of inPlace(site.compiler.store, target)) {
    const required = isObject(schema) ? schema["required"] : undefined;
    if (!isArray(required)) continue;
    if (required.some((name) => typeof name === "string" && around.has(name) && !own.has(name))) return true;
  }
  return false;
}

const none: ReadonlySet<string> = new Set();

/** Says the schema itself, or one that it refers to in place, `keyword: true`? */
function carries(store: SchemaStore, node: SchemaNode, keyword: string): boolean {
  for (const { schema } of inPlace(store, node)) {
    if (isObject(schema) && schema[keyword] === true) return true;
  }
  return false;
}

/** The schema and all that must hold of the same value with it: what `$ref` and `allOf` lead to, however far. */
function inPlace(store: SchemaStore, start: SchemaNode): ReadonlySet<SchemaNode> {
  const found = new Set<SchemaNode>();
  const queue = [start];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    const { schema } = node;
    if (typeof schema === "boolean" || found.has(node)) continue;
    found.add(node);
    const target = typeof schema["$ref"] === "string" ? store.resolve(node, schema["$ref"]) : undefined;
    if (target !== undefined) queue.push(target);
    for (const [i, part] of asArray(schema["allOf"]).entries()) {
      if (isSchema(part)) queue.push(store.child(node, part, "allOf", i));
    }
  }
  return found;
}
