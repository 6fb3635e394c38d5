/** What prints the results of a command. */
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { WritePlan } from "../../write/plan.ts";
import type { ExitCode } from "../exit-codes.ts";
import type { Outcome } from "../run/outcome.ts";

export const formats = ["text", "json", "github"] as const;
export type Format = (typeof formats)[number];

/** Told of everything in the order in which it happens. */
export interface Reporter {
  /** Diagnostics that belong to no API: those about the configuration. */
  diagnostics(diagnostics: readonly Diagnostic[]): void;
  /** What became of an API; `plan` where check has compared files. */
  outcome(outcome: Outcome, plan?: WritePlan): Promise<void>;
  /** The last word. */
  finish(exitCode: ExitCode): void;
}
