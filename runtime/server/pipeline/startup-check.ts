/** Finds refusals that could not be sent, or whose code nobody has chosen: when the server starts, not by a caller. */
import type { RequestIssue } from "../contract.ts";
import { refusalDetails, type DetailsSource } from "../response/refusal-details.ts";
import { refusingStages } from "../response/undeclared.ts";
import type { OperationPlan } from "./plan.ts";
import { preferStatus, type CodeAndStatus, type StageAssignments } from "./stage-codes.ts";
import { stageStatuses, type Stage } from "./stages.ts";

/** What the host can say to a stage may be needed; what it says to a single look-up or limit cannot be known here. */
const givenByHost: ReadonlySet<Stage> = new Set(["rate-limit", "resource-lookup"]);

/**
 * @throws TypeError where several codes of one stage stand for the same case and `stageCodes` names none of them, or where
 * the details that a code needs cannot be filled
 */
export function checkRefusals(plan: OperationPlan, assigned: StageAssignments, source: DetailsSource): void {
  const stages: readonly Stage[] = [...refusingStages(plan, true), "resource-lookup", "unhandled"];
  for (const stage of stages) {
    const rivals = assigned[stage] === undefined ? rivalCodes(plan.codes[stage], stage) : [];
    if (rivals.length > 1) {
      const named = rivals.join(" and ");
      throw new TypeError(
        `stageCodes.${JSON.stringify(stage)} is missing: ${plan.operation.id} has ${named} for it. Name the one that the kit takes.`,
      );
    }
    const fault = givenByHost.has(stage) ? undefined : detailsFault(plan, stage, source);
    if (fault !== undefined) throw new TypeError(fault);
  }
}

/** The codes between which nothing but the alphabet would decide. */
function rivalCodes(codes: readonly CodeAndStatus[], stage: Stage): readonly string[] {
  const own = codes.filter(({ from }) => from === stage);
  const fitting = own.filter(({ status }) => status === stageStatuses[stage]);
  return [...new Set((fitting.length > 0 ? fitting : own).map(({ code }) => code))];
}

function detailsFault(plan: OperationPlan, stage: Stage, source: DetailsSource): string | undefined {
  const entry = preferStatus(plan.codes[stage], undefined);
  if (entry === undefined || source.contract.codes[entry.code]?.details !== "required") return undefined;
  const problems = samplesOf(plan, stage).map((sample) => issueText(plan, stage, entry, sample, source));
  if (problems.includes(undefined)) return undefined;
  const where = `stageDetails.${JSON.stringify(entry.from)}`;
  return `${where} has to give the details of ${entry.code}, which ${plan.operation.id} responds with: ${problems[0] ?? ""}`;
}

function issueText(
  { check }: OperationPlan,
  stage: Stage,
  entry: CodeAndStatus,
  sample: unknown,
  source: DetailsSource,
): string | undefined {
  try {
    const details = refusalDetails(source, { stage, details: sample }, entry);
    const options = { message: undefined, retryAfter: 1, headers: undefined, status: entry.status };
    const { breach } = check.failure({ code: entry.code, details, options }, "startup", true);
    if (breach === undefined) return undefined;
    const [issue] = breach.issues ?? [];
    return issue === undefined ? breach.message : `${issue.pointer} ${issue.message}.`;
  } catch {
    // A function of the host may well throw for what nobody has sent.
    return undefined;
  }
}

/** What the kit might say; the details fit if one of these does. */
function samplesOf({ operation }: OperationPlan, stage: Stage): readonly unknown[] {
  switch (stage) {
    case "request-limits":
    case "media-type":
    case "request-validation":
      return (["body", "query", "path", "header"] as const).map((part) => ({ issues: [issueIn(part)] }));
    case "authorization":
      return [{ required: operation.security.flat().flatMap(({ scopes }) => scopes) }];
    default:
      return [undefined];
  }
}

function issueIn(part: RequestIssue["in"]): RequestIssue {
  return { in: part, pointer: "/name", rule: "required", message: "is required" };
}
