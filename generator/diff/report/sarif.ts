/** SARIF 2.1.0 (OASIS), as code scanning services read it. */
import { createHash } from "node:crypto";
import { printable } from "../../diagnostics/printable.ts";
import { ruleTable, isRuleName } from "../rule-table.ts";
import { type DiffReport, type PlacedChange } from "./report.ts";

const levels = { breaking: "error", risky: "warning", safe: "note" } as const;

/** The log as text that ends with a line feed. `version` is the version of this package. */
export function renderSarif(report: DiffReport, version: string): string {
  const rules = [...new Set(report.changes.map(({ rule }) => rule))].sort();
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "lockstep diff",
            version,
            informationUri: "https://www.npmjs.com/package/lockstep-openapi",
            rules: rules.map((id) => ({ id, shortDescription: { text: describe(id) } })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: [
          ...report.changes.map((change) => result(change, rules)),
          ...report.ignored.map(({ change, reason }) => ({
            ...result(change, []),
            suppressions: [{ kind: "external", justification: reason }],
          })),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function describe(rule: string): string {
  return isRuleName(rule) ? ruleTable[rule].summary : rule;
}

/** Plain text in which nothing is an embedded link (SARIF 2.1.0 §3.11.6). */
function plainText(text: string): string {
  return printable(text).replace(/\[(?=[^\]]*\]\()/g, "\\[");
}

function result(change: PlacedChange, rules: readonly string[]): object {
  // Services look for the file in what is checked out, where the base is not.
  const location = change.revisionLocation ?? change.nearLocation ?? change.baseLocation;
  const index = rules.indexOf(change.rule);
  const fingerprint = createHash("sha256")
    .update(`${change.rule}\0${change.subject}\0${change.message}`)
    .digest("hex");
  return {
    ruleId: change.rule,
    ...(index === -1 ? {} : { ruleIndex: index }),
    level: levels[change.impact],
    message: { text: plainText(`${change.message} ${change.advice}`) },
    partialFingerprints: { "lockstepChange/v1": fingerprint },
    ...(location === undefined
      ? {}
      : {
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(location.file) },
                region: {
                  startLine: location.line,
                  startColumn: location.column,
                  endLine: location.endLine,
                  endColumn: location.endColumn,
                },
              },
            },
          ],
        }),
  };
}
