/** What the validators beside it share. */

/** One thing that is wrong with a value. Never holds anything of the value itself but member names in the pointer. */
export interface Issue {
  /** Where, as a JSON Pointer (RFC 6901) from the root of the value. A missing or surplus member is the place itself. */
  readonly pointer: string;
  /** The keyword that is not met. Beside JSON Schema's own: "false" (nothing is valid here), "depth", "unreadable". */
  readonly rule: string;
  /** For people; may change. */
  readonly message: string;
  /** What the rule asks for: a type, a bound, the allowed values. */
  readonly expected?: unknown;
}

/** The own members of an object. */
export type Members = Readonly<Record<string, unknown>> | undefined;

/**
 * The own members of an object, or undefined for anything else. A plain object is given back as it is; one with a
 * prototype of its own, or while Object.prototype carries members, is copied, so that nothing inherited is ever seen.
 */
export function asObject(value: unknown): Members {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return ownMembers(value);
  for (const _ in Object.prototype) return ownMembers(value);
  // An object that is no array: reading members by name is all that is done with it.
  return value as Members;
}

function ownMembers(value: object): Members {
  const members: Record<string, unknown> = Object.create(null);
  return Object.assign(members, value);
}
