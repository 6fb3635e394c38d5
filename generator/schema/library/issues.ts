/** Helpers that note what is wrong and answer callers. */
import { stringLiteral } from "../../print/literal.ts";
import { maxDepth } from "../analyse/depth.ts";

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

/** The messages of these rules, as the constant that `fault` reads. */
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
  Fault: {
    uses: [],
    source: String.raw`
/** What an issue says but for its place. */
interface Fault {
  readonly rule: string;
  readonly message: string;
  readonly expected: unknown;
}`,
  },
  fault: {
    uses: ["Fault"],
    source: String.raw`
/** Said of values that are not repeated: objects, and lists that are long. */
const unsaid: Readonly<Record<string, string>> = { const: " the value that the schema gives", enum: " the values that the schema lists" };

/** The same for all issues of a kind, so it is put into words once. */
export function fault(rule: string, expected?: unknown): Fault {
  const asked = expected === undefined ? (unsaid[rule] ?? "") : " " + (Array.isArray(expected) ? expected.map(String).join(", ") : String(expected));
  return { rule, message: (messages[rule] ?? rule) + asked, expected };
}`,
  },
  Issues: {
    uses: ["Issue", "fault"],
    source: String.raw`
const none: Issue[] = [];

/** Collects issues up to a limit. */
export class Issues {
  list: Issue[] = none;
  readonly limit: number;
  /** May more be added? */
  open = true;

  constructor(limit: number) {
    this.limit = limit >= 1 ? limit : 1;
  }

  /** Gives whether that was the last one. */
  add(pointer: string, rule: string, expected?: unknown): boolean {
    return !this.open || this.note(pointer, fault(rule, expected));
  }

  /** Gives whether that was the last one. */
  note(pointer: string, { rule, message, expected }: Fault): boolean {
    if (!this.open) return true;
    const issue: Issue = expected === undefined ? { pointer, rule, message } : { pointer, rule, message, expected };
    if (this.list === none) this.list = [issue];
    else this.list.push(issue);
    // Below too deep a value there is no end: a cycle would fill any list.
    this.open = this.list.length < this.limit && rule !== "depth";
    return !this.open;
  }
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
  reject: {
    uses: ["Issues"],
    source: String.raw`
/** Notes an issue where issues are collected. Gives whether the validator has to stop: without a list at once. */
export function reject(issues: Issues | undefined, pointer: string, what: Fault): boolean {
  return issues === undefined || issues.note(pointer, what);
}`,
  },
  notObject: {
    uses: ["reject"],
    source: String.raw`
const type$object = /* @__PURE__ */ fault("type", "object");

/** Notes that a value is no object. Gives whether the validator goes on. */
export function notObject(issues: Issues | undefined, pointer: string): boolean {
  return !reject(issues, pointer, type$object);
}`,
  },
  missing: {
    uses: ["fault"],
    source: String.raw`
const missing = /* @__PURE__ */ fault("required");`,
  },
  mistyped: {
    uses: ["reject", "missing"],
    source: String.raw`
/** Notes that a member that must be there is missing, or of another type. */
export function mistyped(value: unknown, issues: Issues | undefined, pointer: string, type: Fault): boolean {
  return reject(issues, pointer, value === undefined ? missing : type);
}`,
  },
  Ok: {
    uses: ["Issues"],
    source: String.raw`
type Ok = (value: unknown, issues?: Issues, at?: string, depth?: number) => boolean;`,
  },
  noteMembers: {
    uses: ["Ok", "Members", "missing", "token"],
    source: String.raw`
type Asked = Ok | Fault;

/** Does the value meet a rule for types or values? */
function meets(value: unknown, { rule, expected }: Fault): boolean {
  const isMet = rule === "type" ? isOfType : isSame;
  return Array.isArray(expected) ? expected.some((one) => isMet(value, one)) : isMet(value, expected);
}

function isSame(value: unknown, other: unknown): boolean {
  return value === other;
}

function isOfType(value: unknown, type: unknown): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type && (type !== "number" || Number.isFinite(value));
}

