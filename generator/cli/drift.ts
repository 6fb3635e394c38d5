/** Shows how generated files differ from what would be generated. */
import { createTwoFilesPatch } from "diff";
import type { Change } from "../write/plan.ts";

/** Lines of a diff that are shown for one file. */
const maxLines = 60;
/** Longest line that is shown; minified content has lines of megabytes. */
const maxWidth = 240;
/** Beyond this many differing lines nobody reads a diff, and computing it takes quadratic time. */
const maxEdits = 4000;
/** Control characters that a terminal might obey; a file in the folder may hold anything. */
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

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
  const shown = lines.slice(0, maxLines).map(printable);
  const rest = lines.length - shown.length;
  return rest > 0 ? [...shown, `… ${rest} more lines of this diff.`] : shown;
}

function printable(line: string): string {
  const cut = line.length > maxWidth ? `${line.slice(0, maxWidth)}…` : line;
  return cut.replace(control, "·");
}

function lineCount(text: string): number {
  return text.split("\n").length;
}
