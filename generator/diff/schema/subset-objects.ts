/** Inclusion by the keywords of objects that speak of more than one member. */
import { asObject, asStrings, type Json, type JsonObject } from "../../json/json.ts";
import { requiredNames } from "./implied.ts";
import { closedNames, declaredNames } from "./members.ts";
import type { Questions } from "./questions.ts";
import {
  and,
  conjunction,
  gather,
  homeOf,
  isEmpty,
  propertyOf,
  restOf,
  type Conjunction,
  type SchemaSide,
} from "./side.ts";
import { matchesPattern } from "../../schema/pattern/matches.ts";
import { isValid } from "./validate.ts";

export function additionalIncluded(
  ask: Questions,
  inner: Conjunction,
  document: JsonObject,
  part: JsonObject,
  schema: Json,
): boolean {
  const named = asObject(part["properties"]);
  const patterns = Object.keys(asObject(part["patternProperties"]));
  const isCovered = (name: string): boolean =>
    Object.hasOwn(named, name) || patterns.some((pattern) => matchesPattern(pattern, name) === true);
  if (
    ![...declaredNames(inner)].every((name) => isCovered(name) || ask.property(inner, name, document, schema))
  )
    return false;
  const others = inner.parts.flatMap((own) =>
    Object.entries(asObject(own["patternProperties"]))
      .filter(([pattern]) => !patterns.includes(pattern))
      .map(([, covered]) => [homeOf(inner, own), covered] as const),
  );
  if (!others.every(([home, own]) => ask.below(conjunction(home, [own], inner.view), document, schema)))
    return false;
  return ask.below(restOf(inner), document, schema);
}

/** Members whose names match: those that are declared, those under patterns, and the rest. */
export function patternsIncluded(
  ask: Questions,
  inner: Conjunction,
  pattern: string,
  document: JsonObject,
  schema: Json,
): boolean {
  const names = [...declaredNames(inner)].filter((name) => matchesPattern(pattern, name) !== false);
  if (!names.every((name) => ask.property(inner, name, document, schema))) return false;
  const same = gather(inner, (part) => {
    const patterns = asObject(part["patternProperties"]);
    if (Object.hasOwn(patterns, pattern)) return patterns[pattern];
    return Object.keys(patterns).length === 0 ? part["additionalProperties"] : undefined;
  });
  return ask.below(same, document, schema);
}

export function namesIncluded(
  ask: Questions,
  inner: Conjunction,
  document: JsonObject,
  schema: Json,
): boolean {
  const outer: SchemaSide = { document, schema: typeof schema === "boolean" ? schema : asObject(schema) };
  const fits = (name: string): boolean => isValid(outer, name) === true;
  const closed = closedNames(inner);
  if (closed !== undefined) return [...closed].every(fits);
  const own = gather(inner, (part) => part["propertyNames"]);
  return ask.below(and(own, { type: "string" }), document, schema);
}

/** Objects that have the member must fit. */
export function dependentIncluded(
  ask: Questions,
  inner: Conjunction,
  document: JsonObject,
  property: string,
  schema: Json,
): boolean {
  if (ask.isUnsent(inner, property)) return true;
  const value = propertyOf(inner, property);
  if (isEmpty(value)) return true;
  let having = requiredNames(inner).has(property)
    ? inner
    : and(inner, { type: "object", required: [property] });
  // What the inner schema asks for beside this member.
  for (const part of inner.parts) {
    const names = asStrings(asObject(part["dependentRequired"])[property]);
    if (names.length > 0) having = and(having, { required: names });
    having = and(having, asObject(part["dependentSchemas"])[property], homeOf(inner, part));
  }
  return ask.schema(having, document, schema);
}
