/** Which members objects of a schema may have. */
import { asArray, asObject, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { isHidden } from "./hidden.ts";
import { and, conjunction, homeOf, type Conjunction } from "./side.ts";
import { matchesPattern } from "../../schema/pattern/matches.ts";

/** Names that some part declares under `properties`. */
export function declaredNames(all: Conjunction): ReadonlySet<string> {
  return new Set(all.parts.flatMap((part) => Object.keys(asObject(part["properties"]))));
}

/** The only names that objects may have, where a part without patterns allows no other. */
export function closedNames(all: Conjunction): ReadonlySet<string> | undefined {
  const closed = all.parts.filter(
    (part) => part["additionalProperties"] === false && part["patternProperties"] === undefined,
  );
  const [first, ...others] = closed.map((part) => Object.keys(asObject(part["properties"])));
  if (first === undefined) return undefined;
  return new Set(first.filter((name) => others.every((names) => names.includes(name))));
}

/** Nesting of applicators that is looked into. */
const maxDepth = 12;

/**
 * Who sends only what is declared: true where objects have declared members, nothing speaks of any others, and this name
 * is not among those declared or is hidden from this direction.
 */
export function isUnsent(all: Conjunction, name: string): boolean {
  if (isHidden(all.parts, name)) return true;
  const found = { declares: false, open: false, named: false };
  visit(all, maxDepth, (part) => {
    const properties = Object.keys(asObject(part["properties"]));
    if (properties.length > 0) found.declares = true;
    if (properties.includes(name) || asArray(part["required"]).includes(name)) found.named = true;
    if (isOpen(part["additionalProperties"]) || isOpen(part["unevaluatedProperties"])) found.open = true;
    const patterns = Object.keys(asObject(part["patternProperties"]));
    if (patterns.some((pattern) => matchesPattern(pattern, name) !== false)) found.named = true;
  });
  return found.declares && !found.open && !found.named;
}

/** True if some alternative declares the member. */
export function mentions(all: Conjunction, name: string): boolean {
  let found = false;
  visit(all, maxDepth, (part) => {
    if (!isHidden([part], name) && Object.hasOwn(asObject(part["properties"]), name)) found = true;
  });
  return found;
}

function isOpen(schema: Json | undefined): boolean {
  return schema !== undefined && schema !== false;
}

/** The parts of a conjunction and of all alternatives that may apply to the same value. */
export function visit(all: Conjunction, depth: number, see: (part: JsonObject) => void): void {
  if (depth < 0) return;
  for (const part of all.parts) {
    see(part);
    const inner = ["anyOf", "oneOf"].flatMap((name) => asArray(part[name]));
    const single = ["if", "then", "else"].flatMap((name) => (part[name] === undefined ? [] : [part[name]]));
    const dependent = Object.values(asObject(part["dependentSchemas"]));
    for (const schema of [...inner, ...single, ...dependent]) {
      if (isObject(schema)) visit(conjunction(homeOf(all, part), [schema], all.view), depth - 1, see);
    }
  }
}

/** True if a sender could send the value: it has no member that only the receiver declares, or that is hidden. */
export function isSendable(all: Conjunction, receiver: Conjunction, value: Json, depth = maxDepth): boolean {
  if (depth < 0) return true;
  if (Array.isArray(value)) {
    const items = (side: Conjunction): Conjunction =>
      everywhere(side, (part) => [...asArray(part["prefixItems"]), part["items"]]);
    const [own, other] = [items(all), items(receiver)];
    return asArray(value).every((item) => isSendable(own, other, item, depth - 1));
  }
  if (!isObject(value)) return true;
  return Object.entries(value).every(([name, member]) => {
    if (isHidden(all.parts, name)) return false;
    if (mentions(receiver, name) && isUnsent(all, name)) return false;
    const inside = (side: Conjunction): Conjunction =>
      everywhere(side, (part) => [asObject(part["properties"])[name], part["additionalProperties"]]);
    return isSendable(inside(all), inside(receiver), member, depth - 1);
  });
}

/** All that any alternative says about a place below, in one heap: enough to tell which names occur. */
function everywhere(
  all: Conjunction,
  each: (part: JsonObject) => readonly (Json | undefined)[],
): Conjunction {
  let result = conjunction(all.document, [], all.view);
  visit(all, maxDepth, (part) => {
    for (const schema of each(part)) if (isObject(schema)) result = and(result, schema, homeOf(all, part));
  });
  return result;
}

/** True if objects take the member without naming it. */
export function isTaken(all: Conjunction, name: string): boolean {
  return !isUnsent(all, name) && declaredNames(all).size > 0;
}

/** Declared names that this direction sends. */
export function visibleNames(all: Conjunction): ReadonlySet<string> {
  return new Set([...declaredNames(all)].filter((name) => !isHidden(all.parts, name)));
}

/** Names that some part requires. */
export function required(all: Conjunction): ReadonlySet<Json> {
  return new Set(all.parts.flatMap((part) => asArray(part["required"])));
}
