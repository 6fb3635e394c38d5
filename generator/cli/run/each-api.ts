/** What generate, check and lint have in common: find the APIs, work on each, report, and sum up the exit code. */
import type { ApiConfig } from "../../config/config.ts";
import type { WritePlan } from "../../write/plan.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import type { SharedFlags } from "../options.ts";
import { exitCodeOf, type Outcome } from "./outcome.ts";
import { Progress } from "../report/progress.ts";
import { openReporter } from "../report/open-reporter.ts";
import { findTargets } from "./targets.ts";
import type { Context } from "../report/terminal.ts";

export interface Work {
  readonly outcome: Outcome;
  /** Where files were compared but not written. */
  readonly plan?: WritePlan;
  /** Absolute paths and URLs of all that was read or looked for: the outcome changes only when one of these does. */
  readonly dependencies: readonly string[];
}

export interface Run {
  /** The command's name. */
  readonly command: string;
  readonly document: string | undefined;
  readonly flags: SharedFlags;
  readonly context: Context;
  /** The command's work on one API; `stage` receives the name of each stage as it begins. */
  readonly work: (api: ApiConfig, stage: (text: string) => void) => Promise<Work>;
  /** True if the outcome is reported. Absent: all are. */
  readonly isNews?: (outcome: Outcome) => boolean;
}

/** Works on every API in turn, also after one has failed. Throws `UsageError` where no API can be meant. */
export async function eachApi({ command, document, flags, context, work, isNews }: Run): Promise<ExitCode> {
  const targets = findTargets(document, flags, context.cwd);
  const reporter = await openReporter(flags.format, command, context);
  reporter.diagnostics(targets.diagnostics);
  let exitCode: ExitCode = targets.diagnostics.length > 0 ? exitCodes.usage : exitCodes.ok;
  for (const api of targets.apis) {
    const progress = new Progress(context.err);
    try {
      const { outcome, plan } = await work(api, (text) => {
        progress.stage(`${api.name}: ${text}`);
      });
      progress.clear();
      if (isNews?.(outcome) ?? true) await reporter.outcome(outcome, plan);
      exitCode = worse(exitCode, exitCodeOf(outcome));
    } finally {
      progress.clear();
    }
  }
  reporter.finish(exitCode);
  return exitCode;
}

function worse(a: ExitCode, b: ExitCode): ExitCode {
  return a > b ? a : b;
}
