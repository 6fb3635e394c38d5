/** Where things stand in an OpenAPI document: a table of its objects, and a rewriting walk over all of its schemas. */
import { isArray, isObject, type Json, type JsonObject } from "../json/json.ts";

/** The Path Item's fixed fields that hold operations (OpenAPI 3.2 §4.9.1 adds `query`), in the specification's order. */
export const httpMethods = [
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
  "query",
] as const;

/** A status, a range with an upper- or lower-case X, or `default` (OpenAPI 3.1.1 §4.8.16). */
export function isStatusKey(key: string): boolean {
  return /^(?:[1-5](?:\d\d|XX|xx)|default)$/.test(key);
}

export type Kind = keyof typeof members;
type Arity = "one" | "map" | "list";
export type Members = Readonly<Record<string, readonly [kind: string, arity: Arity]>>;

const operations: Members = Object.fromEntries(httpMethods.map((method) => [method, ["operation", "one"]]));

/** For each kind of object: which members hold which kind, alone, in a map or in a list (OpenAPI 3.1.1 §4.8). */
export const members = {
  document: { components: ["components", "one"], paths: ["pathItem", "map"], webhooks: ["pathItem", "map"] },
  components: {
    schemas: ["schema", "map"],
    responses: ["response", "map"],
    parameters: ["parameter", "map"],
    requestBodies: ["requestBody", "map"],
    headers: ["parameter", "map"],
    callbacks: ["callback", "map"],
    pathItems: ["pathItem", "map"],
    mediaTypes: ["mediaType", "map"],
  },
  pathItem: { ...operations, parameters: ["parameter", "list"], additionalOperations: ["operation", "map"] },
  operation: {
    parameters: ["parameter", "list"],
    requestBody: ["requestBody", "one"],
    responses: ["response", "map"],
    callbacks: ["callback", "map"],
  },
  callback: {},
  requestBody: { content: ["mediaType", "map"] },
  response: { headers: ["parameter", "map"], content: ["mediaType", "map"] },
  parameter: { schema: ["schema", "one"], content: ["mediaType", "map"] },
  mediaType: {
    schema: ["schema", "one"],
    itemSchema: ["schema", "one"],
    encoding: ["encoding", "map"],
  },
  encoding: { headers: ["parameter", "map"] },
  schema: {
    $defs: ["schema", "map"],
    definitions: ["schema", "map"],
    properties: ["schema", "map"],
    patternProperties: ["schema", "map"],
    dependentSchemas: ["schema", "map"],
    allOf: ["schema", "list"],
    anyOf: ["schema", "list"],
    oneOf: ["schema", "list"],
    prefixItems: ["schema", "list"],
    items: ["schema", "one"],
    contains: ["schema", "one"],
    additionalProperties: ["schema", "one"],
    propertyNames: ["schema", "one"],
    unevaluatedItems: ["schema", "one"],
    unevaluatedProperties: ["schema", "one"],
    contentSchema: ["schema", "one"],
    not: ["schema", "one"],
    if: ["schema", "one"],
    then: ["schema", "one"],
    else: ["schema", "one"],
  },
} satisfies Record<string, Members>;

/**
 * Gives the schema that stands in the document instead; the same object for no change. Inner schemas come first; `original`
 * is the schema before they were rewritten.
 */
export type SchemaMapper = (schema: JsonObject, original: JsonObject) => Json;

/**
 * Rewrites every Schema Object of a document, wherever it stands (components, bodies, parameters, headers, callbacks,
 * inner schemas), children first. Shares whatever does not change: without changes it returns the very document.
 * Example values and extensions are never entered. Boolean schemas are left as they are.
 */
export function mapSchemas(document: JsonObject, map: SchemaMapper): JsonObject {
  return mapMembers(document, "document", map);
}

/** The same for one schema and all in it. */
export function mapSchema(schema: JsonObject, map: SchemaMapper): Json {
  return mapNode(schema, "schema", map);
}

function mapNode(node: Json, kind: Kind, map: SchemaMapper): Json {
  if (!isObject(node)) return node;
  // A Callback Object is a map of path items under runtime expressions.
  if (kind === "callback") return mapMap(node, "pathItem", map);
  const rewritten = mapMembers(node, kind, map);
  return kind === "schema" ? map(rewritten, node) : rewritten;
}

function mapMembers(node: JsonObject, kind: Kind, map: SchemaMapper): JsonObject {
  const shape: Members = members[kind];
  return rewriteMembers(node, (key, value) => {
    // Scalars hold no schemas; a boolean schema stays as it is.
    if (typeof value !== "object" || value === null) return value;
    const member = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (member === undefined) return value;
    // The table above names only kinds that it has itself.
    const inner = member[0] as Kind;
    if (member[1] === "map") return isObject(value) ? mapMap(value, inner, map) : value;
    if (member[1] === "list") return isArray(value) ? mapList(value, inner, map) : value;
    return mapNode(value, inner, map);
  });
}

function mapMap(node: JsonObject, kind: Kind, map: SchemaMapper): JsonObject {
  const extensible = kind === "pathItem" || kind === "response";
  return rewriteMembers(node, (key, value) =>
    extensible && key.startsWith("x-") ? value : mapNode(value, kind, map),
  );
}

function mapList(list: readonly Json[], kind: Kind, map: SchemaMapper): readonly Json[] {
  const rewritten = list.map((item) => mapNode(item, kind, map));
  return rewritten.some((item, index) => item !== list[index]) ? rewritten : list;
}

/** Copies an object only if some member's value changes. Keeps order; safe for a member named `__proto__`. */
export function rewriteMembers(node: JsonObject, rewrite: (key: string, value: Json) => Json): JsonObject {
  let changed: Map<string, Json> | undefined;
  // Documents are plain objects, so this meets own members only, and makes no list of them.
  for (const key in node) {
    const value = node[key] ?? null;
    const rewritten = rewrite(key, value);
    if (rewritten !== value) (changed ??= new Map()).set(key, rewritten);
  }
  if (changed === undefined) return node;
  const rewrites = changed;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      rewrites.has(key) ? (rewrites.get(key) ?? null) : value,
    ]),
  );
}
