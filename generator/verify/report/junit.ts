/** JUnit's XML: a test case for each cell of the matrix, and one for each finding. */
import { escapeMarkup } from "../../diff/report/escape.ts";
import type { Cell } from "../matrix.ts";
import type { ReportedFinding, VerifyReport } from "./report.ts";

/** Findings milder than `failOn` do not fail; cells that nothing reached are skipped. Ends with a line feed. */
export function renderVerifyJunit(report: VerifyReport, failOn: "error" | "warning" | "none"): string {
  const { findings, matrix } = report;
  const fails = ({ severity }: ReportedFinding): boolean =>
    failOn !== "none" && (failOn === "warning" || severity === "error");
  const kept = matrix.cells.filter(({ state }) => state !== "broken");
  const skipped = kept.filter(({ state }) => state === "not-reached").length;
  const counts = `tests="${kept.length + findings.length}" failures="${findings.filter(fails).length}" skipped="${skipped}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="lockstep verify" ${counts}>`,
    `  <testsuite name="${escapeMarkup(report.title)}" ${counts}>`,
    ...kept.map(cellCase),
    ...findings.map((finding) => findingCase(finding, fails(finding))),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function cellCase({ operation, status, code, state }: Cell): string {
  const name = escapeMarkup(`${status}${code === null ? "" : ` ${code}`}`);
  const head = `    <testcase classname="lockstep.verify.${escapeMarkup(operation)}" name="${name}"`;
  return state === "kept" ? `${head}/>` : `${head}><skipped message="not reached"/></testcase>`;
}

function findingCase(
  { rule, message, operation = "paths", location, curl, received }: ReportedFinding,
  fails: boolean,
): string {
  const file = location === undefined ? "" : ` file="${escapeMarkup(location.file)}" line="${location.line}"`;
  const head = `    <testcase classname="lockstep.verify.${escapeMarkup(operation)}" name="${escapeMarkup(message)}"${file}`;
  const text = escapeMarkup([...received, ...curl].join("\n"));
  return fails
    ? `${head}><failure type="${rule}" message="${escapeMarkup(message)}">${text}</failure></testcase>`
    : `${head}/>`;
}
