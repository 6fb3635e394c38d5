/** Diagnostics for people: place, code, what is wrong, the author's lines, what to do. */
import { append } from "../json/append.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { summarizeAssumptions } from "./assumptions.ts";
import { printable } from "./printable.ts";
import { countDiagnostics, sortDiagnostics } from "./sort.ts";

export interface RenderOptions {
  /** Use ANSI colours. The caller honours `NO_COLOR` and whether the output is a terminal. */
  readonly color: boolean;
  /** How many diagnostics of one code are printed whole before the rest is only counted; 5 where absent. */
  readonly perCode?: number;
}

const defaultPerCode = 5;
/** Warnings of one kind that are printed whole; of more, only the first is. */
const maxWarnings = 3;
/** Places of the others that are named. */
const maxPlaces = 3;

type Style = (text: string) => string;
interface Styles {
  readonly error: Style;
  readonly warning: Style;
  readonly bold: Style;
  readonly dim: Style;
}

/** All diagnostics as text, sorted, without repetitions, with a line at the end that counts them; `""` for none. */
export function renderText(diagnostics: readonly Diagnostic[], options: RenderOptions): string {
  const sorted = sortDiagnostics(diagnostics);
  if (sorted.length === 0) return "";
  const styles = stylesOf(options.color);
  const limit = options.perCode ?? defaultPerCode;
  const kinds = new Map<string, Diagnostic[]>();
  for (const diagnostic of sorted) {
    const kind = `${diagnostic.severity} ${diagnostic.code}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), diagnostic]);
  }
  const shown = new Set([...kinds.values()].flatMap((kind) => kind.slice(0, shownOf(kind, limit))));
  const blocks = sorted.filter((diagnostic) => shown.has(diagnostic)).map((one) => renderOne(one, styles));
  for (const kind of kinds.values()) {
    const rest = kind.slice(shownOf(kind, limit));
    if (rest.length > 0) blocks.push(styles.dim(renderRest(rest)) + "\n");
  }
  const summary = summarizeAssumptions(sorted);
  blocks.push(`${renderCount(sorted)}${summary === "" ? "" : `: ${summary}`}\n`);
  return blocks.join("\n");
}

/** Errors are for mending one by one. Of warnings one says what the others say, with as many places as fit. */
function shownOf(kind: readonly Diagnostic[], limit: number): number {
  return kind[0]?.severity === "warning" && kind.length > maxWarnings ? 1 : limit;
}

/** `… and 849 more lockstep/nullable: api.yaml:12, api.yaml:40, …`. */
function renderRest(rest: readonly Diagnostic[]): string {
  const places = rest.flatMap(({ location }) =>
    location === undefined ? [] : [`${location.file}:${String(location.line)}`],
  );
  const named = places.slice(0, maxPlaces).join(", ");
  const more = places.length > maxPlaces ? ", …" : "";
  const count = `… and ${String(rest.length)} more ${rest[0]?.code ?? ""}`;
  return printable(named === "" ? count : `${count}: ${named}${more}`);
}

/** One diagnostic, without those around it: for `--watch` and for tests. Ends with a line feed. */
export function renderDiagnostic(diagnostic: Diagnostic, color: boolean): string {
  return renderOne(diagnostic, stylesOf(color));
}

/** `2 errors, 1 warning`. */
export function renderCount(diagnostics: readonly Diagnostic[]): string {
  const { errors, warnings } = countDiagnostics(diagnostics);
  const parts = [plural(errors, "error"), plural(warnings, "warning")].filter((part) => part !== "");
  return parts.length === 0 ? "no problems" : parts.join(", ");
}

function renderOne({ code, severity, message, fix, location }: Diagnostic, styles: Styles): string {
  const place =
    location === undefined ? "" : `${printable(location.file)}:${location.line}:${location.column} `;
  const style = severity === "error" ? styles.error : styles.warning;
  const lines = [
    `${styles.bold(place)}${style(severity)} ${styles.dim(printable(code))}`,
    printable(message),
  ];
  if (location?.frame !== undefined) {
    const frame = location.frame.split("\n").map((line) => renderFrameLine(line, style, styles));
    append(lines, ["", ...frame, ""]);
  }
  if (fix !== undefined) lines.push(`${styles.bold("Fix:")} ${printable(fix)}`);
  return lines.join("\n") + "\n";
}

/** Dims the gutter, and colours the marks and the number of the line that they are under. */
function renderFrameLine(line: string, accent: Style, styles: Styles): string {
  const text = printable(line);
  const bar = text.indexOf("|");
  if (bar === -1) return text;
  const gutter = text.slice(0, bar + 1);
  const rest = text.slice(bar + 1);
  if (text.startsWith(">")) return accent(gutter) + rest;
  return styles.dim(gutter) + (/^[ 0-9]+\|$/.test(gutter) && /^ *\^+$/.test(rest) ? accent(rest) : rest);
}

function stylesOf(color: boolean): Styles {
  const ansi = (open: number, close: number): Style =>
    color ? (text) => (text === "" ? "" : `\u001b[${open}m${text}\u001b[${close}m`) : (text) => text;
  return { error: ansi(31, 39), warning: ansi(33, 39), bold: ansi(1, 22), dim: ansi(2, 22) };
}

function plural(count: number, noun: string): string {
  return count === 0 ? "" : `${count} ${noun}${count === 1 ? "" : "s"}`;
}
