/** Which code a stage responds with: the catalogue's `raised-by`, else the nearest thing that the contract offers. */
import type { ApiContract, OperationErrorContract } from "../contract.ts";
import { stageFallbacks, stages, stageStatuses, type Stage } from "./stages.ts";

export interface CodeAndStatus {
  readonly code: string;
  readonly status: number;
  /** The stage that the code belongs to: the stage itself, or the neighbour that it is borrowed from. */
  readonly from: Stage;
}

/** The host's own assignment, for documents without a catalogue. */
export type StageAssignments = Readonly<Partial<Record<Stage, string>>>;

/** The codes of each stage, the preferred one first. */
export type StageCodes = Readonly<Record<Stage, readonly CodeAndStatus[]>>;

/**
 * For each stage, among the codes that `errors` has: what the host assigned; else those that the stage raises; else
 * those of the stages it falls back to; else the only code with the status that HTTP has for the stage. Empty where
 * there is none of these: the response then is a bare RFC 9457 problem.
 */
export function stageCodes(
  errors: readonly OperationErrorContract[],
  assigned: StageAssignments,
): StageCodes {
  const entries = stages.map((stage) => [stage, codesFor(stage, errors, assigned)]);
  // The keys are exactly the stages, which `fromEntries` forgets.
  return Object.fromEntries(entries) as StageCodes;
}

/** The errors of stages before an operation is known: all of the API's. */
export function apiErrors({ codes }: ApiContract): readonly OperationErrorContract[] {
  return Object.entries(codes).map(([code, { status, raisedBy }]) => ({
    code,
    status: String(status),
    raisedBy,
  }));
}

/** The code of a refusal: the one with the very status that the case would have in HTTP, else the first. */
export function preferStatus(
  codes: readonly CodeAndStatus[],
  status: number | undefined,
): CodeAndStatus | undefined {
  return codes.find((entry) => entry.status === status) ?? codes[0];
}

/** `404` → 404; for `4XX` and `default`, which name no single status, the plainest one that they cover. */
export function statusNumber(status: string): number {
  if (/^[1-5]\d\d$/.test(status)) return Number(status);
  return status.startsWith("4") ? 400 : 500;
}

function codesFor(
  stage: Stage,
  errors: readonly OperationErrorContract[],
  assigned: StageAssignments,
): readonly CodeAndStatus[] {
  const named = errors.filter(({ code }) => code === assigned[stage]);
  if (named.length > 0) return named.map((error) => withNumber(error, stage));
  for (const candidate of [stage, ...stageFallbacks[stage]]) {
    const raised = errors
      .filter(({ raisedBy }) => raisedBy.includes(candidate))
      .map((error) => withNumber(error, candidate));
    if (raised.length > 0) return preferredFirst(raised, stageStatuses[stage]);
  }
  if (stage === "handler" || stage === "requirement") return [];
  const sameStatus = errors
    .map((error) => withNumber(error, stage))
    .filter(({ status }) => status === stageStatuses[stage]);
  return sameStatus.length === 1 ? sameStatus : [];
}

function withNumber({ code, status }: OperationErrorContract, from: Stage): CodeAndStatus {
  return { code, status: statusNumber(status), from };
}

function preferredFirst(codes: readonly CodeAndStatus[], status: number): readonly CodeAndStatus[] {
  const rank = (entry: CodeAndStatus): number => (entry.status === status ? 0 : 1);
  return [...codes].sort((a, b) => rank(a) - rank(b));
}
