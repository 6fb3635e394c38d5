/** Are two schemas, or any two nodes of two documents, written the same, with all that they refer to? Asked first: it is cheap. */
import { asObject, isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { joinPointer, pointerTokens, refPointer, resolvePointer } from "../../json/pointer.ts";
import { equalSubtypes, subtypesOf } from "./inheritance.ts";
import { prose } from "./keywords.ts";

interface Unit {
  readonly equal: boolean;
  readonly refs: ReadonlySet<string>;
}

/** Compares the closures of nodes of two documents. Prose does not count, unless it is the name of a member. */
export class Closures {
  readonly #base: JsonObject;
  readonly #revision: JsonObject;
  readonly #units = new Map<string, Unit>();
  readonly #known = new Map<string, boolean>();
  readonly #pairs = new WeakMap<JsonObject, WeakMap<JsonObject, boolean>>();

  constructor(base: JsonObject, revision: JsonObject) {
    this.#base = base;
    this.#revision = revision;
  }

  /** True if both nodes have the same text, and so has everything that they lead to. */
  same(base: Json | undefined, revision: Json | undefined): boolean {
    if (base === undefined || revision === undefined) return base === revision;
    if (!isObject(base) || !isObject(revision)) return this.#compare(base, revision);
    const memory = this.#pairs.get(base) ?? new WeakMap<JsonObject, boolean>();
    this.#pairs.set(base, memory);
    const known = memory.get(revision);
    if (known !== undefined) return known;
    const result = this.#compare(base, revision);
    memory.set(revision, result);
    return result;
  }

  #compare(base: Json, revision: Json): boolean {
    const refs = new Set<string>();
    return equal(base, revision, refs) && [...refs].every((ref) => this.#reference(ref));
  }

  /** The component, or the very node, that a reference leads to. */
  #reference(ref: string): boolean {
    const known = this.#known.get(ref);
    if (known !== undefined) return known;
    const reached = new Set([ref]);
    for (const pointer of reached) {
      if (this.#known.get(pointer) === true) continue;
      const unit = this.#unit(pointer);
      if (!unit.equal || this.#known.get(pointer) === false) {
        this.#known.set(ref, false);
        return false;
      }
      for (const next of unit.refs) reached.add(next);
    }
    for (const pointer of reached) this.#known.set(pointer, true);
    return true;
  }

  #unit(ref: string): Unit {
    const known = this.#units.get(ref);
    if (known !== undefined) return known;
    const refs = new Set<string>();
    const base = resolvePointer(this.#base, ref);
    const revision = resolvePointer(this.#revision, ref);
    const [before, after] = [subtypesOf(this.#base, ref), subtypesOf(this.#revision, ref)];
    const isEqual = base !== undefined && revision !== undefined && equal(base, revision, refs);
    for (const pointer of before.byValue.values()) refs.add(pointer);
    const unit = { equal: isEqual && equalSubtypes(before, after), refs };
    this.#units.set(ref, unit);
    return unit;
  }
}

/** Collects the targets of references on the way; a place inside a component is reached through the component. */
function equal(a: Json, b: Json, refs: Set<string>, names = false): boolean {
  if (isArray(a)) {
    return (
      isArray(b) && a.length === b.length && a.every((item, index) => equal(item, b[index] ?? null, refs))
    );
  }
  if (!isObject(a)) return a === b;
  if (!isObject(b)) return false;
  const keys = Object.keys(a).filter((key) => counts(key, a, names));
  if (keys.length !== Object.keys(b).filter((key) => counts(key, b, names)).length) return false;
  for (const key of keys) {
    const [left, right] = [a[key], b[key]];
    if (left === undefined || right === undefined || !Object.hasOwn(b, key)) return false;
    if (!names && key === "$ref" && typeof left === "string") refs.add(pointerOf(left));
    if (!names && key === "mapping") noteMapping(left, refs);
    if (!equal(left, right, refs, !names && named.has(key))) return false;
  }
  return true;
}

/** Keywords whose members are names that authors choose. */
const named: ReadonlySet<string> = new Set([
  ...["properties", "patternProperties", "dependentSchemas", "dependentRequired", "$defs", "definitions"],
  ...["mapping", "responses", "content", "headers", "callbacks", "links", "encoding", "scopes", "variables"],
  ...["paths", "webhooks", "const", "default"],
]);

/** Prose counts where it is a name, and where it is not prose. */
function counts(key: string, node: JsonObject, names: boolean): boolean {
  return names || !prose.has(key) || (key !== "examples" && key !== "example" && isNode(node[key]));
}

function isNode(value: Json | undefined): boolean {
  return typeof value === "object" && value !== null;
}

function pointerOf(ref: string): string {
  const pointer = refPointer(ref);
  if (pointer === undefined) return ref;
  const [section, kind, name] = pointerTokens(pointer);
  return section === "components" && kind !== undefined && name !== undefined
    ? joinPointer("", section, kind, name)
    : pointer;
}

function noteMapping(mapping: Json, refs: Set<string>): void {
  for (const target of Object.values(asObject(mapping))) {
    if (typeof target === "string" && target.startsWith("#")) refs.add(pointerOf(target));
  }
}
