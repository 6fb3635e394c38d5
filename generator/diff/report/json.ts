/** `--format json`: schemas/diff-report.json describes it. */
import type { SourceLocation } from "../../diagnostics/diagnostic.ts";
import { jsonDiagnostics, type JsonDiagnostic } from "../../diagnostics/machine.ts";
import { countImpacts, type DiffReport, type PlacedChange } from "./report.ts";

/** Raised when a member goes or changes its meaning; new members may come without. */
const version = 1;

interface JsonDiff {
  readonly version: number;
  readonly command: "diff";
  readonly exitCode: number;
  readonly diagnostics: readonly JsonDiagnostic[];
}

/** The report as text that ends with a line feed. Without a report: what stood in the way. */
export function renderDiffJson(report: DiffReport, exitCode: number): string {
  const { title, base, revision, changes, ignored, bump, suggestedVersion, diagnostics } = report;
  return print({
    version,
    command: "diff",
    exitCode,
    diagnostics: jsonDiagnostics(diagnostics),
    report: {
      title,
      base,
      revision,
      bump,
      ...(suggestedVersion === undefined ? {} : { suggestedVersion }),
      summary: countImpacts(changes),
      changes: changes.map(jsonChange),
      ignored: ignored.map(({ change, reason, expires }) => ({ ...jsonChange(change), reason, expires })),
    },
  });
}

/** What is printed where the sides could not be compared. */
export function renderFailureJson(diagnostics: DiffReport["diagnostics"], exitCode: number): string {
  return print({ version, command: "diff", exitCode, diagnostics: jsonDiagnostics(diagnostics) });
}

function print(content: JsonDiff & { readonly report?: object }): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

function jsonChange(change: PlacedChange): object {
  const { rule, impact, clients, bump, subject, message, advice, operations, counterexample, stability } =
    change;
  return {
    rule,
    impact,
    clients,
    bump,
    subject,
    message,
    advice,
    operations,
    ...(stability === undefined ? {} : { stability }),
    ...(counterexample === undefined ? {} : { counterexample }),
    ...place("base", change.baseLocation),
    ...place("revision", change.revisionLocation),
  };
}

function place(side: "base" | "revision", location: SourceLocation | undefined): object {
  if (location === undefined) return {};
  const { file, line, column, endLine, endColumn, pointer } = location;
  return { [side]: { file, line, column, endLine, endColumn, pointer } };
}
