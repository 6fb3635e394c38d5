/** JUnit's XML: a test case a finding, which fails where the finding reaches the limit. */
import { reaches, type Impact } from "../change.ts";
import { escapeMarkup } from "./escape.ts";
import { mainLocation, type DiffReport, type PlacedChange } from "./report.ts";

/** `failOn` undefined: nothing fails. Ends with a line feed. */
export function renderJunit(report: DiffReport, failOn: Impact | undefined): string {
  const fails = ({ impact }: PlacedChange): boolean => failOn !== undefined && reaches(impact, failOn);
  const cases = [
    ...report.changes.map((change) => testCase(change, fails(change) ? failure(change) : "")),
    ...report.ignored.map(({ change, reason }) =>
      testCase(change, `<skipped message="${escapeMarkup(reason)}"/>`),
    ),
  ];
  // Test runners take an empty suite for one that did not run.
  if (cases.length === 0) cases.push('    <testcase classname="lockstep.diff" name="no changes"/>');
  const counts = `tests="${cases.length}" failures="${report.changes.filter(fails).length}" skipped="${report.ignored.length}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="lockstep diff" ${counts}>`,
    `  <testsuite name="${escapeMarkup(report.title)}" ${counts}>`,
    ...cases,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

function testCase(change: PlacedChange, content: string): string {
  const location = mainLocation(change);
  const file = location === undefined ? "" : ` file="${escapeMarkup(location.file)}" line="${location.line}"`;
  const head = `    <testcase classname="lockstep.diff.${escapeMarkup(change.rule)}" name="${escapeMarkup(change.message)}"${file}`;
  return content === "" ? `${head}/>` : `${head}>${content}</testcase>`;
}

function failure({ impact, message, advice }: PlacedChange): string {
  return `<failure type="${impact}" message="${escapeMarkup(message)}">${escapeMarkup(advice)}</failure>`;
}