function noteMember(members: NonNullable<Members>, name: string, asked: Asked, required: boolean, issues: Issues, at: string): boolean {
  const value = members[name];
  if (value === undefined) return !required || !issues.note(at + "/" + token(name), missing);
  if (typeof asked === "function") return asked(value, issues, at + "/" + token(name));
  return meets(value, asked) || !issues.note(at + "/" + token(name), asked);
}

/**
 * Finds out which of an object's members are wrong, where some are. Tables hold names, and after some names what is asked
 * of these members; the first table is of members that must be there, the next of such that need not, and so on. Gives
 * whether the validator goes on.
 */
export function noteMembers(members: NonNullable<Members>, issues: Issues | undefined, at: string, ...tables: readonly (readonly (string | Asked)[])[]): boolean {
  if (issues === undefined) return false;
  const { length } = issues.list;
  let required = true;
  for (const table of tables) {
    for (let next = 0, first = 0; next < table.length; next++) {
      const asked = table[next];
      if (asked === undefined || typeof asked === "string") continue;
      // Only names stand between two of what is asked.
      for (; first < next; first++) if (!noteMember(members, table[first] as string, asked, required, issues, at)) return false;
      first++;
    }
    required = !required;
  }
  // A getter that tells another value every time.
  return issues.list.length > length || !issues.add(at, "unreadable");
}`,
  },
  optional: {
    uses: ["Ok"],
    source: String.raw`
/** Is a member that need not be there valid, or not there? */
export function optional(value: unknown, ok: Ok): boolean {
  return value === undefined || ok(value);
}`,
  },
  everyItem: {
    uses: ["Ok"],
    source: String.raw`
/**
 * Holds items against a function, from one on. Their answer is asked for alone first: most are valid, and need no place
 * then. Gives whether the validator goes on.
 */
export function everyItem(items: readonly unknown[], ok: Ok, issues?: Issues, at = "", from = 0): boolean {
  for (let index = from; index < items.length; index++) {
    const item = items[index];
    if (!ok(item) && !(issues && ok(item, issues, at + "/" + index))) return false;
  }
  return true;
}`,
  },
  tooDeep: {
    uses: ["Issues"],
    source: String.raw`
/** Ends what is nested too deep. Without a list it throws: a plain "no" would be a "yes" to whoever asks for the opposite. */
export function tooDeep(issues?: Issues, at = ""): false {
  if (issues === undefined) throw new RangeError("nested too deep");
  issues.add(at, "depth", ${maxDepth});
  return false;
}`,
  },
  once: {
    uses: ["Ok", "begin"],
    source: String.raw`
interface Verdicts {
  readonly objects: WeakMap<object, boolean>;
  readonly others: Map<unknown, boolean>;
}

const verdicts = /* @__PURE__ */ new Map<Ok, Verdicts>();
let verdictsOf = 0;

/**
 * Asks a function about a value, but not twice while one document is looked at. Where schemas that overlap refer to each
 * other, work would else double with each level of nesting. Issues are noted as often as they are asked for.
 */
export function once(ok: Ok, value: unknown, issues?: Issues, at?: string, depth?: number): boolean {
  if (verdictsOf !== looks) {
    verdicts.clear();
    verdictsOf = looks;
  }
  let known = verdicts.get(ok);
  if (known === undefined) verdicts.set(ok, (known = { objects: new WeakMap(), others: new Map() }));
  const isObject = typeof value === "object" && value !== null;
  const verdict = isObject ? known.objects.get(value) : known.others.get(value);
  if (verdict === true || (verdict === false && issues === undefined)) return verdict;
  const before = issues?.list.length;
  const goesOn = ok(value, issues, at, depth);
  const isSound = goesOn && issues?.list.length === before;
  if (isObject) known.objects.set(value, isSound);
  else known.others.set(value, isSound);
  return goesOn;
}`,
  },
} as const;
