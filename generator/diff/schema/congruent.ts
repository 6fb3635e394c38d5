/** Nodes that differ in nothing of their own: only what stands below them differs. */
import { isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { asserts } from "./keywords.ts";
import type { SchemaNode } from "./node.ts";
import { canonicalText } from "./side.ts";

export type Same = (base: Json, revision: Json) => boolean;

/**
 * True if both say the same with the same keywords, apart from schemas of members, items and, where only one part has any,
 * alternatives, which are compared by themselves. Each of these positions is monotone; `oneOf` is not, so `isStrict` tells them apart.
 * Beside `unevaluatedProperties` and `unevaluatedItems` no alternative is: a narrower one can evaluate less.
 */
export function areCongruent(base: SchemaNode, revision: SchemaNode, same: Same): boolean {
  const [left, right] = [base.all, revision.all];
  const unions = left.parts.filter((part) => part["anyOf"] !== undefined || part["oneOf"] !== undefined);
  const [only, ...others] = unions;
  const isSingle =
    others.length === 0 &&
    (only?.["anyOf"] === undefined || only["oneOf"] === undefined) &&
    ![...left.parts, ...right.parts].some(closesByValue);
  return (
    left.never === right.never &&
    !left.opaque &&
    !right.opaque &&
    left.parts.length === right.parts.length &&
    left.parts.every((part, index) => congruentParts(part, right.parts[index] ?? {}, same, isSingle))
  );
}

/** Where what is evaluated does not depend on the value, these keywords were replaced when the schema was read. */
function closesByValue(part: JsonObject): boolean {
  return part["unevaluatedProperties"] !== undefined || part["unevaluatedItems"] !== undefined;
}

function congruentParts(base: JsonObject, revision: JsonObject, same: Same, isSingle: boolean): boolean {
  const names = Object.keys(base).filter(asserts);
  return (
    names.length === Object.keys(revision).filter(asserts).length &&
    names.every((name) => congruentKeyword(name, base[name] ?? null, revision[name], same, isSingle))
  );
}

function congruentKeyword(
  name: string,
  base: Json,
  revision: Json | undefined,
  same: Same,
  isSingle: boolean,
): boolean {
  if (revision === undefined) return false;
  switch (name) {
    case "properties":
      return isObject(base) && isObject(revision) && sameNames(base, revision);
    case "items":
    case "additionalProperties":
      return isObject(base) === isObject(revision) && (isObject(base) || base === revision);
    case "anyOf":
    case "oneOf":
      return isSingle
        ? isArray(base) && isArray(revision) && base.length === revision.length
        : same(base, revision);
    case "patternProperties":
    case "prefixItems":
    case "contains":
    case "not":
    case "if":
    case "then":
    case "else":
    case "propertyNames":
    case "dependentSchemas":
      return same(base, revision);
    default:
      return canonicalText(base) === canonicalText(revision);
  }
}

function sameNames(base: JsonObject, revision: JsonObject): boolean {
  const names = Object.keys(base);
  return (
    names.length === Object.keys(revision).length && names.every((name) => Object.hasOwn(revision, name))
  );
}

/** True if the node has a `oneOf`, which a wider alternative can make refuse more. */
export function isStrict({ all }: SchemaNode): boolean {
  return all.parts.some((part) => part["oneOf"] !== undefined);
}
