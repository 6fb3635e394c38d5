/** The seven JSON types as a set of bits. */
import { isArray, type Json } from "../../json/json.ts";

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

/** The types that the value of `type` allows; `undefined` where it is not a valid value of that keyword (validation §6.1.1). */
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
