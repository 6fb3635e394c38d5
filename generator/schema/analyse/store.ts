/** Finds schemas: identifiers, anchors and references of JSON Schema 2020-12 core §8 and §9. */
import { isObject, type Json, type JsonObject } from "../../json/json.ts";
import { joinPointer, pointerTokens } from "../../json/pointer.ts";
import type { JsonSchema, Pointer } from "../../model/api-model.ts";
import { arityOf, isSchema, subschemas } from "./subschemas.ts";

/** A schema resource (core §4.3.5): what `#/…` and `#anchor` inside it point into. */
export interface Resource {
  readonly uri: string;
  readonly root: Json;
  /** Of the resource's root, in the document that findings speak of. */
  readonly pointer: Pointer;
  readonly anchors: Map<string, SchemaNode>;
  readonly dynamicAnchors: Map<string, SchemaNode>;
  /** Anchors of more than one schema: what they name is undefined (core §8.2.2). */
  readonly repeated: Set<string>;
  /** What references inside it lead to, by their text. */
  readonly resolved: Map<string, SchemaNode>;
  indexed: boolean;
}

/** A schema together with where it stands. The same schema object always gives the same node. */
export interface SchemaNode {
  readonly schema: JsonSchema;
  readonly pointer: Pointer;
  readonly resource: Resource;
}

/** Base URI of a document that names none. The reserved top-level domain `.invalid` (RFC 6761) resolves nowhere. */
const defaultBase = "https://document.invalid/";

export class SchemaStore {
  readonly #nodes = new Map<object, SchemaNode>();
  readonly #resources = new Map<string, Resource>();
  readonly #main: Resource;
  /** True if a resource may not be indexed yet. */
  #hasFresh = false;

