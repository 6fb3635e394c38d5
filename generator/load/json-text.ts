/** A scanner for JSON text that `JSON.parse` has accepted: where members stand, and whether a name occurs twice. */
import type { Span } from "./positions.ts";

export type JsonMembers = ReadonlyMap<string, { readonly key?: Span; readonly value: Span }>;

const quote = 34;
const comma = 44;
const colon = 58;
const openBracket = 91;
const backslash = 92;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;
const lastSpace = 32;

/** The members (or items, by index) of the object or array that begins at `offset`. */
export function jsonMembers(body: string, offset: number): JsonMembers {
  const members = new Map<string, { key?: Span; value: Span }>();
  const isObject = body[offset] === "{";
  let at = skipSpace(body, offset + 1);
  for (let index = 0; at < body.length && body[at] !== "}" && body[at] !== "]"; index++) {
    let name = String(index);
    let key: Span | undefined;
    if (isObject) {
      key = { start: at, end: skipString(body, at) };
      name = String(JSON.parse(body.slice(key.start, key.end)));
      at = skipSpace(body, skipSpace(body, key.end) + 1);
    }
    const value = { start: at, end: skipValue(body, at) };
    members.set(name, key === undefined ? { value } : { key, value });
    at = skipSpace(body, value.end);
    if (body[at] === ",") at = skipSpace(body, at + 1);
  }
  return members;
}

/** How many members the objects of a text have together, names that occur twice counted twice. */
export function countMembers(body: string): number {
  let count = 0;
  for (let at = 0; at < body.length; at++) {
    const char = body.charCodeAt(at);
    if (char === quote) at = skipString(body, at) - 1;
    else if (char === colon) count++;
  }
  return count;
}

function skipValue(body: string, start: number): number {
  let depth = 0;
  for (let at = start; at < body.length; at++) {
    const char = body.charCodeAt(at);
    if (char === quote) {
      at = skipString(body, at) - 1;
      if (depth === 0) return at + 1;
    } else if (char === openBrace || char === openBracket) depth++;
    else if (char === closeBrace || char === closeBracket) {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && (char === comma || char <= lastSpace)) return at;
  }
  return body.length;
}

function skipString(body: string, start: number): number {
  for (let end = body.indexOf('"', start + 1); end !== -1; end = body.indexOf('"', end + 1)) {
    let slashes = 0;
    while (body.charCodeAt(end - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
  return body.length;
}

function skipSpace(body: string, start: number): number {
  let at = start;
  while (at < body.length && body.charCodeAt(at) <= lastSpace) at++;
  return at;
}
