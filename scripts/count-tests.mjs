/** Prints `PASSED FAILED` for a vitest run: `node count-tests.mjs REPORT.json EXIT_CODE`. Skipped tests count as neither. */
import { readFileSync } from "node:fs";

const [file, exitCode] = process.argv.slice(2);

let passed = 0;
let failed = 0;
try {
  const report = JSON.parse(readFileSync(file, "utf8"));
  passed = report.numPassedTests;
  failed = report.numFailedTests;
  // A file that could not even be loaded has no tests to fail.
  failed += report.testResults.filter(({ status, assertionResults }) => {
    return status === "failed" && !assertionResults.some((result) => result.status === "failed");
  }).length;
} catch {
  // No report: the run itself broke down, which its exit code says as well.
}
// Errors outside of tests, such as an unhandled rejection, fail a run whose tests all pass.
if (failed === 0 && exitCode !== "0") failed = 1;
console.log(`${passed} ${failed}`);
