/** `--format json`: schemas/verify-report.json describes it. */
import { countReport, type ReportedFinding, type VerifyReport } from "./report.ts";

/** Raised when a member goes or changes its meaning; new members may come without. */
const version = 1;

/** Ends with a line feed. */
export function renderVerifyJson(report: VerifyReport, exitCode: number): string {
  const { title, subject, requests, findings, matrix, open, interrupted } = report;
  const content = {
    version,
    command: "verify",
    exitCode,
    title,
    subject,
    requests,
    interrupted,
    summary: countReport(report),
    findings: findings.map(jsonFinding),
    matrix: matrix.cells,
    open: open.map(({ probe, reason }) => ({
      probe: probe.name,
      ...(probe.operation === undefined ? {} : { operation: probe.operation.id }),
      reason,
    })),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function jsonFinding({ location, pointer: _, ...finding }: ReportedFinding): object {
  if (location === undefined) return finding;
  const { frame: __, ...place } = location;
  return { ...finding, location: place };
}
