/** Turns references by `$id` and `$anchor` into JSON Pointers, which every tool follows (JSON Schema 2020-12 core §8.2). */
import { isArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import { joinPointer, pointerTokens, resolvePointer } from "../json/pointer.ts";

/** Members whose value is data, never a schema. */
const data = new Set(["example", "examples", "default", "const", "enum"]);

/** Members that hold schemas under names of the author's, which are not keywords. */
const maps = new Set(["properties", "patternProperties", "dependentSchemas", "$defs", "schemas"]);

/** Base of a file that names none: `.invalid` (RFC 6761) resolves nowhere. */
const defaultBase = "https://document.invalid/";

export interface Identified {
  /** The file with each reference that an identifier of it stands for as a pointer; the others as they are. */
  readonly root: Json;
  /** Pointers of the schemas of the file's own resource by their anchor. */
  readonly anchors: ReadonlyMap<string, string>;
}

/**
 * A schema with `$id` begins a resource (§4.3.5): relative references and `#/…` below it are meant from there, as long as
 * something is at that place. A name that several schemas have identifies none.
 */
export function resolveIdentifiers(root: Json, body: string): Identified {
  if (!/\$(?:id|anchor|dynamicAnchor|self)\b/.test(body)) return { root, anchors: new Map() };
  const index = new IdentifierIndex(root);
  const resolved = mapSchemas(root, "", index.base, (node, _pointer, base) => {
    const reference = node["$ref"];
    const pointer = typeof reference === "string" ? index.pointerOf(reference, base) : undefined;
    return pointer === undefined ? node : { ...node, $ref: `#${encodeURI(pointer)}` };
  });
  return { root: resolved, anchors: index.anchorsOf(index.base) };
}

class IdentifierIndex {
  readonly base: string;
  readonly #root: Json;
  /** The pointer of each resource by its URI; `undefined` for one that stands in two places. */
  readonly #resources = new Map<string, string | undefined>();
  /** Anchors by resource and name; `undefined` for a name of two schemas. */
  readonly #anchors = new Map<string, Map<string, string | undefined>>();

  constructor(root: Json) {
    this.#root = root;
    const self = isObject(root) && typeof root["$self"] === "string" ? root["$self"] : "";
    this.base = resolveUri(self, defaultBase) ?? defaultBase;
    this.#resources.set(this.base, "");
    mapSchemas(root, "", this.base, (node, pointer, base) => {
      if (typeof node["$id"] === "string" && pointer !== "") once(this.#resources, base, pointer);
      for (const keyword of ["$anchor", "$dynamicAnchor"]) {
        const name = node[keyword];
        if (typeof name === "string") once(this.#names(base), name, pointer);
      }
      return node;
    });
  }

  /** The pointer that a reference means; `undefined` where it is one already, or where no identifier of the file answers it. */
  pointerOf(reference: string, base: string): string | undefined {
    if (base === this.base && (reference === "#" || reference.startsWith("#/"))) return undefined;
    const absolute = resolveUri(reference, base);
    if (absolute === undefined) return undefined;
    const hash = absolute.indexOf("#");
    const uri = hash < 0 ? absolute : absolute.slice(0, hash);
    const resource = this.#resources.get(uri);
    // A file of the same name is the file.
    if (resource === undefined || (uri === this.base && hash < 0)) return undefined;
    const fragment = decode(hash < 0 ? "" : absolute.slice(hash + 1));
    if (fragment !== "" && !fragment.startsWith("/")) return this.#names(uri).get(fragment);
    const pointer = resource + fragment;
    return resolvePointer(this.#root, pointer) === undefined ? undefined : pointer;
  }

  anchorsOf(base: string): ReadonlyMap<string, string> {
    const known = [...this.#names(base)].flatMap(([name, pointer]): [string, string][] =>
      pointer === undefined ? [] : [[name, pointer]],
    );
    return new Map(known);
  }

  #names(base: string): Map<string, string | undefined> {
    let names = this.#anchors.get(base);
    if (names === undefined) this.#anchors.set(base, (names = new Map<string, string | undefined>()));
    return names;
  }
}

function once(map: Map<string, string | undefined>, name: string, pointer: string): void {
  map.set(name, map.has(name) && map.get(name) !== pointer ? undefined : pointer);
}

function resolveUri(reference: string, base: string): string | undefined {
  return URL.canParse(reference, base) ? new URL(reference, base).href : undefined;
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** `base` is the URI of the resource that the schema is in, its own `$id` included. */
type Change = (node: JsonObject, pointer: string, base: string) => JsonObject;

/** The tree with every object that can be a schema changed, the outer before the inner. Its depth has been bounded before. */
function mapSchemas(node: Json, pointer: string, around: string, change: Change): Json {
  if (isArray(node))
    return node.map((item, index) => mapSchemas(item, joinPointer(pointer, index), around, change));
  if (!isObject(node)) return node;
  const id = node["$id"];
  const base = typeof id === "string" ? (resolveUri(id, around)?.replace(/#.*$/, "") ?? around) : around;
  return mapMembers(change(node, pointer, base), (value, key) => {
    if (data.has(key) || key.startsWith("x-")) return value;
    const below = joinPointer(pointer, key);
    if (!maps.has(key) || !isObject(value)) return mapSchemas(value, below, base, change);
    return mapMembers(value, (schema, name) => mapSchemas(schema, joinPointer(below, name), base, change));
  });
}

function mapMembers(node: JsonObject, change: (value: Json, name: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, change(value, name)]));
}

/** The tokens of the schema that an anchor names. */
export function anchorTokens(anchors: ReadonlyMap<string, string>, name: string): string[] | undefined {
  const pointer = anchors.get(name);
  return pointer === undefined ? undefined : pointerTokens(pointer);
}
