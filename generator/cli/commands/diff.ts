/** `lockstep diff`. */
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Option, type Command } from "commander";
import { hasErrors } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { renderGithub } from "../../diagnostics/machine.ts";
import { reaches } from "../../diff/change.ts";
import { renderFailureJson } from "../../diff/report/json.ts";
import type { CommandModule } from "../command.ts";
import { exitCodes, UsageError, type ExitCode } from "../exit-codes.ts";
import { Progress } from "../report/progress.ts";
import { inRepository } from "../report/repository-path.ts";
import type { Context } from "../report/terminal.ts";
import { compareSides } from "../diff/compare.ts";
import { addComparison, comparison, failOnOption, type DiffFlags } from "../diff/options.ts";
import { diffFormats, renderDiagnostics, renderReport, type DiffFormat } from "../diff/print.ts";

interface Flags extends DiffFlags {
  readonly format: DiffFormat;
  readonly output?: string;
  readonly verbose?: boolean;
}

const help = `
BASE and REVISION are files, folders (with openapi.yaml, .yml or .json), addresses (with --allow-remote) or
git revisions such as origin/main:openapi/openapi.yaml; :openapi/openapi.yaml is what is staged. Without REVISION:
the configured API. The work tree is never touched. docs/diff.md lists every rule, the ignore file and ready workflows.

Examples:
  lockstep diff origin/main:openapi/openapi.yaml                the last release against the work tree
  lockstep diff v1.4.0:openapi.yaml HEAD:openapi.yaml --check-version
  lockstep diff old.yaml new.yaml --fail-on risky --format markdown --output comment.md

Exit codes:
  0  nothing at or above --fail-on
  1  findings at or above --fail-on, or an error in one of the documents
  2  wrong usage, a side that cannot be read, or an internal error`;

const diff: CommandModule = {
  define(command: Command, context: Context, done: (exitCode: ExitCode) => void): void {
    command
      .description("Say what changed between two versions of a contract, who breaks and why.")
      .argument("<BASE>", "the version that clients know")
      .argument("[REVISION]", "the version that is to be released (default: the configured API)");
    addComparison(command)
      .addOption(failOnOption())
      .option("--check-version", "fail where info.version does not announce the changes")
      .addOption(new Option("--format <FORMAT>", "how to print").choices(diffFormats).default("text"))
      .option("-o, --output <FILE>", "write the report into a file, and a summary to the terminal")
      .option("--verbose", "print every finding whole")
      .addHelpText("after", help)
      .action(async (base: string, revision: string | undefined, flags: Flags) => {
        done(await runDiff(base, revision, flags, context));
      });
  },
};
export default diff;

async function runDiff(
  base: string,
  revision: string | undefined,
  flags: Flags,
  context: Context,
): Promise<ExitCode> {
  const progress = new Progress(context.err);
  const { request, failOn } = comparison(base, revision, flags, context, (text) => {
    progress.stage(text);
  });
  const { report, diagnostics } = await compareSides(request).finally(() => {
    progress.clear();
  });
  if (report === undefined) return finishWithout(diagnostics, flags, context);
  const limit = failOn === "none" ? undefined : failOn;
  const failed = limit !== undefined && report.changes.some(({ impact }) => reaches(impact, limit));
  const exitCode = failed ? exitCodes.document : exitCodes.ok;
  const options = {
    failOn: limit,
    exitCode,
    color: context.out.color,
    verbose: flags.verbose === true,
    cwd: context.cwd,
  };
  const spoken = flags.format === "json" || flags.format === "github";
  if (diagnostics.length > 0 && !(spoken && flags.output === undefined)) {
    context.err.line(renderDiagnostics(diagnostics, context.err.color).trimEnd());
  }
  if (flags.output === undefined) {
    const text = renderReport(flags.format, report, options).trimEnd();
    if (flags.format === "github") context.out.commands(text);
    else context.out.line(text);
    return exitCode;
  }
  await writeReport(flags.output, renderReport(flags.format, report, { ...options, color: false }), context);
  context.out.line(renderReport("text", report, options).trimEnd());
  return exitCode;
}

async function writeReport(file: string, content: string, { cwd }: Context): Promise<void> {
  try {
    await writeFile(resolve(cwd, file), content);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new UsageError(`${file} cannot be written (${code}).`);
  }
}

/** Codes of diagnostics that are about the command line and not about a document. */
const usageCodes: ReadonlySet<string> = new Set([
  "lockstep/diff-side",
  "lockstep/diff-different-api",
  "lockstep/diff-ignore-entry",
  "lockstep/file-missing",
  "lockstep/file-unreadable",
  "lockstep/ref-remote",
  "lockstep/remote-failed",
]);

/** Ends a run that has no report: after an error, or for the first version of a document. */
function finishWithout(diagnostics: readonly Diagnostic[], { format }: Flags, context: Context): ExitCode {
  const usage = diagnostics.some(({ code, severity }) => severity === "error" && usageCodes.has(code));
  const failed = usage ? exitCodes.usage : exitCodes.document;
  const exitCode = hasErrors(diagnostics) ? failed : exitCodes.ok;
  if (format === "json") context.out.line(renderFailureJson(diagnostics, exitCode).trimEnd());
  else if (format === "github")
    context.out.commands(renderGithub(inRepository(diagnostics, context.cwd)).trimEnd());
  else context.err.line(renderDiagnostics(diagnostics, context.err.color).trimEnd());
  return exitCode;
}
