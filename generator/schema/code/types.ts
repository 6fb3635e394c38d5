/** The seven JSON types as a set of bits, and how generated code asks for them. */
import { isArray, type Json } from "../../json/json.ts";
import { anyOf, negate } from "./conditions.ts";

/** A set of types, one bit each. Numbers split into integers and the rest; `other` is what JSON cannot write. */
export type TypeSet = number;

export const types = {
  null: 1,
  boolean: 2,
  object: 4,
  array: 8,
  string: 16,
  integer: 32,
  fraction: 64,
  other: 128,
} as const;

export const anyNumber: TypeSet = types.integer | types.fraction;
export const anyType: TypeSet = 255;

const named = new Map<string, TypeSet>([
  ["null", types.null],
  ["boolean", types.boolean],
  ["object", types.object],
  ["array", types.array],
  ["string", types.string],
  ["integer", types.integer],
  ["number", anyNumber],
]);

/** The types that the value of `type` allows; `undefined` where it is no valid value of that keyword (validation §6.1.1). */
export function parseTypes(value: Json): TypeSet | undefined {
  const names = isArray(value) ? value : [value];
  let set = 0;
  for (const name of names) {
    const bit = typeof name === "string" ? named.get(name) : undefined;
    if (bit === undefined) return undefined;
    set |= bit;
  }
  return names.length === 0 ? undefined : set;
}

/** The names of a set for people, in a fixed order: `integer` only where fractions are left out. */
export function typeNames(set: TypeSet): string[] {
  const names: string[] = [];
  for (const [name, bits] of named) {
    // People know fractions as numbers.
    if (name === "integer" && (set & anyNumber) === anyNumber) continue;
    if (name === "number" ? set & types.fraction : (set & bits) === bits) names.push(name);
  }
  return names;
}

/** The type of a JSON value as a set of one. */
export function typeOf(value: Json): TypeSet {
  if (value === null) return types.null;
  if (typeof value === "boolean") return types.boolean;
  if (typeof value === "string") return types.string;
  if (typeof value === "number") return Number.isInteger(value) ? types.integer : types.fraction;
  return isArray(value) ? types.array : types.object;
}

/**
 * An expression that is true when the value in variable `value` is of none of the `allowed` types. Numbers are finite:
 * JSON has no others (RFC 8259 §6).
 *
 * @param narrows TypeScript has to know numbers by it
 */
export function isNone(allowed: TypeSet, value: string, narrows = true): string {
  const tests: string[] = [];
  if (allowed & types.string) tests.push(`typeof ${value} !== "string"`);
  const numbers = allowed & anyNumber;
  if (numbers !== 0) {
    const finite = `!Number.isFinite(${value})`;
    const others =
      numbers === types.integer
        ? [`!Number.isInteger(${value})`]
        : numbers === types.fraction
          ? [`Number.isInteger(${value})`, finite]
          : [finite];
    const isOther = narrows ? [`typeof ${value} !== "number"`, ...others] : others;
    tests.push(or(isOther, allowed !== numbers && isOther.length > 1));
  }
  if (allowed & types.boolean) tests.push(`typeof ${value} !== "boolean"`);
  if (allowed & types.null) tests.push(`${value} !== null`);
  const both = types.object | types.array;
  if ((allowed & both) === both) {
    // `null` is an object to typeof; where it is allowed, it has been let in above.
    tests.push(
      allowed & types.null
        ? `typeof ${value} !== "object"`
        : or([`typeof ${value} !== "object"`, `${value} === null`], true),
    );
  } else if (allowed & types.array) {
    tests.push(`!Array.isArray(${value})`);
  } else if (allowed & types.object) {
    const isNull = allowed & types.null ? [] : [`${value} === null`];
    const others = [`typeof ${value} !== "object"`, ...isNull, `Array.isArray(${value})`];
    tests.push(or(others, allowed !== types.object));
  }
  return tests.join(" && ");
}

/** The opposite of what `isNone` gives. */
export function isSome(none: string): string {
  return /[(|]/.test(none) ? negate(none) : anyOf(none.split(" && ").map(negate));
}

function or(tests: readonly string[], inner: boolean): string {
  const text = tests.join(" || ");
  return inner ? `(${text})` : text;
}
