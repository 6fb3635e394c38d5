/** Values of all types: members of objects, lengths, multiples, equality. */

/** The own members of an object. */
export type Members = Readonly<Record<string, unknown>> | undefined;

/**
 * True if "__proto__" tells plain objects from others: not while Object.prototype has added members, nor where a host has
 * switched "__proto__" off.
 */
export let quick = false;

export const hasPrototypes = /* @__PURE__ */ (() => {
  try {
    // Read by name, as the generated functions read it.
    return ({} as NonNullable<Members>)["__proto__"] === Object.prototype;
  } catch {
    return false;
  }
})();

/** How many values have been looked at. */
export let looks = 0;

/** Before a value is looked at. */
export function begin(): void {
  looks = (looks + 1) | 0;
  quick = hasPrototypes;
  for (const _ in Object.prototype) quick = false;
}

/**
 * The own members of an object, or undefined for anything else. A plain object is given back as it is; one with a
 * prototype of its own, or while Object.prototype carries members, is copied, so that nothing inherited is ever seen.
 */
export function asObject(value: unknown): Members {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return ownMembers(value);
  for (const _ in Object.prototype) return ownMembers(value);
  // An object that is not an array: reading members by name is all that is done with it.
  return value as Members;
}

export function ownMembers(value: object): Members {
  // A fresh object without a prototype: all that it has is what is assigned.
  return Object.assign(Object.create(null) as Record<string, unknown>, value);
}

/**
 * The same of a value whose "__proto__" has been read by the caller: there engines fold this test into the one of the
 * object's shape.
 */
export function membersOf(value: unknown, prototype: unknown): Members {
  // Nothing but objects has this prototype, and no array has it.
  return prototype === Object.prototype ? (value as Members) : asObject(value);
}

/** A member whose name Object.prototype has too. */
export function own(members: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

/** How many members there are; undefined is not a value of JSON and does not count. */
export function countMembers(members: Readonly<Record<string, unknown>>): number {
  let count = 0;
  for (const key in members) if (members[key] !== undefined) count++;
  return count;
}

/** Length in code points. */
export function codePoints(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    // A high surrogate followed by a low one is one code point.
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      count--;
      i++;
    }
  }
  return count;
}

/** True if the number is a multiple of the factor, both taken as the decimal numbers that they are written as. */
export function multipleOf(value: number, factor: number): boolean {
  if (Number.isInteger(value) && Number.isInteger(factor)) return value % factor === 0;
  const [a, scaleA] = decimal(value);
  const [b, scaleB] = decimal(factor);
  const scale = Math.max(scaleA, scaleB);
  return (a * 10n ** BigInt(scale - scaleA)) % (b * 10n ** BigInt(scale - scaleB)) === 0n;
}

/** A finite number as an integer over a power of ten. */
export function decimal(value: number): readonly [bigint, number] {
  const [mantissa = "0", exponent = "0"] = String(value).split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale >= 0 ? [digits, scale] : [digits * 10n ** BigInt(-scale), 0];
}

/** True if the value equals a constant of the schema (JSON Schema core §4.2.2). Terminates because the constant is finite. */
export function equal(value: unknown, constant: unknown): boolean {
  if (value === constant) return true;
  if (Array.isArray(constant)) {
    return (
      Array.isArray(value) &&
      value.length === constant.length &&
      constant.every((item, i) => equal(value[i], item))
    );
  }
  const expected = asObject(constant);
  const members = expected === undefined ? undefined : asObject(value);
  if (expected === undefined || members === undefined) return false;
  for (const key in members) {
    if (members[key] !== undefined && !(Object.hasOwn(expected, key) && equal(members[key], expected[key])))
      return false;
  }
  for (const key in expected) if (!Object.hasOwn(members, key) || members[key] === undefined) return false;
  return true;
}

/** True if no two items are equal (JSON Schema core §4.2.2). Linear in the size of the items, apart from sorting member names. */
export function uniqueItems(items: readonly unknown[]): boolean {
  if (items.length < 2) return true;
  // Simple values that are equal, or one object twice.
  if (new Set(items).size < items.length) return false;
  const texts = items
    .filter((item) => typeof item === "object" && item !== null)
    .map((item) => canonical(item, 0));
  return new Set(texts).size === texts.length;
}

/** Equal values, and only they, have the same text. */
export function canonical(value: unknown, depth: number): string {
  if (depth > 500) throw new RangeError("nested too deep");
  if (Array.isArray(value)) return "[" + value.map((item) => canonical(item, depth + 1)).join() + "]";
  const members = asObject(value);
  if (members === undefined) return typeof value === "string" ? JSON.stringify(value) : String(value);
  const keys = Object.keys(members).filter((key) => members[key] !== undefined);
  return (
    "{" +
    keys
      .sort()
      .map((key) => JSON.stringify(key) + canonical(members[key], depth + 1))
      .join() +
    "}"
  );
}

export function formatInt32(value: number): boolean {
  return (value | 0) === value;
}

/** The greatest integer of 64 bits, 2^63 - 1, is 2^63 as a double, so that is in range. */
export function formatInt64(value: number): boolean {
  return Number.isInteger(value) && value >= -(2 ** 63) && value <= 2 ** 63;
}
