/** `--format text`: for people. Diagnostics to stderr, results to stdout. */
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { renderCount, renderText } from "../../diagnostics/render.ts";
import type { Change, WritePlan } from "../../write/plan.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { exitCodeOf, type FileChanges, type Outcome } from "../run/outcome.ts";
import type { Reporter } from "./reporter.ts";
import type { Context, Printer } from "./terminal.ts";

export class TextReporter implements Reporter {
  readonly #out: Printer;
  readonly #err: Printer;
  /** What brings a drifted folder up to date. */
  readonly #remedy: string;
  readonly #drifted: string[] = [];

  constructor(command: string, context: Context) {
    this.#remedy = command === "docs" ? "lockstep docs" : "lockstep generate";
    this.#out = context.out;
    this.#err = context.err;
  }

  diagnostics(diagnostics: readonly Diagnostic[]): void {
    const text = renderText(diagnostics, { color: this.#err.color });
    if (text !== "") this.#err.line(text);
  }

  async outcome(outcome: Outcome, plan?: WritePlan): Promise<void> {
    this.diagnostics(outcome.diagnostics);
    if (outcome.status === "drifted") this.#drifted.push(outcome.api);
    if (plan !== undefined && outcome.status === "drifted") await this.#drift(plan);
    const good = exitCodeOf(outcome) === exitCodes.ok;
    const styled = good ? this.#out.style("green", "✓") : this.#out.style("red", "✗");
    this.#out.line(`${styled} ${this.#out.style("bold", outcome.api)}: ${describe(outcome)}`);
    if (outcome.report !== undefined && outcome.status === "written") {
      this.#out.line(this.#out.style("dim", `  ${counts(outcome)}`));
      for (const line of undeclaredLines(outcome.report)) this.#out.line(this.#out.style("dim", `  ${line}`));
    }
  }

  finish(exitCode: ExitCode): void {
    if (exitCode !== exitCodes.document || this.#drifted.length === 0) return;
    this.#out.line(`Run \`${this.#remedy}\` and commit the result.`);
  }

  async #drift(plan: WritePlan): Promise<void> {
    const { fileDiff } = await import("../generate/drift.ts");
    for (const change of plan.changes) {
      this.#out.line(this.#out.style("bold", driftLine(change)));
      if (change.kind === "modify") for (const line of fileDiff(change)) this.#out.line(this.#colored(line));
    }
  }

  #colored(line: string): string {
    if (line.startsWith("@@")) return this.#out.style("cyan", line);
    if (line.startsWith("+")) return this.#out.style("green", line);
    return line.startsWith("-") ? this.#out.style("red", line) : line;
  }
}

/** What a server would have to refuse in a way that the document does not declare. */
function undeclaredLines({ undeclared }: NonNullable<Outcome["report"]>): readonly string[] {
  return undeclared.map(({ stage, operations }) => {
    const named = operations.slice(0, 3).join(", ");
    const more = operations.length > 3 ? ` and ${String(operations.length - 3)} more` : "";
    return `no declared response for refusals of ${stage}: ${named}${more}`;
  });
}

function driftLine({ kind, path }: Change): string {
  switch (kind) {
    case "create":
      return `missing: ${path}`;
    case "modify":
      return `modified: ${path}`;
    case "delete":
      return `orphaned: ${path} (no longer generated)`;
  }
}

function describe(outcome: Outcome): string {
  const { status, out, files, fromHashes } = outcome;
  const time = `in ${(outcome.milliseconds / 1000).toFixed(2)} s`;
  switch (status) {
    case "written":
      return `${changeCounts(files)} in ${out} ${time}`;
    case "unchanged":
      return fromHashes ? `nothing has changed (${out})${known(outcome)}` : `${out} was up to date, ${time}`;
    case "current":
      return `${out} is up to date${known(outcome)}`;
    case "drifted":
      return `${out} has drifted: ${changeCounts(files)}`;
    case "clean":
    case "unclean":
      return `${outcome.api === outcome.document ? "" : `${outcome.document}: `}${renderCount(outcome.diagnostics)}`;
    case "failed":
    case "blocked":
      return `${renderCount(outcome.diagnostics)}; nothing was written`;
  }
}

/** What a run that answered from hashes would have to say, had it looked. */
function known({ knownWarnings = 0 }: Outcome): string {
  return knownWarnings === 0 ? "" : `; ${plural(knownWarnings, "warning")}, which \`lockstep lint\` shows`;
}

function changeCounts(files: FileChanges | undefined): string {
  const parts = [
    [files?.created.length ?? 0, "created"],
    [files?.modified.length ?? 0, "changed"],
    [files?.deleted.length ?? 0, "removed"],
    [files?.unchanged.length ?? 0, "unchanged"],
  ] as const;
  const named = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const total = parts[0][0] + parts[1][0] + parts[3][0];
  return `${plural(total, "file")} (${named.join(", ")})`;
}

function counts({ report, document }: Outcome): string {
  if (report === undefined) return document;
  const origin = { catalogue: " (declared)", inferred: " (inferred from responses)", none: "" }[
    report.errorOrigin
  ];
  const parts = [plural(report.operations, "operation"), plural(report.schemas, "schema")];
  return `${document}: ${parts.join(", ")}, ${plural(report.errorCodes, "error code")}${origin}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
