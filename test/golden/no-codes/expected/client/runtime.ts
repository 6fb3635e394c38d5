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
