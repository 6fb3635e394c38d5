/** Whether no value is valid against both of two schemas. `true` is certain, `false` only means that no proof was found. */
import { greatest, smallest } from "../../json/extremes.ts";
import { asArray } from "../../json/json.ts";
import { bounds, least, most, range, requiredNames } from "./implied.ts";
import { closedNames } from "./members.ts";
import {
  both,
  conjunction,
  homeOf,
  listedValues,
  propertyOf,
  replacePart,
  sideOf,
  typesOf,
  without,
  type Conjunction,
} from "./side.ts";
import { isValid } from "./validate.ts";

/** Levels of properties and alternatives that are looked into. */
const maxDepth = 5;

/** True if the first is proved to be included in the second. */
export type Includes = (inner: Conjunction, outer: Conjunction) => boolean;

/** True if no value can be valid against both. */
export function disjoint(a: Conjunction, b: Conjunction, includes: Includes, depth = 0): boolean {
  if (a.never || b.never) return true;
  if (depth > maxDepth) return false;
  return isImpossible(both(a, b), includes, depth);
}

function isImpossible(all: Conjunction, includes: Includes, depth: number): boolean {
  if (all.never) return true;
  const types = [...typesOf(all)];
  if (types.length === 0) return true;
  if (listedValues(all) !== undefined && noValueLeft(all)) return true;
  if (isForbidden(all, includes)) return true;
  const impossible = types.every((type) => {
    if (type === "integer" || type === "number") return emptyRange(all);
    if (type === "string") return most(all, "maxLength") < least(all, "minLength");
    if (type === "array") return most(all, "maxItems") < least(all, "minItems");
    return type === "object" && emptyObject(all, includes, depth);
  });
  return impossible || alternativesImpossible(all, includes, depth);
}

function noValueLeft(all: Conjunction): boolean {
  const side = sideOf(all);
  const listed = all.parts.flatMap((part) => (part["enum"] === undefined ? [] : [asArray(part["enum"])]));
  const values = listedValues(all) ?? listed[0] ?? [];
  return values.every((value) => isValid(side, value) === false);
}

/** Something that holds is also ruled out by `not`. */
function isForbidden(all: Conjunction, includes: Includes): boolean {
  return all.parts.some((part, index) => {
    const { not } = part;
    if (not === undefined) return false;
    const rest = replacePart(all, index, [without(part, "not")]);
    return includes(rest, conjunction(homeOf(all, part), [not], all.view));
  });
}

function emptyRange(all: Conjunction): boolean {
  const { least: low, most: high, over, under } = range(all);
  const [from, to] = [greatest([...low, ...over]), smallest([...high, ...under])];
  if (from > to) return true;
  return from === to && (over.includes(from) || under.includes(to));
}

/** A member that is required can have no value, or there must be more members than there may be. */
function emptyObject(all: Conjunction, includes: Includes, depth: number): boolean {
  const required = [...requiredNames(all)].filter((name) => typeof name === "string");
  const closed = closedNames(all);
  const many = Math.min(most(all, "maxProperties"), closed?.size ?? Infinity);
  if (many < greatest(bounds(all, "minProperties"), required.length)) return true;
  if (depth >= maxDepth) return false;
  return required.some((name) => isImpossible(propertyOf(all, name), includes, depth + 1));
}

function alternativesImpossible(all: Conjunction, includes: Includes, depth: number): boolean {
  if (depth >= maxDepth) return false;
  return all.parts.some((part, index) => {
    const name = part["anyOf"] === undefined ? "oneOf" : "anyOf";
    const branches = asArray(part[name]);
    if (branches.length === 0) return false;
    const rest = without(part, name);
    return branches.every((branch) =>
      isImpossible(replacePart(all, index, [rest, branch]), includes, depth + 1),
    );
  });
}
