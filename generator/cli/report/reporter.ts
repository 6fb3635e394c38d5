/** Prints what a command found and did, in the format that was asked for. */
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { WritePlan } from "../../write/plan.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { Outcome } from "../run/outcome.ts";
import type { Context } from "./terminal.ts";

export const formats = ["text", "json", "github"] as const;
export type Format = (typeof formats)[number];

/** Told of everything in the order in which it happens. */
export interface Reporter {
  /** Complaints that belong to no API: those about the configuration. */
  diagnostics(diagnostics: readonly Diagnostic[]): void;
  /** What became of an API; `plan` where check has compared files. */
  outcome(outcome: Outcome, plan?: WritePlan): Promise<void>;
  /** The last word. */
  finish(exitCode: ExitCode): void;
}

/** The reporter of a format, loaded when it is needed. */
export async function openReporter(format: Format, command: string, context: Context): Promise<Reporter> {
  switch (format) {
    case "text":
      return new (await import("./text.ts")).TextReporter(command, context);
    case "json":
      return new (await import("./json.ts")).JsonReporter(command, context);
    case "github":
      return new (await import("./github.ts")).GithubReporter(command, context);
  }
}
