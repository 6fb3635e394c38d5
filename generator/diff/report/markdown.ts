/** Markdown for a comment on a pull request. */
import { printableJson } from "../../diagnostics/printable.ts";
import type { Impact } from "../change.ts";
import { escapeMarkdown } from "./escape.ts";
import { mainLocation, summaryOf, whoBreaks, type DiffReport, type PlacedChange } from "./report.ts";

/** A comment on GitHub may have 65,536 characters. */
const maxRows = 60;
const headings: Readonly<Record<Impact, string>> = { breaking: "Breaking", risky: "Risky", safe: "Safe" };

/** Ends with a line feed. */
export function renderMarkdown(report: DiffReport): string {
  const { base, revision, changes, ignored, bump, suggestedVersion } = report;
  const version =
    suggestedVersion === undefined || bump === "none" ? "" : ` → ${escapeMarkdown(suggestedVersion)}`;
  const sections = (["breaking", "risky", "safe"] as const).flatMap((impact) =>
    section(
      impact,
      changes.filter((change) => change.impact === impact),
    ),
  );
  return [
    `## ${escapeMarkdown(report.title)}: ${summaryOf(report)}`,
    "",
    `${escapeMarkdown(base.label)} (${escapeMarkdown(base.version)}) → ${escapeMarkdown(revision.label)} (${escapeMarkdown(revision.version)}). Version bump: **${bump}**${version}.`,
    ...(ignored.length === 0
      ? []
      : [
          "",
          `${ignored.length} ignored: ${ignored.map(({ change, reason }) => `${escapeMarkdown(change.message)} (${escapeMarkdown(reason)})`).join("; ")}`,
        ]),
    ...sections,
    "",
  ].join("\n");
}

function section(impact: Impact, changes: readonly PlacedChange[]): string[] {
  if (changes.length === 0) return [];
  const rows = changes.slice(0, maxRows).map(row);
  const more = changes.length > maxRows ? ["", `… and ${changes.length - maxRows} more.`] : [];
  const list = ["", "| change | rule | breaks | where |", "| --- | --- | --- | --- |", ...rows, ...more];
  const heading = `${headings[impact]} (${changes.length})`;
  if (impact === "safe") return ["", `<details><summary>${heading}</summary>`, ...list, "", "</details>"];
  return ["", `### ${heading}`, ...list, ...changes.slice(0, maxRows).flatMap(proof)];
}

function row(change: PlacedChange): string {
  const location = mainLocation(change);
  const where = location === undefined ? "" : `\`${location.file.replaceAll(/[`|]/g, "")}:${location.line}\``;
  // A cell ends at a bar, even inside a code span (GFM §4.10).
  const message = escapeMarkdown(change.message).replace(/(?<!\\)\|/g, "\\|");
  return `| ${message} | \`${change.rule}\` | ${whoBreaks(change)} | ${where} |`;
}

function proof({ counterexample, subject }: PlacedChange): string[] {
  if (counterexample === undefined) return [];
  const text = printableJson(counterexample.message, 2);
  return [
    "",
    `<details><summary>Proof for ${escapeMarkdown(subject)}: accepted by the ${counterexample.acceptedBy} only</summary>`,
    "",
    ...text.split("\n").map((line) => `    ${line}`),
    "",
    "</details>",
  ];
}
