/** For a terminal: grouped by impact, with the lines of both sides, kept to about one screen. */
import { append } from "../../json/append.ts";
import { printable, printableJson } from "../../diagnostics/printable.ts";
import type { SourceLocation } from "../../diagnostics/diagnostic.ts";
import type { Impact, Counterexample } from "../change.ts";
import { summaryOf, whoBreaks, type DiffReport, type PlacedChange } from "./report.ts";

export interface TextOptions {
  readonly color: boolean;
  /** Print everything: all code frames, all safe changes, all operations. */
  readonly verbose: boolean;
}

/** Without `verbose`: findings with code frames, then findings by line, of each impact. */
const framed = 3;
const lines: Readonly<Record<Impact, number>> = { breaking: 20, risky: 10, safe: 8 };
/** Lines of a counterexample. */
const counterexampleLines = 12;
/** Characters of a counterexample that stays on one line, and of each line of one that does not. */
const shortCounterexample = 160;

type Paint = (text: string) => string;

/** Ends with a line feed. */
export function renderDiffText(report: DiffReport, { color, verbose }: TextOptions): string {
  const paint = painter(color);
  const { base, revision, changes } = report;
  const head = `${paint.bold(printable(report.title))}  ${printable(base.label)} (${printable(base.version)}) → ${printable(revision.label)} (${printable(revision.version)})`;
  const blocks = [head];
  let frames = 0;
  for (const impact of ["breaking", "risky", "safe"] as const) {
    const group = changes.filter((change) => change.impact === impact);
    if (group.length === 0) continue;
    const shown = verbose ? group : group.slice(0, lines[impact]);
    const style = styleOf(impact, paint);
    blocks.push("", style(`${impact.toUpperCase()} (${group.length})`));
    for (const change of shown) {
      const whole = verbose || (impact === "breaking" && frames < framed);
      if (whole) frames++;
      append(blocks, renderChange(change, style, paint, whole, verbose));
    }
    if (shown.length < group.length)
      blocks.push(paint.dim(`  … and ${group.length - shown.length} more (--verbose shows all)`));
  }
  return `${[...blocks, "", ...footer(report, paint)].join("\n")}\n`;
}

function renderChange(
  change: PlacedChange,
  style: Paint,
  paint: Painter,
  whole: boolean,
  verbose: boolean,
): string[] {
  const { rule, message, impact, advice, counterexample, stability, operations } = change;
  const place = change.revisionLocation ?? change.baseLocation;
  const at = place === undefined ? "" : paint.dim(`  ${printable(place.file)}:${place.line}:${place.column}`);
  const result = [
    `${style(impact === "safe" ? "  ·" : "  ✗")} ${printable(message)} ${paint.dim(rule)}${at}`,
  ];
  if (stability !== undefined)
    result.push(paint.dim(`    x-stability: ${printable(stability)} lowers the impact`));
  if (!whole) return result;
  const broken = whoBreaks(change);
  if (broken !== "") result.push(`    ${paint.bold("Breaks:")} ${broken}`);
  if (verbose && operations.length > 2)
    result.push(`    ${paint.bold("In:")} ${operations.map(printable).join(", ")}`);
  append(result, frame("base", change.baseLocation, paint));
  append(result, frame("revision", change.revisionLocation, paint));
  if (counterexample !== undefined) append(result, renderCounterexample(counterexample, paint));
  result.push(`    ${paint.bold("Fix:")} ${printable(advice)}`);
  return result;
}

function frame(side: string, location: SourceLocation | undefined, paint: Painter): string[] {
  if (location?.frame === undefined) return [];
  const rows = location.frame.split("\n").map((row) => `      ${printable(row)}`);
  return [`    ${paint.dim(`${side} ${printable(location.file)}:${location.line}`)}`, ...rows];
}

function renderCounterexample(
  { title, acceptedBy, kind, message }: Counterexample,
  paint: Painter,
): string[] {
  const other = acceptedBy === "base" ? "revision" : "base";
  const short = printableJson(message);
  const rows = short.length <= shortCounterexample ? [short] : printableJson(message, 2).split("\n");
  const cut = rows.length > counterexampleLines ? [...rows.slice(0, counterexampleLines), "…"] : rows;
  const cutRow = (row: string): string =>
    row.length > shortCounterexample ? `${row.slice(0, shortCounterexample)}…` : row;
  return [
    `    ${paint.bold("Proof:")} this ${printable(title)} is fine for the ${acceptedBy}, and the ${other}'s ${kind === "response" ? "clients" : "server"} refuse${kind === "response" ? "" : "s"} it:`,
    ...cut.map((row) => `      ${printable(cutRow(row))}`),
  ];
}

function footer(report: DiffReport, paint: Painter): string[] {
  const { changes, bump, suggestedVersion } = report;
  const version = suggestedVersion === undefined ? "" : ` → ${suggestedVersion}`;
  const parts = [
    paint.bold(summaryOf(report)),
    `version bump: ${bump}${changes.length === 0 ? "" : version}`,
  ];
  return [parts.join("; ")];
}

interface Painter {
  readonly red: Paint;
  readonly yellow: Paint;
  readonly green: Paint;
  readonly bold: Paint;
  readonly dim: Paint;
}

function painter(color: boolean): Painter {
  const ansi =
    (open: number, close: number): Paint =>
    (text) =>
      color ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    red: ansi(31, 39),
    yellow: ansi(33, 39),
    green: ansi(32, 39),
    bold: ansi(1, 22),
    dim: ansi(2, 22),
  };
}

function styleOf(impact: Impact, paint: Painter): Paint {
  return { breaking: paint.red, risky: paint.yellow, safe: paint.green }[impact];
}
