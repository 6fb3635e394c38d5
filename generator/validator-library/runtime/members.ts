/** Finds the invalid members and items of a value, and asks no function twice about one. */
import { missing, token, type Fault, type Issues } from "./issues.ts";
import { looks, type Members } from "./values.ts";

/** True if the value is valid. Given a list, notes the issues below a pointer. `depth` counts recursion and starts at 0. */
export type Ok = (value: unknown, issues?: Issues, at?: string, depth?: number) => boolean;

export type Asked = Ok | Fault;

/** True if the value meets a rule for types or values. */
export function meets(value: unknown, { rule, expected }: Fault): boolean {
  const isMet = rule === "type" ? isOfType : isSame;
  return Array.isArray(expected) ? expected.some((one) => isMet(value, one)) : isMet(value, expected);
}

export function isSame(value: unknown, other: unknown): boolean {
  return value === other;
}

export function isOfType(value: unknown, type: unknown): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type && (type !== "number" || Number.isFinite(value));
}

export function noteMember(
  members: NonNullable<Members>,
  name: string,
  asked: Asked,
  required: boolean,
  issues: Issues,
  at: string,
): boolean {
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
export function noteMembers(
  members: NonNullable<Members>,
  issues: Issues | undefined,
  at: string,
  ...tables: readonly (readonly (string | Asked)[])[]
): boolean {
  if (issues === undefined) return false;
  const { length } = issues.list;
  let required = true;
  for (const table of tables) {
    for (let next = 0, first = 0; next < table.length; next++) {
      const asked = table[next];
      if (asked === undefined || typeof asked === "string") continue;
      for (; first < next; first++) {
        // Only names stand between two of what is asked.
        const name = table[first] as string;
        if (!noteMember(members, name, asked, required, issues, at)) return false;
      }
      first++;
    }
    required = !required;
  }
  // A getter that tells another value every time.
  return issues.list.length > length || !issues.add(at, "unreadable");
}

/** True if an optional member is valid or missing. */
export function optional(value: unknown, ok: Ok): boolean {
  return value === undefined || ok(value);
}

/**
 * Checks items from index `from` on. Each is first checked without issues, because most are valid and need no place.
 * Returns whether the validator goes on.
 */
export function everyItem(items: readonly unknown[], ok: Ok, issues?: Issues, at = "", from = 0): boolean {
  for (let index = from; index < items.length; index++) {
    const item = items[index];
    if (!ok(item) && !(issues && ok(item, issues, `${at}/${index}`))) return false;
  }
  return true;
}

export interface Verdicts {
  readonly objects: WeakMap<object, boolean>;
  readonly others: Map<unknown, boolean>;
}

export const verdicts = /* @__PURE__ */ new Map<Ok, Verdicts>();
export let verdictsOf = 0;

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
}
