/** The report for people: a matrix of operations and codes, then what was broken. */
import { greatest } from "../../json/extremes.ts";
import { styleText } from "node:util";
import { printable } from "../../diagnostics/printable.ts";
import type { Cell, CellState, Matrix } from "../matrix.ts";
import type { OpenProbe } from "../run.ts";
import { countReport, groupFindings, type FindingGroup, type VerifyReport } from "./report.ts";

export interface TextOptions {
  readonly color: boolean;
  /** Every finding whole, and every probe that came to nothing. */
  readonly verbose: boolean;
}

const marks: Readonly<Record<CellState, string>> = { kept: "✔", broken: "✘", "not-reached": "·" };
const colors = { kept: "green", broken: "red", "not-reached": "dim" } as const;

/** Ends with a line feed. */
export function renderVerifyText(report: VerifyReport, options: TextOptions): string {
  const style = (format: Parameters<typeof styleText>[0], text: string): string =>
    options.color ? styleText(format, text, { validateStream: false }) : text;
  const counts = countReport(report);
  const groups = groupFindings(report.findings);
  const lines = [
    ...matrixLines(report.matrix, style),
    ...groups.flatMap((group) => ["", ...findingLines(group, options.verbose, style)]),
    ...openLines(report.open, options.verbose),
    "",
    `${report.title} at ${printable(report.subject)}: ${report.requests} requests, ${counts.kept} responses kept, ` +
      `${counts.broken} broken, ${counts.notReached} not reached; ${counts.errors} errors, ${counts.warnings} warnings.`,
    ...(report.interrupted
      ? [style("yellow", "The run was interrupted: what follows from it is not complete.")]
      : []),
  ];
  return `${lines.join("\n").trimStart()}\n`;
}

type Styler = (format: Parameters<typeof styleText>[0], text: string) => string;

/** Rows are operations, columns are numbered responses whose legend stands below. */
function matrixLines({ cells }: Matrix, style: Styler): string[] {
  const columns = [...new Set(cells.map(columnOf))].sort();
  const operations = [...new Set(cells.map(({ operation }) => operation))];
  const width = greatest(
    operations.map(({ length }) => length),
    9,
  );
  const find = new Map(cells.map((cell) => [`${cell.operation}\0${columnOf(cell)}`, cell]));
  const heads = columns.map((_, index) => String(index + 1).padStart(3)).join("");
  const rows = operations.map((operation) => {
    const row = columns.map((column) => {
      const cell = find.get(`${operation}\0${column}`);
      return cell === undefined ? "   " : `  ${style(colors[cell.state], marks[cell.state])}`;
    });
    return `${printable(operation).padEnd(width)}${row.join("")}`.trimEnd();
  });
  const legend = columns.map((column, index) => `${String(index + 1).padStart(3)}  ${printable(column)}`);
  return [
    `${"operation".padEnd(width)}${heads}`,
    ...rows,
    "",
    ...legend,
    "",
    "✔ kept   ✘ broken   · not reached",
  ];
}

function columnOf({ status, code }: Pick<Cell, "status" | "code">): string {
  return code === null ? status : `${status} ${code}`;
}

function findingLines({ first, others }: FindingGroup, verbose: boolean, style: Styler): string[] {
  const { severity, rule, message, location, issues, curl, received, probe } = first;
  const place = location === undefined ? "" : `${location.file}:${location.line}:${location.column} `;
  const head = style(severity === "error" ? "red" : "yellow", severity);
  const operations = [...new Set(others.map(({ operation = "other paths" }) => operation))];
  return [
    `${place}${head} ${rule}${probe === undefined ? "" : ` (${printable(probe)})`}`,
    `  ${printable(message)}`,
    ...issues.map(
      ({ pointer, message: what }) =>
        `  - ${printable(pointer === "" ? "the body" : pointer)} ${printable(what)}`,
    ),
    ...received.map((line) => style("dim", `  < ${printable(line)}`)),
    ...curl.map((line) => `  $ ${printable(line)}`),
    ...(others.length === 0
      ? []
      : verbose
        ? others.flatMap((other) => [
            `  also: ${printable(other.message)}`,
            ...other.curl.map((line) => `  $ ${printable(line)}`),
          ])
        : [
            `  and ${others.length} more, of ${printable(operations.slice(0, 6).join(", "))}${operations.length > 6 ? ", …" : ""}`,
          ]),
  ];
}

const reasons: Readonly<Record<OpenProbe["reason"], string>> = {
  writes: "may write, which --allow-writes admits",
  load: "put load on the server, which --allow-load admits",
  budget: "exceed the budget of requests",
  stopped: "were not sent before the run ended",
  "operation-stopped": "were not sent because their operation accepted what it must refuse",
  "no-response": "got no response",
  "rate-limited": "met the rate limit",
  "earlier-step": "stopped at an earlier step",
};

function openLines(open: readonly OpenProbe[], verbose: boolean): string[] {
  const groups = new Map<OpenProbe["reason"], OpenProbe[]>();
  for (const one of open) groups.set(one.reason, [...(groups.get(one.reason) ?? []), one]);
  return [...groups].flatMap(([reason, members]) => [
    "",
    `${members.length} ${members.length === 1 ? "probe" : "probes"}: ${reasons[reason]}.`,
    ...(verbose ? members.map(({ probe }) => `  ${printable(probe.name)} ${probe.operation?.id ?? ""}`) : []),
  ]);
}
