/** `readOnly` in requests and `writeOnly` in responses (OpenAPI 3.0.4 §4.7.24.2; validation §9.4 leaves both to us). */
import { asArray, asObject, asStrings, isObject, type JsonObject } from "../../json/json.ts";
import type { JsonSchema } from "../../model/api-model.ts";
import { isSchema, subschemas } from "./subschemas.ts";
import type { Scope } from "./scope.ts";
import type { SchemaNode, SchemaStore } from "./store.ts";

/** A schema that applies to a value of a message. */
export interface Directed {
  readonly compiler: { readonly store: SchemaStore };
  readonly node: SchemaNode;
  readonly scope: Scope;
  /** Members that another part of an `allOf` around the schema keeps out of messages in this direction. */
  readonly hidden?: ReadonlySet<string> | undefined;
  /** How many schemas deep. */
  readonly nesting: number;
}

/** The keyword that keeps a member out of messages in this direction, or `undefined`. Such a member is never required. */
export function hidden(site: Directed, member: SchemaNode): "readOnly" | "writeOnly" | undefined {
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
export function hiddenNames(site: Directed): ReadonlySet<string> {
  const { direction } = site.scope;
  if (direction === "both") return site.hidden ?? none;
  const keyword = direction === "request" ? "readOnly" : "writeOnly";
  const names = new Set(site.hidden);
  for (const node of inPlace(site.compiler.store, site.node)) {
    for (const name of ownHidden(site.compiler.store, node, keyword)) names.add(name);
  }
  return names;
}

/** Memoized per schema: every schema that refers to it in place needs it again. */
const known = {
  readOnly: new WeakMap<SchemaNode, readonly string[]>(),
  writeOnly: new WeakMap<SchemaNode, readonly string[]>(),
};

/** The members of the schema's own `properties` that the keyword keeps out of messages in one direction. */
export function ownHidden(
  store: SchemaStore,
  node: SchemaNode,
  keyword: "readOnly" | "writeOnly",
): readonly string[] {
  const found = known[keyword].get(node);
  if (found !== undefined) return found;
  const properties = isObject(node.schema) ? node.schema["properties"] : undefined;
  const names = Object.entries(isObject(properties) ? properties : {}).flatMap(([name, schema]) =>
    isSchema(schema) && isCarried(store, node, name, schema, keyword) ? [name] : [],
  );
  known[keyword].set(node, names);
  return names;
}

/**
 * Does the schema that `site` refers to ask for members that are kept out only where it is referred to from? A function of
 * its own could not know.
 */
export function asksForHidden(site: Directed & { readonly schema: JsonObject }, target: SchemaNode): boolean {
  if (site.hidden === undefined && Object.keys(site.schema).length === 1) return false;
  return asksFor(site, hiddenNames(site), target);
}

/** Such schemas are inlined, so inlining depth is capped. */
const maxNesting = 12;

/** True if a schema applied to the value of `site` requires one of these members and does not forbid it itself. */
export function asksFor(site: Directed, names: ReadonlySet<string>, target: SchemaNode): boolean {
  if (names.size === 0 || site.nesting > maxNesting) return false;
  const { store } = site.compiler;
  const own = hiddenNames({ ...site, node: target, hidden: undefined });
  for (const { schema } of inPlace(store, target, consequences)) {
    if (!isObject(schema)) continue;
    const asked = [schema["required"], ...Object.values(asObject(schema["dependentRequired"]))].flatMap(
      (list) => asStrings(list),
    );
    if (asked.some((name) => names.has(name) && !own.has(name))) return true;
  }
  return false;
}

const none: ReadonlySet<string> = new Set();

/** True if the member's schema carries the keyword. Most schemas refer to nothing and need no node of their own for it. */
function isCarried(
  store: SchemaStore,
  parent: SchemaNode,
  name: string,
  schema: JsonSchema,
  keyword: "readOnly" | "writeOnly",
): boolean {
  if (isAlone(schema)) return isObject(schema) && schema[keyword] === true;
  return carries(store, store.child(parent, schema, "properties", name), keyword);
}

/** True if the schema itself, or one that it refers to in place, says `keyword: true`. */
function carries(store: SchemaStore, node: SchemaNode, keyword: string): boolean {
  for (const { schema } of inPlace(store, node)) {
    if (isObject(schema) && schema[keyword] === true) return true;
  }
  return false;
}

const noKeywords: ReadonlySet<string> = new Set();
/** Must hold of the same value where something else does. */
const consequences: ReadonlySet<string> = new Set(["then", "else", "dependentSchemas", "dependencies"]);

/** True if nothing but the schema itself is said of its value in place. */
function isAlone(schema: JsonSchema): boolean {
  return typeof schema === "boolean" || (schema["$ref"] === undefined && schema["allOf"] === undefined);
}

/** The schema and all that must hold of the same value with it: what `$ref` and `allOf` lead to, however far. */
function inPlace(
  store: SchemaStore,
  start: SchemaNode,
  further: ReadonlySet<string> = noKeywords,
): ReadonlySet<SchemaNode> {
  const found = new Set<SchemaNode>();
  if (further.size === 0 && isAlone(start.schema))
    return typeof start.schema === "boolean" ? found : found.add(start);
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
    if (further.size === 0) continue;
    for (const inner of subschemas(schema))
      if (further.has(inner.tokens[0] ?? "")) queue.push(store.child(node, inner.schema, ...inner.tokens));
  }
  return found;
}
