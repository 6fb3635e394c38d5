/** Issues: what is wrong with a value, collected up to a limit. */
import { maxDepth } from "./limits.ts";
import { messages } from "./messages.ts";

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

/** What an issue says but for its place. */
export interface Fault {
  readonly rule: string;
  readonly message: string;
  readonly expected: unknown;
}

/** Stands for expected values that a message does not repeat: objects, and long lists. */
export const unsaid: Readonly<Record<string, string>> = {
  const: "the value that the schema gives",
  enum: "the values that the schema lists",
};

/** The same for all issues of a kind, so it is worded once. */
export function fault(rule: string, expected?: unknown): Fault {
  const template = messages[rule] ?? rule;
  if (expected === undefined) return { rule, message: template.replace("{}", unsaid[rule] ?? ""), expected };
  const text = worded(expected);
  const message = template.includes("{}") ? template.replace("{}", () => text) : `${template} ${text}`;
  // A bound of 1 is followed by a singular.
  return { rule, message: expected === 1 ? message.replace(/s$/, "") : message, expected };
}

/** What a rule expects, for people. */
export function worded(expected: unknown): string {
  if (Array.isArray(expected)) return expected.map(worded).join(", ");
  return typeof expected === "string" ? expected : JSON.stringify(expected);
}

export const none: Issue[] = [];

/** Collects issues up to a limit. */
export class Issues {
  list: Issue[] = none;
  readonly limit: number;
  /** True if more may be added. */
  open = true;

  constructor(limit: number) {
    this.limit = limit >= 1 ? limit : 1;
  }

  /** Returns whether that was the last one. */
  add(pointer: string, rule: string, expected?: unknown): boolean {
    return !this.open || this.note(pointer, fault(rule, expected));
  }

  /** Returns whether that was the last one. */
  note(pointer: string, { rule, message, expected }: Fault): boolean {
    if (!this.open) return true;
    const issue: Issue =
      expected === undefined ? { pointer, rule, message } : { pointer, rule, message, expected };
    if (this.list === none) this.list = [issue];
    else this.list.push(issue);
    // Below too deep a value there is no end: a cycle would fill any list.
    this.open = this.list.length < this.limit && rule !== "depth";
    return !this.open;
  }
}

/** A member's name as a reference token (RFC 6901 §3). */
export function token(name: string): string {
  return name.includes("~") || name.includes("/") ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name;
}

/** Notes an issue where issues are collected. Returns whether the validator has to stop: without a list at once. */
export function reject(issues: Issues | undefined, pointer: string, what: Fault): boolean {
  return issues === undefined || issues.note(pointer, what);
}

export const type$object = /* @__PURE__ */ fault("type", "object");

/** Notes that a value is not an object. Returns whether the validator goes on. */
export function notObject(issues: Issues | undefined, pointer: string): boolean {
  return !reject(issues, pointer, type$object);
}

export const missing = /* @__PURE__ */ fault("required");

/** Notes that a member that must be there is missing, or of another type. */
export function mistyped(value: unknown, issues: Issues | undefined, pointer: string, type: Fault): boolean {
  return reject(issues, pointer, value === undefined ? missing : type);
}

/** Ends what is nested too deep. Without a list it throws: a plain "no" would be a "yes" to whoever asks for the opposite. */
export function tooDeep(issues?: Issues, at = ""): false {
  if (issues === undefined) throw new RangeError("nested too deep");
  issues.add(at, "depth", maxDepth);
  return false;
}
