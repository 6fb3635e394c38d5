/** Markdown for a comment or a job summary. */
import { printable } from "../../diagnostics/printable.ts";
import { escapeMarkdown } from "../../diff/report/escape.ts";
import { countReport, groupFindings, type FindingGroup, type VerifyReport } from "./report.ts";

/** A comment on GitHub may have 65,536 characters. */
const maxGroups = 40;

/** Ends with a line feed. */
export function renderVerifyMarkdown(report: VerifyReport): string {
  const { errors, warnings, kept, broken, notReached } = countReport(report);
  const groups = groupFindings(report.findings);
  return [
    `## ${escapeMarkdown(report.title)}: ${errors} errors, ${warnings} warnings`,
    "",
    `${escapeMarkdown(report.subject)}: ${report.requests} requests. Of the declared responses ${kept} were kept, ${broken} broken and ${notReached} not reached.`,
    ...(report.interrupted ? ["", "**The run was interrupted.**"] : []),
    ...groups.slice(0, maxGroups).flatMap(section),
    ...(groups.length > maxGroups ? ["", `… and ${groups.length - maxGroups} more kinds.`] : []),
    "",
  ].join("\n");
}

function section({ first, others }: FindingGroup): string[] {
  const { rule, severity, message, location, issues, curl } = first;
  const where = location === undefined ? "" : ` (\`${location.file.replaceAll("`", "")}:${location.line}\`)`;
  return [
    "",
    `### ${severity}: \`${rule}\`${where}`,
    "",
    escapeMarkdown(message) + (others.length === 0 ? "" : ` And ${others.length} more of this kind.`),
    ...(issues.length === 0
      ? []
      : ["", ...issues.map((issue) => `- ${escapeMarkdown(`${issue.pointer} ${issue.message}`)}`)]),
    "",
    ...curl.map((line) => `    ${printable(line)}`),
  ];
}
