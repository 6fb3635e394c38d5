/** The text of one file that was read, and where its nodes stand in it. */
import type { SourceLocation } from "../diagnostics/diagnostic.ts";
import { joinPointer } from "../json/pointer.ts";
import { drawFrame } from "./frame.ts";
import { jsonPositions, yamlPositions, type FindNode, type Span } from "./positions.ts";

export class SourceText {
  /** Relative to the working directory with forward slashes, or a URL. */
  readonly path: string;
  readonly body: string;
  readonly format: "json" | "yaml";
  readonly #find: FindNode;
  /** The text that was parsed, of the same length, where it is not the body. */
  parsed: string | undefined;
  #lineStarts: readonly number[] | undefined;

  /** `body` has `\n` line ends and no byte order mark. */
  constructor(path: string, body: string, format: "json" | "yaml") {
    this.path = path;
    this.body = body;
    this.format = format;
    this.#find = format === "json" ? jsonPositions(body) : yamlPositions(() => this.parsed ?? body);
  }

  get lineCount(): number {
    return this.#starts().length;
  }

  /** The text of a line, counted from 1, without its end. */
  lineText(line: number): string {
    const starts = this.#starts();
    const start = starts[line - 1] ?? this.body.length;
    const next = starts[line];
    return this.body.slice(start, next === undefined ? undefined : next - 1);
  }

  /**
   * Where the node at `tokens` (the reference tokens of a JSON Pointer) stands; its nearest existing ancestor where
   * the file has no such node. A member whose value is a collection is shown by its key.
   */
  locate(tokens: readonly string[], on: "key" | "value" = "value"): SourceLocation {
    const node = this.#find(tokens);
    const span = (on === "key" || node.collection ? node.key : undefined) ?? node.value;
    return this.#place(span, joinPointer("", ...tokens.slice(0, node.depth)));
  }

  /** A place given by line and column (both from 1), as a parser's diagnostic gives it. */
  at(line: number, column: number): SourceLocation {
    const safeLine = Math.min(Math.max(1, line), this.lineCount);
    const start = (this.#starts()[safeLine - 1] ?? 0) + Math.max(0, column - 1);
    return this.#place({ start, end: start + 1 }, "");
  }

  #place(span: Span, pointer: string): SourceLocation {
    const start = this.#position(span.start);
    const lineEnd = this.lineText(start.line).length + 1;
    const last = this.#position(Math.max(span.start, span.end - 1));
    const end = { line: last.line, column: last.column + 1 };
    const width = end.line === start.line ? end.column - start.column : lineEnd - start.column;
    return {
      file: this.path,
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      pointer,
      frame: drawFrame(this, start.line, start.column, width),
    };
  }

  #position(offset: number): { line: number; column: number } {
    const starts = this.#starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  #starts(): readonly number[] {
    if (this.#lineStarts !== undefined) return this.#lineStarts;
    const starts = [0];
    for (let at = this.body.indexOf("\n"); at !== -1; at = this.body.indexOf("\n", at + 1))
      starts.push(at + 1);
    // A final line end ends the last line; it does not begin another one.
    if (starts.length > 1 && starts.at(-1) === this.body.length) starts.pop();
    this.#lineStarts = starts;
    return starts;
  }
}
