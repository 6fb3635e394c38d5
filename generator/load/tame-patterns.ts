/** Takes regular expressions that can run away out of a document before rules of others compile them. */
import { isArray, isObject, type Json, type JsonObject } from "../json/json.ts";

/** Matches everything, and is linear. */
const harmless = "^";

/** Replaces each `pattern` in place, and drops each key of `patternProperties`, that is not proven linear. */
export function tamePatterns(value: Json, isLinear: (source: string) => boolean): void {
  const open: Json[] = [value];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isArray(node)) {
      for (const item of node) open.push(item);
    } else if (isObject(node)) {
      tame(node, isLinear);
      for (const member of Object.values(node)) open.push(member);
    }
  }
}

function tame(node: JsonObject, isLinear: (source: string) => boolean): void {
  const { pattern, patternProperties: byPattern } = node;
  if (typeof pattern === "string" && !isLinear(pattern)) Object.assign(node, { pattern: harmless });
  if (!isObject(byPattern)) return;
  const kept = Object.entries(byPattern).filter(([source]) => isLinear(source));
  Object.assign(node, { patternProperties: Object.fromEntries(kept) });
}
