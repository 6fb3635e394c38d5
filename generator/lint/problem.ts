/** How rules report: Redocly's problem, with Lockstep's parts beside the text that Redocly prints. */
import type { RegisteredSeverity, SourceLocation } from "../diagnostics/diagnostic.ts";
import { registry, type DiagnosticCode } from "../diagnostics/registry.ts";

/** What Lockstep itself needs of a problem; Redocly carries it through unchanged. */
export interface LockstepParts {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly fix: string;
  /** Where the trouble is, if not where Redocly was when it met it. */
  readonly location?: SourceLocation;
}

export interface LockstepProblem {
  /** What Redocly prints: what is wrong, and what to do. */
  readonly message: string;
  readonly forceSeverity?: "error" | "warn";
  readonly lockstep: LockstepParts;
}

export interface FindingText {
  /** What is wrong, one sentence with the names in it. */
  readonly message: string;
  /** What to do, one sentence in the imperative; the registry's advice where absent. */
  readonly fix?: string;
  readonly severity?: RegisteredSeverity;
  readonly location?: SourceLocation;
}

/** Turns a finding into what `ctx.report` takes; the caller adds the location. */
export function problemOf(code: DiagnosticCode, finding: FindingText): LockstepProblem {
  const fix = finding.fix ?? registry[code].fix;
  return {
    message: `${finding.message} ${fix}`,
    lockstep: {
      code,
      message: finding.message,
      fix,
      ...(finding.location === undefined ? {} : { location: finding.location }),
    },
    ...(finding.severity === undefined
      ? {}
      : { forceSeverity: finding.severity === "warning" ? "warn" : "error" }),
  };
}

/** The parts that one of our rules attached to a problem, if one of ours reported it. */
export function lockstepParts(problem: object): LockstepParts | undefined {
  // Redocly copies what was given to `ctx.report`; only `problemOf` writes this member.
  return "lockstep" in problem ? (problem.lockstep as LockstepParts) : undefined;
}
