/** One pass over freshly parsed data, before anything recursive touches it: depth, expansion, forbidden names. */
import type { DiagnosticCode } from "../diagnostics/registry.ts";
import type { Json } from "../json/json.ts";
import { LoadFailure } from "./failure.ts";
import { maxDepth, maxExpandedNodes, maxExpansion } from "./limits.ts";
import type { SourceText } from "./source-text.ts";

export interface Survey {
  /** Members of all objects together. */
  readonly members: number;
  /** Some object stands in two places (a YAML alias). */
  readonly shared: boolean;
}

interface Frame {
  readonly node: object;
  readonly keys: readonly string[];
  next: number;
  /** Objects and arrays below and including this one, aliases counted at every place. */
  size: number;
}

/**
 * Walks without recursion and visits every object once, so neither depth nor aliases can exhaust it.
 * @throws LoadFailure for cycles, for trees beyond the limits, for `__proto__`, for values that JSON does not have.
 */
export function surveyTree(root: Json | undefined, text: SourceText): Survey {
  const walk = new SurveyWalk(text);
  walk.run(root);
  return { members: walk.members, shared: walk.shared };
}

class SurveyWalk {
  members = 0;
  shared = false;
  readonly #text: SourceText;
  readonly #sizes = new Map<object, number>();
  readonly #path: Frame[] = [];
  readonly #onPath = new Set<object>();

  constructor(text: SourceText) {
    this.#text = text;
  }

  run(root: Json | undefined): void {
    if (typeof root === "object" && root !== null) this.#enter(root);
    for (let frame = this.#path.at(-1); frame !== undefined; frame = this.#path.at(-1)) {
      const key = frame.keys[frame.next++];
      if (key === undefined) this.#leave(frame);
      else this.#member(frame.node, key);
    }
  }

  #enter(node: object): void {
    if (this.#path.length >= maxDepth) {
      throw this.#failure(
        "lockstep/too-deep",
        `The document nests more than ${maxDepth} levels of objects and arrays.`,
      );
    }
    const keys = Object.keys(node);
    if (!Array.isArray(node)) this.members += keys.length;
    this.#path.push({ node, keys, next: 0, size: 1 });
    this.#onPath.add(node);
  }

  #leave(frame: Frame): void {
    this.#path.pop();
    this.#onPath.delete(frame.node);
    this.#sizes.set(frame.node, frame.size);
    this.#addSize(frame.size);
  }

  #member(node: object, key: string): void {
    if (key === "__proto__") {
      const message = "The name `__proto__` cannot be used: JavaScript gives it a meaning of its own.";
      throw this.#failure("lockstep/forbidden-name", message, key);
    }
    const value: unknown = Reflect.get(node, key);
    if (typeof value === "number" && !Number.isFinite(value)) {
      throw this.#failure("lockstep/not-json", "The value is a number that JSON cannot express.", key);
    }
    if (typeof value === "object" && value !== null) this.#child(value, key);
  }

  #child(value: object, key: string): void {
    if (this.#onPath.has(value)) {
      const message = "The YAML alias leads to a node that contains the alias itself.";
      throw this.#failure("lockstep/alias-expansion", message, key);
    }
    if (!isPlain(value)) {
      throw this.#failure("lockstep/not-json", "The value has a YAML type that JSON does not have.", key);
    }
    const known = this.#sizes.get(value);
    if (known === undefined) {
      this.#enter(value);
      return;
    }
    this.shared = true;
    this.#addSize(known);
  }

  #addSize(size: number): void {
    const parent = this.#path.at(-1);
    if (parent === undefined) return;
    parent.size += size;
    if (parent.size <= Math.max(maxExpandedNodes, maxExpansion * this.#sizes.size)) return;
    const message = "The YAML aliases of the document expand to more nodes than any real document has.";
    throw this.#failure("lockstep/alias-expansion", message);
  }

  #failure(code: DiagnosticCode, message: string, key?: string): LoadFailure {
    const tokens = this.#path.slice(0, -1).map((frame) => frame.keys[frame.next - 1] ?? "");
    const location = this.#text.locate(key === undefined ? tokens : [...tokens, key], "key");
    return new LoadFailure(code, message, { location });
  }
}

function isPlain(value: object): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
