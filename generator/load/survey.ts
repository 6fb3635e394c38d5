/** One pass over freshly parsed data, before anything recursive touches it: depth, expansion, forbidden names. */
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
  const sizes = new Map<object, number>();
  const path: Frame[] = [];
  const onPath = new Set<object>();
  let members = 0;
  let shared = false;

  const fail = (code: Parameters<typeof failure>[0], message: string, key?: string): never => {
    throw failure(code, message, text, path, key);
  };
  const enter = (node: object): void => {
    if (path.length >= maxDepth)
      fail("lockstep/too-deep", `The document nests more than ${maxDepth} levels of objects and arrays.`);
    const keys = Object.keys(node);
    if (!Array.isArray(node)) members += keys.length;
    path.push({ node, keys, next: 0, size: 1 });
    onPath.add(node);
  };
  const addSize = (size: number): void => {
    const parent = path.at(-1);
    if (parent === undefined) return;
    parent.size += size;
    if (parent.size > Math.max(maxExpandedNodes, maxExpansion * sizes.size)) {
      fail(
        "lockstep/alias-expansion",
        "The YAML aliases of the document expand to more nodes than any real document has.",
      );
    }
  };

  if (typeof root === "object" && root !== null) enter(root);
  for (let frame = path.at(-1); frame !== undefined; frame = path.at(-1)) {
    const key = frame.keys[frame.next++];
    if (key === undefined) {
      path.pop();
      onPath.delete(frame.node);
      sizes.set(frame.node, frame.size);
      addSize(frame.size);
      continue;
    }
    if (key === "__proto__")
      fail(
        "lockstep/forbidden-name",
        "The name `__proto__` cannot be used: JavaScript gives it a meaning of its own.",
        key,
      );
    // Arrays and objects are both indexed by their own keys here.
    const value = (frame.node as Readonly<Record<string, unknown>>)[key];
    if (typeof value !== "object" || value === null) {
      if (typeof value === "number" && !Number.isFinite(value))
        fail("lockstep/not-json", "The value is a number that JSON cannot express.", key);
      continue;
    }
    if (onPath.has(value))
      fail("lockstep/alias-expansion", "The YAML alias leads to a node that contains the alias itself.", key);
    if (!isPlain(value)) fail("lockstep/not-json", "The value has a YAML type that JSON does not have.", key);
    const known = sizes.get(value);
    if (known === undefined) enter(value);
    else {
      shared = true;
      addSize(known);
    }
  }
  return { members, shared };
}

function isPlain(value: object): boolean {
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

function failure(
  code: "lockstep/too-deep" | "lockstep/alias-expansion" | "lockstep/forbidden-name" | "lockstep/not-json",
  message: string,
  text: SourceText,
  path: readonly Frame[],
  key: string | undefined,
): LoadFailure {
  const tokens = path.slice(0, -1).map((frame) => frame.keys[frame.next - 1] ?? "");
  return new LoadFailure(code, message, {
    location: text.locate(key === undefined ? tokens : [...tokens, key], "key"),
  });
}
