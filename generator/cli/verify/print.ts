/** Prints a run of `verify` in the chosen format. */
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { renderVerifyJson } from "../../verify/report/json.ts";
import { renderVerifyJunit } from "../../verify/report/junit.ts";
import { renderVerifyMarkdown } from "../../verify/report/markdown.ts";
import type { VerifyReport } from "../../verify/report/report.ts";
import { renderVerifySarif } from "../../verify/report/sarif.ts";
import { renderVerifyText } from "../../verify/report/text.ts";
import { UsageError, type ExitCode } from "../exit-codes.ts";
import { packageVersion } from "../../package/identity.ts";
import { findingsInRepository } from "../report/repository-path.ts";
import type { Context } from "../report/terminal.ts";
import type { VerifyFlags } from "./options.ts";

export async function writeVerifyReport(
  report: VerifyReport,
  flags: VerifyFlags,
  { out, cwd }: Context,
  exitCode: ExitCode,
): Promise<void> {
  const verbose = flags.verbose === true;
  const text = renderVerifyText(report, { color: out.color, verbose });
  if (flags.output === undefined) {
    out.line((flags.format === "text" ? text : render(report, flags, exitCode, cwd)).trimEnd());
    return;
  }
  const content =
    flags.format === "text"
      ? renderVerifyText(report, { color: false, verbose })
      : render(report, flags, exitCode, cwd);
  try {
    await writeFile(resolve(cwd, flags.output), content);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new UsageError(`${flags.output} cannot be written (${code}).`);
  }
  out.line(text.trimEnd());
}

function render(
  report: VerifyReport,
  { format, failOn }: VerifyFlags,
  exitCode: ExitCode,
  cwd: string,
): string {
  switch (format) {
    case "json":
      return renderVerifyJson(report, exitCode);
    case "junit":
      return renderVerifyJunit(report, failOn);
    case "sarif":
      // Code scanning names files from the root of the repository.
      return renderVerifySarif(
        { ...report, findings: findingsInRepository(report.findings, cwd) },
        packageVersion(),
      );
    case "markdown":
      return renderVerifyMarkdown(report);
    case "text":
      return renderVerifyText(report, { color: false, verbose: true });
  }
}