  /**
   * @param document what `#/…` references of the main schemas point into
   * @param roots where schemas start in it; schemas elsewhere are found when a reference leads there
   * @param externals other documents that references may name, by absolute URI
   */
  constructor(
    document: JsonObject | boolean,
    roots: readonly { readonly pointer: Pointer; readonly schema: JsonSchema }[],
    externals: ReadonlyMap<string, JsonSchema>,
  ) {
    for (const [uri, schema] of externals) this.#external(uri, schema);
    const id =
      isObject(document) && roots.some((root) => root.schema === document) ? document["$id"] : undefined;
    this.#main = this.#resource(
      resolveUri(typeof id === "string" ? id : "", defaultBase) ?? defaultBase,
      document,
      "",
    );
    for (const root of roots) this.root(root.schema, root.pointer);
  }

  /** The node of a schema that stands at `pointer` in the main document. */
  root(schema: JsonSchema, pointer: Pointer): SchemaNode {
    return this.#node(schema, pointer, this.#main);
  }

  /** The node of a subschema. */
  child(parent: SchemaNode, schema: JsonSchema, ...tokens: readonly (string | number)[]): SchemaNode {
    const known = typeof schema === "boolean" ? undefined : this.#nodes.get(schema);
    return known ?? this.#node(schema, joinPointer(parent.pointer, ...tokens), parent.resource);
  }

  /** What `$ref` in `from` names (core §8.2.3.1), or `undefined` where there is no schema. */
  resolve({ resource }: SchemaNode, reference: string): SchemaNode | undefined {
    const known = resource.resolved.get(reference);
    if (known !== undefined) return known;
    const target = this.#follow(resource, reference);
    if (target !== undefined) resource.resolved.set(reference, target);
    return target;
  }

  #follow(from: Resource, reference: string): SchemaNode | undefined {
    if (reference.startsWith("#/") || reference === "#") {
      const fragment = decode(reference.slice(1));
      const local = fragment === undefined ? undefined : this.#walk(from, fragment);
      // A component with an `$id` of its own still means the document when it says `#/components/…`.
      if (local !== undefined || fragment === undefined) return local;
      return this.#walk(this.#main, fragment);
    }
    const absolute = resolveUri(reference, from.uri);
    if (absolute === undefined) return undefined;
    const hash = absolute.indexOf("#");
    const uri = hash < 0 ? absolute : absolute.slice(0, hash);
    const fragment = decode(hash < 0 ? "" : absolute.slice(hash + 1));
    this.#indexAll();
    const resource = this.#resources.get(uri);
    if (resource === undefined || fragment === undefined) return undefined;
    if (fragment === "" || fragment.startsWith("/")) return this.#walk(resource, fragment);
    return resource.anchors.get(fragment) ?? resource.dynamicAnchors.get(fragment);
  }

  /** True if several schemas have the anchor by which `target` was found. */
  isAmbiguous(reference: string, target: SchemaNode): boolean {
    const fragment = reference.slice(reference.indexOf("#") + 1);
    return (
      reference.includes("#") &&
      !/^(?:$|\/)/.test(fragment) &&
      target.resource.repeated.has(decode(fragment) ?? "")
    );
  }

  /** The schemas in a resource that carry a `$dynamicAnchor`, by name. */
  dynamicAnchors(resource: Resource): ReadonlyMap<string, SchemaNode> {
    this.#indexAll();
    return resource.dynamicAnchors;
  }

  /** Every schema that carries the `$dynamicAnchor` of this name, in any resource. */
  dynamicTargets(name: string): SchemaNode[] {
    this.#indexAll();
    const all = [...new Set(this.#resources.values())];
    return all.flatMap((resource) => resource.dynamicAnchors.get(name) ?? []);
  }

  /** The vocabularies of the meta-schema that the resource declares, where that meta-schema is at hand (core §8.1.2). */
  vocabulary(resource: Resource): JsonObject | undefined {
    const dialect = isObject(resource.root) ? resource.root["$schema"] : undefined;
    if (typeof dialect !== "string") return undefined;
    const meta = this.#resources.get(dialect.replace(/#$/, ""))?.root;
    const vocabulary = isObject(meta) ? meta["$vocabulary"] : undefined;
    return isObject(vocabulary) ? vocabulary : undefined;
  }

  #node(schema: JsonSchema, pointer: Pointer, within: Resource): SchemaNode {
    if (typeof schema === "boolean") return { schema, pointer, resource: within };
    const known = this.#nodes.get(schema);
    if (known !== undefined) return known;
    const id = schema["$id"];
    const uri = typeof id === "string" ? resolveUri(id, within.uri)?.replace(/#$/, "") : undefined;
    const resource =
      uri === undefined || schema === within.root
        ? within
        : (this.#resources.get(uri) ?? this.#resource(uri, schema, pointer));
    const node = { schema, pointer, resource };
    this.#nodes.set(schema, node);
    return node;
  }

  #resource(uri: string, root: Json, pointer: Pointer): Resource {
    const resource: Resource = {
      uri,
      root,
      pointer,
      anchors: new Map(),
      dynamicAnchors: new Map(),
      repeated: new Set(),
      resolved: new Map(),
      indexed: false,
    };
    this.#resources.set(uri, resource);
    this.#hasFresh = true;
    return resource;
  }

  #external(uri: string, schema: JsonSchema): void {
    const id =
      isObject(schema) && typeof schema["$id"] === "string" ? resolveUri(schema["$id"], uri) : undefined;
    const resource = this.#resource(id?.replace(/#$/, "") ?? uri, schema, "");
    this.#resources.set(uri, resource);
    this.#node(schema, "", resource);
  }

  /** Learns every `$id`, `$anchor` and `$dynamicAnchor`; only references that are not plain pointers need it. */
  #indexAll(): void {
    while (this.#hasFresh) {
      this.#hasFresh = false;
      const fresh = [...this.#resources.values()].filter((resource) => !resource.indexed);
      for (const resource of fresh) {
        resource.indexed = true;
        if (resource === this.#main)
          for (const node of [...this.#nodes.values()]) this.#index(node, new Set());
        if (isSchema(resource.root))
          this.#index(this.#node(resource.root, resource.pointer, resource), new Set());
      }
    }
  }

  #index(start: SchemaNode, seen: Set<SchemaNode>): void {
    const queue = [start];
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      if (typeof node.schema === "boolean" || seen.has(node)) continue;
      seen.add(node);
      const { $anchor, $dynamicAnchor } = node.schema;
      const { anchors, dynamicAnchors } = node.resource;
      if (typeof $anchor === "string") this.#note($anchor, node, anchors);
      if (typeof $dynamicAnchor === "string") this.#note($dynamicAnchor, node, dynamicAnchors);
      for (const inner of subschemas(node.schema))
        queue.push(this.child(node, inner.schema, ...inner.tokens));
    }
  }

  #note(name: string, node: SchemaNode, into: Map<string, SchemaNode>): void {
    const { anchors, dynamicAnchors, repeated } = node.resource;
    const known = anchors.get(name) ?? dynamicAnchors.get(name);
    if (known !== undefined && known !== node) repeated.add(name);
    into.set(name, node);
  }

  /** Follows a pointer from a resource's root, entering the resources embedded on its way (core §8.2.1). */
  #walk(resource: Resource, pointer: string): SchemaNode | undefined {
    const tokens = pointerTokens(pointer);
    let value: Json = resource.root;
    let node = this.#known(value, resource);
    let at = resource.pointer;
    let within = node?.resource ?? resource;
    for (let i = 0; i < tokens.length;) {
      const take: number = node === undefined ? 1 : schemaTokens(tokens[i]);
      for (const token of tokens.slice(i, i + take)) {
        if (typeof value !== "object" || value === null || !Object.hasOwn(value, token)) return undefined;
        // Arrays and objects are both indexed by their own keys here; hasOwn has just proved the key.
        value = (value as JsonObject)[token] ?? null;
        at = joinPointer(at, token);
      }
      const isChild: boolean =
        node !== undefined && arityOf(tokens[i] ?? "") !== undefined && isSchema(value);
      node = isChild && isSchema(value) ? this.#node(value, at, within) : this.#known(value, within);
      within = node?.resource ?? within;
      i += take;
    }
    return node ?? (isSchema(value) ? this.#node(value, at, within) : undefined);
  }

  #known(value: Json, within: Resource): SchemaNode | undefined {
    if (typeof value !== "object" || value === null) return undefined;
    if (value === within.root && within !== this.#main && isSchema(value))
      return this.#node(value, within.pointer, within);
    return this.#nodes.get(value);
  }
}

/** How many tokens lead from a schema to a subschema: `items` one, `properties/x` two. */
function schemaTokens(keyword: string | undefined): number {
  const arity = arityOf(keyword ?? "");
  return arity === "map" || arity === "list" ? 2 : 1;
}

function decode(fragment: string): string | undefined {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return undefined;
  }
}

/** Resolves a URI reference (RFC 3986 §5) against a base; `undefined` where either is none. */
function resolveUri(reference: string, base: string): string | undefined {
  try {
    return new URL(reference, base).href;
  } catch {
    return undefined;
  }
}
