/** How generated code tests for the types of a set. */
import { anyNumber, types, type TypeSet } from "../analyse/types.ts";
import { anyOf, negate } from "./conditions.ts";

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
