/** Code frames: the author's lines around a place, as plain text. */
import { printable } from "../diagnostics/printable.ts";

/** Longest part of one source line that is printed; minified documents have lines of megabytes. */
const maxWidth = 120;
const linesBefore = 2;
const linesAfter = 1;
/** The part of a source that a frame is drawn from. Lines and columns count from 1. */
export interface FrameSource {
  readonly lineCount: number;
  lineText(line: number): string;
}

/**
 * The marked line with two lines before and one after, each behind its number; a line of `^` under the marked part.
 * Long lines are cut around the mark; what is not printable is replaced one for one, so that columns stay true.
 */
export function drawFrame(source: FrameSource, line: number, column: number, width: number): string {
  const first = Math.max(1, line - linesBefore);
  const last = Math.min(source.lineCount, line + linesAfter);
  const gutter = String(last).length;
  const skipped = column - 1 > maxWidth - 20 ? column - 1 - Math.floor(maxWidth / 3) : 0;
  const rows: string[] = [];
  for (let number = first; number <= last; number++) {
    const text = printable(source.lineText(number));
    const marked = number === line;
    rows.push(`${marked ? ">" : " "} ${String(number).padStart(gutter)} | ${cut(text, skipped)}`.trimEnd());
    if (!marked) continue;
    const start = column - 1 - skipped + (skipped > 0 ? 1 : 0);
    const length = Math.max(1, Math.min(width, text.length - column + 1, maxWidth - start));
    rows.push(`  ${" ".repeat(gutter)} | ${" ".repeat(start)}${"^".repeat(length)}`);
  }
  return rows.join("\n");
}

function cut(text: string, skipped: number): string {
  const rest =
    text.length - skipped > maxWidth ? `${text.slice(skipped, skipped + maxWidth)}…` : text.slice(skipped);
  return skipped > 0 && rest !== "" ? `…${rest}` : rest;
}
