/** `lockstep verify`. */
import type { Command } from "commander";
import type { CommandModule } from "../command.ts";
import { hasErrors } from "../../diagnostics/diagnose.ts";
import { renderText } from "../../diagnostics/render.ts";
import { countReport, type VerifyReport } from "../../verify/report/report.ts";
import { exitCodes, UsageError, type ExitCode } from "../exit-codes.ts";
import { Progress } from "../report/progress.ts";
import type { ReadModel } from "../../pipeline/read-model.ts";
import { readApi } from "../run/read-api.ts";
import { findTargets } from "../run/targets.ts";
import type { Context } from "../report/terminal.ts";
import { verifyServer } from "../verify/active.ts";
import { addVerifyOptions, type VerifyFlags, type VerifyLimit } from "../verify/options.ts";
import { verifyTraffic } from "../verify/passive.ts";
import { writeVerifyReport } from "../verify/print.ts";

const help = `
Sends requests that put each promise of the document to the test, and says which are kept, which are broken and which
could not be reached. Without --allow-writes it sends GET, HEAD, and requests that a stage before the handler has to
refuse. With --har or --log it classifies traffic and sends nothing. docs/verify.md describes the actors file and every rule.

Examples:
  lockstep verify http://localhost:3000/api --document openapi.yaml --actors actors.yaml
  lockstep verify http://localhost:3000/api --document openapi.yaml --actors actors.yaml --dry-run
  lockstep verify --har traffic.har --document openapi.yaml

Exit codes:
  0  nothing at or above --fail-on
  1  findings at or above --fail-on, or an error in the document
  2  wrong usage, a run that was interrupted, or an internal error`;

const verify: CommandModule = {
  define(command: Command, context: Context, done: (exitCode: ExitCode) => void): void {
    command.description("Tell whether a running server keeps what the document promises.");
    addVerifyOptions(command)
      .addHelpText("after", help)
      .action(async (url: string | undefined, flags: VerifyFlags) => {
        done(await runVerify(url, flags, context));
      });
  },
};
export default verify;

async function runVerify(url: string | undefined, flags: VerifyFlags, context: Context): Promise<ExitCode> {
  const passive = flags.har ?? flags.log;
  if ((url === undefined) === (passive === undefined)) {
    throw new UsageError("Name the URL of a server, or traffic with --har or --log.");
  }
  const progress = new Progress(context.err);
  try {
    const read = await readDocument(flags, context, progress);
    if (read === undefined) return exitCodes.document;
    const report =
      url === undefined
        ? await verifyTraffic(read, flags, context, progress)
        : await verifyServer(url, read, flags, context, progress);
    progress.clear();
    if (report === undefined) return exitCodes.ok;
    const exitCode = exitCodeOf(report, flags.failOn);
    await writeVerifyReport(report, flags, context, exitCode);
    return exitCode;
  } finally {
    progress.clear();
  }
}

async function readDocument(
  flags: VerifyFlags,
  context: Context,
  progress: Progress,
): Promise<ReadModel | undefined> {
  const targets = findTargets(flags.document, flags, context.cwd);
  const [api, ...others] = targets.apis;
  if (others.length > 0) {
    throw new UsageError(`Name one API with --document: ${targets.apis.map(({ name }) => name).join(", ")}.`);
  }
  const run =
    api === undefined
      ? undefined
      : await readApi(api, context.cwd, (text) => {
          progress.stage(text);
        });
  const diagnostics = [...targets.diagnostics, ...(run?.diagnostics ?? [])];
  progress.clear();
  // Warnings about the document are the business of `lint`.
  if (hasErrors(diagnostics))
    context.err.line(renderText(diagnostics, { color: context.err.color }).trimEnd());
  return run?.read;
}

function exitCodeOf(report: VerifyReport, failOn: VerifyLimit): ExitCode {
  const { errors, warnings } = countReport(report);
  const failures = failOn === "none" ? 0 : failOn === "error" ? errors : errors + warnings;
  if (failures > 0) return exitCodes.document;
  return report.interrupted ? exitCodes.usage : exitCodes.ok;
}
