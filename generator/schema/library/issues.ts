/** Helpers that note what is wrong and answer callers. */
import { stringLiteral } from "../../print/literal.ts";

/** What a rule says to people; what was expected follows. */
const messages: Readonly<Record<string, string>> = {
  type: "must be of type",
  const: "must be",
  enum: "must be one of",
  required: "is required",
  additionalProperties: "is not a known member",
  unevaluatedProperties: "is not a known member",
  unevaluatedItems: "is one item too many",
  minLength: "must have this many characters or more:",
  maxLength: "must have this many characters or fewer:",
  pattern: "must match the pattern",
  format: "must be a valid",
  minimum: "must be at least",
  maximum: "must be at most",
  exclusiveMinimum: "must be greater than",
  exclusiveMaximum: "must be less than",
  multipleOf: "must be a multiple of",
  minItems: "must have this many items or more:",
  maxItems: "must have this many items or fewer:",
  items: "must have this many items or fewer:",
  uniqueItems: "must not have the same item twice",
  contains: "must have this many matching items or more:",
  minContains: "must have this many matching items or more:",
  maxContains: "must have this many matching items or fewer:",
  minProperties: "must have this many members or more:",
  maxProperties: "must have this many members or fewer:",
  dependentRequired: "is required beside the member",
  anyOf: "must match one of the alternatives",
  oneOf: "must match exactly one of the alternatives",
  not: "must not match what is excluded",
  discriminator: "must name one of",
  readOnly: "must not be sent in a request",
  writeOnly: "must not be sent in a response",
  false: "is not allowed",
  depth: "must not be nested deeper than",
  unreadable: "could not be read",
  encoding: "is not encoded as it should be",
  json: "is not valid JSON",
  pairs: "must not have more members than",
  repeated: "must not be given more than once",
  style: "must be written in the style",
};

/** The messages of these rules, as the constant that `Issues` reads. */
export function printMessages(rules: Iterable<string>): string {
  const lines = [...rules].map((rule) => `  ${rule}: ${stringLiteral(messages[rule] ?? rule)},\n`);
  return `const messages: Readonly<Record<string, string>> = {\n${lines.join("")}};`;
}

export const issueHelpers = {
  Issue: {
    uses: [],
    source: String.raw`
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
}`,
  },
  Issues: {
    uses: ["Issue"],
    source: String.raw`
/** Collects issues up to a limit. */
export class Issues {
  readonly list: Issue[] = [];
  readonly limit: number;
  /** May more be added? */
  open = true;

  constructor(limit: number) {
    this.limit = limit >= 1 ? limit : 1;
  }

  add(pointer: string, rule: string, expected?: unknown): void {
    if (!this.open) return;
    const text = messages[rule] ?? rule;
    if (expected === undefined) this.list.push({ pointer, rule, message: text });
    else this.list.push({ pointer, rule, message: text + " " + describe(expected), expected });
    // Below too deep a value there is no end: a cycle would fill any list.
    this.open = this.list.length < this.limit && rule !== "depth";
  }
}

function describe(expected: unknown): string {
  if (Array.isArray(expected)) return expected.map(describe).join(", ");
  return String(expected);
}`,
  },
  token: {
    uses: [],
    source: String.raw`
/** A member's name as a reference token (RFC 6901 §3). */
export function token(name: string): string {
  return name.includes("~") || name.includes("/") ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name;
}`,
  },
  Walk: {
    uses: ["Issues"],
    source: String.raw`
type Ok = (value: unknown, depth: number) => boolean;
type Walk = (value: unknown, at: string, issues: Issues, depth: number) => void;`,
  },
  Walks: {
    uses: ["Walk"],
    source: String.raw`
/** A walker for each member's name. */
export type Walks = Readonly<Record<string, Walk>>;`,
  },
  oneMember: {
    uses: ["Walk"],
    source: String.raw`
/** Walks one member, at its own place. */
export function oneMember(
  value: unknown,
  at: string,
  issues: Issues,
  depth: number,
  walk: Walk | undefined,
  required: boolean,
): void {
  if (value !== undefined) walk?.(value, at, issues, depth + 1);
  else if (required) issues.add(at, "required");
}`,
  },
  eachMember: {
    uses: ["Walks", "oneMember"],
    source: String.raw`
/** Walks the members that must be there, and those that may. Their names need no escaping in pointers. */
export function eachMember(
  members: Readonly<Record<string, unknown>>,
  at: string,
  issues: Issues,
  depth: number,
  required: Walks,
  optional: Walks,
): void {
  for (const name in required) {
    if (!issues.open) return;
    oneMember(members[name], at + "/" + name, issues, depth, required[name], true);
  }
  for (const name in optional) {
    if (!issues.open) return;
    oneMember(members[name], at + "/" + name, issues, depth, optional[name], false);
  }
}`,
  },
  eachItem: {
    uses: ["Walk"],
    source: String.raw`
/** Walks items from one on, as long as issues may be added. */
export function eachItem(
  items: readonly unknown[],
  from: number,
  at: string,
  issues: Issues,
  depth: number,
  walk: Walk,
): void {
  for (let i = from; i < items.length && issues.open; i++) walk(items[i], at + "/" + i, issues, depth + 1);
}`,
  },
  all: {
    uses: ["Walk"],
    source: String.raw`
/** All issues up to a limit. */
export function all(ok: Ok, walk: Walk, value: unknown, limit: number): Issue[] {
  const issues = new Issues(limit);
  try {
    if (ok(value, 0)) return issues.list;
    walk(value, "", issues, 0);
    if (issues.list.length === 0) issues.add("", "unreadable");
  } catch (error) {
    // A getter or a proxy threw, or the stack is full.
    issues.add("", error instanceof RangeError ? "depth" : "unreadable");
  }
  return issues.list;
}`,
  },
  first: {
    uses: ["all"],
    source: String.raw`
/** The first issue, or undefined for a valid value. Valid values never reach the walker. */
export function first(ok: Ok, walk: Walk, value: unknown): Issue | undefined {
  return all(ok, walk, value, 1)[0];
}`,
  },
} as const;
