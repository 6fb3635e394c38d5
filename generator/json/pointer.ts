/** JSON Pointers (RFC 6901) and local `$ref`s. */
import { isArray, isObject, type Json, type JsonObject } from "./json.ts";

/** Escapes one reference token: `~` and `/` (RFC 6901 §3). */
export function escapeToken(token: string): string {
  return /[~/]/.test(token) ? token.replaceAll("~", "~0").replaceAll("/", "~1") : token;
}

/** Appends reference tokens to a pointer. */
export function joinPointer(base: string, ...tokens: readonly (string | number)[]): string {
  let pointer = base;
  for (const token of tokens) pointer += typeof token === "number" ? `/${token}` : `/${escapeToken(token)}`;
  return pointer;
}

/** Splits a pointer into its reference tokens; `""` is the root. */
export function pointerTokens(pointer: string): string[] {
  if (pointer === "") return [];
  const tokens = pointer.slice(1).split("/");
  if (!pointer.includes("~")) return tokens;
  return tokens.map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The value at a pointer, or `undefined` where there is none. Own members only. */
export function resolvePointer(root: Json, pointer: string): Json | undefined {
  let node: Json | undefined = root;
  for (const token of pointerTokens(pointer)) {
    if (typeof node !== "object" || node === null || !Object.hasOwn(node, token)) return undefined;
    // Arrays and objects are both indexed by their own keys here; hasOwn has just proved the key.
    node = (node as JsonObject)[token];
  }
  return node;
}

/** The pointer that a local `$ref` (`#/a/b`, percent-encoded per RFC 3986 §3.5) names, or `undefined`. */
export function refPointer(ref: string): string | undefined {
  if (!ref.startsWith("#")) return undefined;
  try {
    const pointer = ref.includes("%") ? decodeURIComponent(ref.slice(1)) : ref.slice(1);
    return pointer === "" || pointer.startsWith("/") ? pointer : undefined;
  } catch {
    return undefined;
  }
}

export interface Resolved {
  readonly value: Json | undefined;
  readonly pointer: string;
}

/**
 * Follows a chain of local `$ref`s from the node at `pointer`. A cycle or a dangling reference gives `value: undefined`.
 * Siblings of `$ref` are ignored, so this is for Reference Objects, not for schemas.
 */
export function followRefs(root: JsonObject, value: Json | undefined, pointer: string): Resolved {
  if (!isObject(value) || typeof value["$ref"] !== "string") return { value, pointer };
  const seen = new Set<string>();
  let node: Json | undefined = value;
  let at = pointer;
  while (isObject(node) && typeof node["$ref"] === "string") {
    const next = refPointer(node["$ref"]);
    if (next === undefined || seen.has(next)) return { value: undefined, pointer: at };
    seen.add(next);
    at = next;
    node = resolvePointer(root, next);
  }
  return { value: node, pointer: at };
}

/** The document with another value at a place that exists. */
export function replaceAt(document: JsonObject, pointer: string, value: Json): JsonObject {
  const tokens = pointerTokens(pointer);
  const set = (node: Json, index: number): Json => {
    const token = tokens[index];
    if (token === undefined) return value;
    if (isArray(node)) return node.map((item, at) => (String(at) === token ? set(item, index + 1) : item));
    if (!isObject(node)) return node;
    return { ...node, [token]: set(node[token] ?? null, index + 1) };
  };
  const result = set(document, 0);
  return isObject(result) ? result : document;
}
