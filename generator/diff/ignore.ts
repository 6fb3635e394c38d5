/** The ignore file: findings that a team has looked at and accepts, each with a reason and a last day. */
import type { Diagnostic, SourceLocation } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import { suggest } from "../diagnostics/suggest.ts";
import { asStrings, isArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import type { Change } from "./change.ts";
import { isRuleName, ruleTable } from "./rule-table.ts";

export interface IgnoreEntry {
  readonly rule: string;
  /** The finding's subject; absent: any. */
  readonly subject?: string;
  /** Covers findings that touch these operations only; absent: any. */
  readonly operations?: readonly string[];
  readonly reason: string;
  /** The last day on which it holds: a full date (RFC 3339). */
  readonly expires: string;
  readonly location: SourceLocation | undefined;
}

export interface ReadIgnores {
  readonly entries: readonly IgnoreEntry[];
  readonly diagnostics: readonly Diagnostic[];
}

type Locate = (tokens: readonly string[]) => SourceLocation | undefined;

/** Reads the parsed file: `ignore:` with a list of entries. An incomplete entry is an error, so nothing is hidden by accident. */
export function readIgnores(value: Json | undefined, locate: Locate): ReadIgnores {
  const list = isObject(value) ? value["ignore"] : undefined;
  if (value === undefined || value === null) return { entries: [], diagnostics: [] };
  if (!isArray(list)) {
    const message = "The ignore file must have a list under `ignore`.";
    return {
      entries: [],
      diagnostics: [diagnose("lockstep/diff-ignore-entry", message, { location: locate([]) })],
    };
  }
  const entries: IgnoreEntry[] = [];
  const diagnostics: Diagnostic[] = [];
  list.forEach((item, index) => {
    const at = ["ignore", String(index)];
    const entry = isObject(item) ? item : {};
    const problem = problemOf(entry);
    if (problem === undefined) entries.push(entryOf(entry, locate(at)));
    else diagnostics.push(diagnose("lockstep/diff-ignore-entry", problem, { location: locate(at) }));
  });
  return { entries, diagnostics };
}

const known: ReadonlySet<string> = new Set(["rule", "subject", "operations", "reason", "expires"]);

function problemOf(entry: JsonObject): string | undefined {
  const stranger = Object.keys(entry).find((key) => !known.has(key));
  if (stranger !== undefined) return `An entry of the ignore file has no member \`${stranger}\`.`;
  const { rule, reason, expires, subject, operations } = entry;
  if (typeof rule !== "string") return "An entry of the ignore file must name a `rule`.";
  if (!isRuleName(rule)) {
    const near = suggest(rule, Object.keys(ruleTable));
    return `There is no rule \`${rule}\`.${near === undefined ? "" : ` Did you mean \`${near}\`?`}`;
  }
  if (typeof reason !== "string" || reason.trim() === "") return `Ignoring \`${rule}\` needs a \`reason\`.`;
  if (!isDate(expires)) return `Ignoring \`${rule}\` needs \`expires\`, a date such as 2027-01-31.`;
  if (subject !== undefined && typeof subject !== "string")
    return `\`subject\` of \`${rule}\` must be a string.`;
  return operations === undefined || asStrings(operations).length > 0
    ? undefined
    : `\`operations\` of \`${rule}\` must be a list of operation ids.`;
}

/** A full date (RFC 3339) that exists. */
export function isDate(value: Json | undefined): boolean {
  if (typeof value !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

function entryOf(entry: JsonObject, location: SourceLocation | undefined): IgnoreEntry {
  const text = (name: string): string => (typeof entry[name] === "string" ? entry[name] : "");
  const { subject, operations } = entry;
  return {
    rule: text("rule"),
    ...(typeof subject === "string" ? { subject } : {}),
    ...(operations === undefined ? {} : { operations: asStrings(operations) }),
    reason: text("reason"),
    expires: text("expires"),
    location,
  };
}

export interface Applied<Item extends Change> {
  readonly kept: readonly Item[];
  readonly ignored: readonly { readonly change: Item; readonly reason: string; readonly expires: string }[];
  /** Entries that match nothing, and entries that no longer count. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Takes out what an entry covers on the day `today`. */
export function applyIgnores<Item extends Change>(
  changes: readonly Item[],
  entries: readonly IgnoreEntry[],
  today: string,
): Applied<Item> {
  const kept: Item[] = [];
  const ignored: { change: Item; reason: string; expires: string }[] = [];
  const used = new Set<IgnoreEntry>();
  for (const change of changes) {
    const covering = entries.filter((entry) => covers(entry, change));
    for (const entry of covering) used.add(entry);
    const valid = covering.find((entry) => entry.expires >= today);
    if (valid === undefined) kept.push(change);
    else ignored.push({ change, reason: valid.reason, expires: valid.expires });
  }
  const diagnostics = entries.flatMap((entry) => {
    if (used.has(entry) && entry.expires >= today) return [];
    const what = `\`${entry.rule}\`${entry.subject === undefined ? "" : ` of \`${entry.subject}\``}`;
    return used.has(entry)
      ? [diagnose("lockstep/diff-ignore-expired", `Ignoring ${what} ended on ${entry.expires}.`, entry)]
      : [diagnose("lockstep/diff-ignore-stale", `No finding is ${what} any more.`, entry)];
  });
  return { kept, ignored, diagnostics };
}

function covers({ rule, subject, operations }: IgnoreEntry, change: Change): boolean {
  return (
    rule === change.rule &&
    (subject === undefined || subject === change.subject) &&
    (operations === undefined || change.operations.every((operation) => operations.includes(operation)))
  );
}
