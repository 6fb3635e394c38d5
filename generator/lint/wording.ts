/** Parts of sentences that several rules share. */
import { suggest } from "../diagnostics/suggest.ts";

/** Longest part of an author's name that a message repeats. */
const maxQuoted = 80;

/** An author's name in backticks; line ends become spaces, and long names are cut. */
export function quote(name: string): string {
  const line = name.replaceAll(/\s+/g, " ");
  return `\`${line.length > maxQuoted ? `${line.slice(0, maxQuoted)}…` : line}\``;
}

/** ` Did you mean …?`, or nothing where no known name is near. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const near = suggest(name, [...known]);
  return near === undefined || near === name ? "" : ` Did you mean ${quote(near)}?`;
}

/** `a`, `a and b`, `a, b and c`; past six, how many more there are. */
export function listOf(names: readonly string[]): string {
  const shown = names.length > 7 ? names.slice(0, 6).map(quote) : names.map(quote);
  if (shown.length < names.length) shown.push(`${names.length - shown.length} more`);
  const last = shown.pop() ?? "";
  return shown.length === 0 ? last : `${shown.join(", ")} and ${last}`;
}
