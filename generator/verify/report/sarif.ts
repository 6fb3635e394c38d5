/** SARIF 2.1.0 (OASIS), as code scanning services read it. */
import { createHash } from "node:crypto";
import { printable } from "../../diagnostics/printable.ts";
import { verifyRules } from "../finding.ts";
import type { ReportedFinding, VerifyReport } from "./report.ts";

/** The log as text that ends with a line feed. `version` is the version of this package. */
export function renderVerifySarif({ findings }: VerifyReport, version: string): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "lockstep verify",
            version,
            informationUri: "https://www.npmjs.com/package/lockstep-openapi",
            rules: rules.map((id) => ({ id, shortDescription: { text: verifyRules[id] } })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => result(finding, rules.indexOf(finding.rule))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function result(
  { rule, severity, message, operation = "", probe = "", location, curl }: ReportedFinding,
  ruleIndex: number,
): object {
  const fingerprint = createHash("sha256")
    .update(`${rule}\0${operation}\0${probe}\0${message}`)
    .digest("hex");
  // Nothing may be taken for an embedded link (SARIF 2.1.0 §3.11.6).
  const text = printable([message, ...curl].join(" ")).replace(/\[(?=[^\]]*\]\()/g, "\\[");
  return {
    ruleId: rule,
    ruleIndex,
    level: severity,
    message: { text },
    partialFingerprints: { "lockstepPromise/v1": fingerprint },
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
