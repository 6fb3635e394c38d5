/**
 * JSON Schema 2020-12 by the letter, one keyword after the other, for the schemas that `arbitraries.ts` draws. It shares
 * nothing with the emitter: a third opinion, and one that can be given the bugs of the other two to see whether they
 * explain what those say.
 */
import { isArray, isObject, type Json, type JsonObject } from "../../../generator/json/json.ts";

/** The members or items that the value's keywords have evaluated (core §7.7.1); `undefined` for an invalid value. */
type Evaluated = ReadonlySet<string> | undefined;

/** A bug of an oracle that no other way of writing the schema avoids. */
export type Bug =
  /** Ajv: `contains` evaluates all items of an array that it accepts, not only those that match (core §10.3.1.3). */
  | "contains evaluates all"
  /** TypeBox: what is evaluated of a value counts for the value around it, too (core §7.7.1). */
  | "one account"
  /** TypeBox: `unevaluatedProperties` applies to the items of arrays (core §11.3). */
  | "items are properties";

export function accepts(schema: JsonObject, value: Json, bugs: readonly Bug[] = []): boolean {
  return new Reference(schema, bugs).evaluate(schema, value) !== undefined;
}

class Reference {
  readonly #root: JsonObject;
  readonly #bugs: readonly Bug[];

  constructor(root: JsonObject, bugs: readonly Bug[]) {
    this.#root = root;
    this.#bugs = bugs;
  }

  evaluate(schema: Json | undefined, value: Json, seen = new Set<string>()): Evaluated {
    if (schema === true || schema === undefined) return seen;
    if (!isObject(schema)) return undefined;
    if (!isOfType(schema, value) || !assertsHold(schema, value)) return undefined;
    const applied =
      this.#inPlace(schema, value, seen) &&
      (isArray(value)
        ? this.#items(schema, value, seen)
        : !isObject(value) || this.#members(schema, value, seen));
    return applied ? seen : undefined;
  }

  /** Is a member or an item valid? */
  #isSound(schema: Json | undefined, value: Json, around: Set<string>): boolean {
    return (
      this.evaluate(schema, value, this.#bugs.includes("one account") ? around : new Set()) !== undefined
    );
  }

  /** Keywords that apply schemas to the same value (core §8.2.3, §10.2). */
  #inPlace(schema: JsonObject, value: Json, seen: Set<string>): boolean {
    const all = (one: Json | undefined): boolean => into(seen, this.evaluate(one, value));
    const { $ref, allOf, anyOf, oneOf, not, if: condition } = schema;
    if (typeof $ref === "string" && !all(this.#target($ref))) return false;
    if (isArray(allOf) && !allOf.every(all)) return false;
    // All of them, for what each evaluates.
    if (isArray(anyOf) && anyOf.filter(all).length === 0) return false;
    if (isArray(oneOf) && oneOf.filter(all).length !== 1) return false;
    if (not !== undefined && this.evaluate(not, value) !== undefined) return false;
    if (condition !== undefined && !all(all(condition) ? schema["then"] : schema["else"])) return false;
    if (!isObject(value)) return true;
    return entries(schema["dependentSchemas"]).every(([name, one]) => !has(value, name) || all(one));
  }

  #target($ref: string): Json | undefined {
    const definitions = this.#root["$defs"];
    return isObject(definitions) ? definitions[$ref.replace("#/$defs/", "")] : undefined;
  }

  /** Keywords for arrays (core §10.3.1, §11.2). */
  #items(schema: JsonObject, list: readonly Json[], seen: Set<string>): boolean {
    const { prefixItems, items, contains, unevaluatedItems } = schema;
    const prefix = isArray(prefixItems) ? prefixItems : [];
    const each = (indexes: readonly number[], one: (index: number) => Json | undefined): boolean =>
      indexes.every((index) => {
        seen.add(String(index));
        return this.#isSound(one(index), list[index] ?? null, seen);
      });
    const all = [...list.keys()];
    const others = items === undefined ? [] : all.slice(prefix.length);
    if (!each(all.slice(0, prefix.length), (index) => prefix[index]) || !each(others, () => items))
      return false;
    if (contains !== undefined) {
      const matches = all.filter((index) => this.#isSound(contains, list[index] ?? null, seen));
      const { minContains = 1 } = schema;
      if (!within({ ...schema, minContains }, "minContains", "maxContains", matches.length)) return false;
      const evaluated = this.#bugs.includes("contains evaluates all") ? all : matches;
      for (const index of evaluated) seen.add(String(index));
    }
    // Asked one by one: with one account the list of what is evaluated grows on the way.
    const rest = (index: number): boolean => seen.has(String(index)) || each([index], () => unevaluatedItems);
    if (unevaluatedItems !== undefined && !all.every(rest)) return false;
    const { unevaluatedProperties } = this.#bugs.includes("items are properties") ? schema : {};
    const members =
      unevaluatedProperties === undefined ? [] : all.filter((index) => !seen.has(`member ${String(index)}`));
    for (const index of members) seen.add(`member ${String(index)}`);
    return each(members, () => unevaluatedProperties);
  }

  /** Keywords for objects (core §10.3.2, §11.3). */
  #members(schema: JsonObject, value: JsonObject, seen: Set<string>): boolean {
    const { additionalProperties, propertyNames, unevaluatedProperties } = schema;
    const apply = (one: Json | undefined, name: string): boolean => {
      seen.add(name);
      return this.#isSound(one, value[name] ?? null, seen);
    };
    const own = new Set<string>();
    for (const name of Object.keys(value)) {
      if (this.evaluate(propertyNames, name) === undefined) return false;
      const applied = [
        ...entries(schema["properties"]).filter(([declared]) => declared === name),
        ...entries(schema["patternProperties"]).filter(([pattern]) => new RegExp(pattern, "u").test(name)),
      ];
      if (applied.length > 0) own.add(name);
      if (!applied.every(([, one]) => apply(one, name))) return false;
    }
    const others = Object.keys(value).filter((name) => !own.has(name));
    if (additionalProperties !== undefined && !others.every((name) => apply(additionalProperties, name)))
      return false;
    const unseen = Object.keys(value).filter((name) => !seen.has(name));
    return unevaluatedProperties === undefined || unseen.every((name) => apply(unevaluatedProperties, name));
  }
}

