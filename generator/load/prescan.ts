/** One pass over freshly parsed data, before anything else touches it: depth, expansion, forbidden names, references. */
import type { DiagnosticCode } from "../diagnostics/registry.ts";
import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { refPointer, resolvePointer } from "../json/pointer.ts";
import { LoadFailure } from "./failure.ts";
import { maxDepth, maxExpandedNodes, maxExpansion } from "./limits.ts";
import type { SourceText } from "./source-text.ts";

export interface Prescan {
  /** Members of all objects together. */
  readonly members: number;
  /** Some object stands in two places (a YAML alias). */
  readonly shared: boolean;
  /** Everything that may be a reference, examples included, leads to a value of this very file, and may stay one. */
  readonly selfContained: boolean;
}

/**
 * Visits every object once and goes no deeper than the limit, so neither depth nor aliases can exhaust it.
 * @throws LoadFailure for cycles, for trees beyond the limits, for `__proto__`, for values that JSON does not have.
 */
export function prescan(root: Json | undefined, text: SourceText): Prescan {
  const walk = new PrescanWalk(text);
  if (typeof root === "object" && root !== null) walk.enter(root);
  return {
    members: walk.members,
    shared: walk.shared,
    selfContained: isObject(root) && leadInside(root, walk.references),
  };
}

/** True if every reference of a file leads to a value of it. Follows each link of a chain once, however many lead into it. */
function leadInside(root: JsonObject, references: ReadonlySet<string>): boolean {
  const next = new Map<string, string>();
  for (const ref of references) {
    const pointer = refPointer(ref);
    const node = pointer === undefined ? undefined : resolvePointer(root, pointer);
    if (node === undefined) return false;
    if (isObject(node) && typeof node["$ref"] === "string") next.set(ref, node["$ref"]);
  }
  const ending = new Set<string>();
  for (const ref of references) {
    const way = new Set<string>();
    for (let at: string | undefined = ref; at !== undefined && !ending.has(at); at = next.get(at)) {
      if (way.has(at)) return false;
      way.add(at);
    }
    for (const at of way) ending.add(at);
  }
  return true;
}

class PrescanWalk {
  members = 0;
  shared = false;
  readonly references = new Set<string>();
  readonly #text: SourceText;
  /** Objects and arrays below and including each, aliases counted at every place. Only YAML has aliases. */
  readonly #sizes: Map<object, number> | undefined;
  readonly #path: string[] = [];
  readonly #onPath = new Set<object>();

  constructor(text: SourceText) {
    this.#text = text;
    this.#sizes = text.format === "yaml" ? new Map() : undefined;
  }

  /** Gives the size. */
  enter(node: object): number {
    if (this.#path.length >= maxDepth) {
      const message = `The document nests more than ${maxDepth} levels of objects and arrays.`;
      throw this.#failure("lockstep/too-deep", message);
    }
    if (this.#sizes !== undefined) this.#onPath.add(node);
    const size = Array.isArray(node) ? this.#items(node) : this.#members(node);
    if (this.#sizes !== undefined) this.#onPath.delete(node);
    this.#sizes?.set(node, size);
    return size;
  }

  #items(node: readonly unknown[]): number {
    let size = 1;
    for (let index = 0; index < node.length; index++) size += this.#value(String(index), node[index], size);
    return size;
  }

  #members(node: object): number {
    let size = 1;
    const name = this.#path.at(-1);
    for (const key of Object.keys(node)) {
      this.members++;
      const value: unknown = Reflect.get(node, key);
      if (key === "__proto__") {
        const message = "The name `__proto__` cannot be used: JavaScript gives it a meaning of its own.";
        throw this.#failure("lockstep/forbidden-name", message, key);
      }
      if (isReference(key, value, name)) this.references.add(value);
      size += this.#value(key, value, size);
    }
    return size;
  }

  /** `before`: the size of the parent so far. */
  #value(key: string, value: unknown, before: number): number {
    if (typeof value === "object" && value !== null) {
      const size = this.#child(value, key);
      if (this.#sizes !== undefined) this.#checkExpansion(before + size, this.#sizes.size);
      return size;
    }
    if (typeof value === "number" && !Number.isFinite(value)) {
      throw this.#failure("lockstep/not-json", "The value is a number that JSON cannot express.", key);
    }
    return 0;
  }

  #child(value: object, key: string): number {
    if (this.#sizes !== undefined) {
      if (this.#onPath.has(value)) {
        const message = "The YAML alias leads to a node that contains the alias itself.";
        throw this.#failure("lockstep/alias-expansion", message, key);
      }
      if (!isPlain(value)) {
        throw this.#failure("lockstep/not-json", "The value has a YAML type that JSON does not have.", key);
      }
      const known = this.#sizes.get(value);
      if (known !== undefined) {
        this.shared = true;
        return known;
      }
    }
    this.#path.push(key);
    const size = this.enter(value);
    this.#path.pop();
    return size;
  }

  #checkExpansion(size: number, nodes: number): void {
    if (size <= Math.max(maxExpandedNodes, maxExpansion * nodes)) return;
    const message = "The YAML aliases of the document expand to more nodes than any real document has.";
    throw this.#failure("lockstep/alias-expansion", message);
  }

  #failure(code: DiagnosticCode, message: string, key?: string): LoadFailure {
    const tokens = key === undefined ? this.#path : [...this.#path, key];
    return new LoadFailure(code, message, { location: this.#text.locate(tokens, "key") });
  }
}

/** True if this may be a reference. The values of a discriminator's `mapping` are names or references. */
export function isReference(key: string, value: unknown, parent: string | undefined): value is string {
  return typeof value === "string" && (key === "$ref" || (parent === "mapping" && /[#/]/.test(value)));
}

function isPlain(value: object): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
