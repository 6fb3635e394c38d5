/** Shows how generated files differ from what would be generated. */
import { createTwoFilesPatch } from "diff";
import { printable } from "../../diagnostics/printable.ts";
import type { Change } from "../../write/plan.ts";

/** Lines of a diff that are shown for one file. */
const maxLines = 60;
/** Longest line that is shown; minified content has lines of megabytes. */
const maxWidth = 240;
/** Beyond this many differing lines nobody reads a diff, and computing it takes quadratic time. */
const maxEdits = 4000;

/** The unified diff (GNU format, three lines of context) from the file on disk to the generated one, cut to a length. */
export function fileDiff(change: Extract<Change, { kind: "modify" }>): string[] {
  const { path, before, content } = change;
  const found = before.replaceAll("\r\n", "\n");
  const text = createTwoFilesPatch(path, path, found, content, "on disk", "generated", {
    maxEditLength: maxEdits,
  });
  if (text === undefined)
    return [`The files have little in common (${lineCount(found)} → ${lineCount(content)} lines).`];
  const lines = text.split("\n").slice(2, -1);
  const shown = lines.slice(0, maxLines).map(showable);
  const rest = lines.length - shown.length;
  return rest > 0 ? [...shown, `… ${rest} more lines of this diff.`] : shown;
}

function showable(line: string): string {
  const cut = line.length > maxWidth ? `${line.slice(0, maxWidth)}…` : line;
  // A file in the folder may hold anything; tabs alone are layout.
  return cut.split("\t").map(printable).join("\t");
}

function lineCount(text: string): number {
  return text.split("\n").length;
}
