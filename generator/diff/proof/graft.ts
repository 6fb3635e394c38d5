/** One change alone: the base with the revision's node in one place, so that a proof rests on this change and no other. */
import { isObject, type Json, type JsonObject } from "../../json/json.ts";
import { joinPointer, pointerTokens, resolvePointer } from "../../json/pointer.ts";

/**
 * The base with what the revision has at `pointer` (or at its member `property`), or without it where the revision has
 * nothing there; `undefined` where the two have no such place in common.
 */
export function graft(
  base: JsonObject,
  revision: JsonObject,
  pointer: string,
  property: string | undefined,
): JsonObject | undefined {
  const place = property === undefined ? pointer : joinPointer(pointer, property);
  const result = replace(base, pointerTokens(place), resolvePointer(revision, place));
  return isObject(result) ? result : undefined;
}

function replace(
  node: Json | undefined,
  tokens: readonly string[],
  value: Json | undefined,
): Json | undefined {
  const [token, ...rest] = tokens;
  if (token === undefined) return value;
  if (Array.isArray(node)) {
    const items: readonly Json[] = node;
    const index = Number(token);
    if (!Number.isInteger(index) || index < 0 || index > items.length) return undefined;
    const item = replace(items[index], rest, value);
    if (item === undefined)
      return rest.length === 0 ? items.filter((_, other) => other !== index) : undefined;
    return [...items.slice(0, index), item, ...items.slice(index + 1)];
  }
  if (!isObject(node)) return undefined;
  const member = replace(Object.hasOwn(node, token) ? node[token] : undefined, rest, value);
  if (member !== undefined) return Object.fromEntries([...Object.entries(node), [token, member]]);
  return rest.length === 0
    ? Object.fromEntries(Object.entries(node).filter(([name]) => name !== token))
    : undefined;
}
