/** What the functions of schemas may name of the validator library. No local variable is called so. */
import type { LibrarySymbol } from "../../validator-library/print-library.ts";
import type { FormatCheck } from "../analyse/formats.ts";

const names = [
  "Check",
  "Collect",
  "Issue",
  "Issues",
  "Members",
  "all",
  "asObject",
  "begin",
  "codePoints",
  "countMembers",
  "equal",
  "everyItem",
  "fault",
  "first",
  "guard",
  "linearPattern",
  "membersOf",
  "missing",
  "mistyped",
  "multipleOf",
  "notObject",
  "noteMembers",
  "once",
  "optional",
  "own",
  "quick",
  "reject",
  "run",
  "token",
  "tooDeep",
  "uniqueItems",
] as const satisfies readonly LibrarySymbol[];

export type HelperName = (typeof names)[number] | FormatCheck;

const known: ReadonlySet<string> = new Set(names);

export function isHelperName(name: string): boolean {
  return known.has(name) || /^format[A-Z]/.test(name);
}