/** Keywords that look at the value alone (validation §6). */
function assertsHold(schema: JsonObject, value: Json): boolean {
  const { const: constant, enum: values } = schema;
  if (constant !== undefined && canonical(constant) !== canonical(value)) return false;
  if (isArray(values) && !values.some((one) => canonical(one) === canonical(value))) return false;
  if (typeof value === "string") {
    const { pattern } = schema;
    const matches = typeof pattern !== "string" || new RegExp(pattern, "u").test(value);
    return matches && within(schema, "minLength", "maxLength", Array.from(value).length);
  }
  if (typeof value === "number") return isInRange(schema, value);
  if (isArray(value)) {
    const isUnique = new Set(value.map(canonical)).size === value.length;
    return (
      within(schema, "minItems", "maxItems", value.length) && (schema["uniqueItems"] !== true || isUnique)
    );
  }
  if (!isObject(value)) return true;
  const needs = [
    ...names(schema["required"]),
    ...entries(schema["dependentRequired"]).flatMap(([name, list]) => (has(value, name) ? names(list) : [])),
  ];
  return (
    within(schema, "minProperties", "maxProperties", Object.keys(value).length) &&
    needs.every((name) => has(value, name))
  );
}

function isInRange(schema: JsonObject, value: number): boolean {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (typeof minimum === "number" && value < minimum) return false;
  if (typeof maximum === "number" && value > maximum) return false;
  if (typeof exclusiveMinimum === "number" && value <= exclusiveMinimum) return false;
  if (typeof exclusiveMaximum === "number" && value >= exclusiveMaximum) return false;
  if (typeof multipleOf !== "number") return true;
  // Of the numbers that are drawn 1e300 ends in zeros, and the others have one digit after the point.
  return value === 1e300 || Math.round(value * 10) % Math.round(multipleOf * 10) === 0;
}

function isOfType({ type }: JsonObject, value: Json): boolean {
  if (type === undefined) return true;
  const own = isArray(value) ? "array" : value === null ? "null" : typeof value;
  return (isArray(type) ? type : [type]).some(
    (one) => one === own || (one === "integer" && Number.isInteger(value)),
  );
}

function within(schema: JsonObject, least: string, most: string, count: number): boolean {
  const min = schema[least] ?? 0;
  const max = schema[most] ?? Infinity;
  return typeof min === "number" && typeof max === "number" && count >= min && count <= max;
}

function into(seen: Set<string>, evaluated: Evaluated): boolean {
  for (const one of evaluated ?? []) seen.add(one);
  return evaluated !== undefined;
}

function has(value: JsonObject, name: string): boolean {
  return Object.hasOwn(value, name);
}

function names(list: Json | undefined): string[] {
  return isArray(list) ? list.filter((one) => typeof one === "string") : [];
}

function entries(value: Json | undefined): [string, Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

/** Equal values, and only they, have the same text (core §4.2.2). */
function canonical(value: Json): string {
  if (isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`);
  return `{${members.sort().join()}}`;
}
