/** Refusals that no code fits: which of the declared statuses does, and what the host is told. */
import type {
  OperationContract,
  RequestIssue,
  ResponsesValidation,
  ResponseValidation,
} from "../contract.ts";
import type { UncodedRefusal } from "../options.ts";
import { stageStatuses, type Stage } from "../pipeline/stages.ts";
import type { Refusal } from "./failure.ts";
import { reasonOf } from "./reason.ts";

/** Statuses that mean nearly the same, the nearest first. */
export const kin: Readonly<Partial<Record<Stage, readonly number[]>>> = {
  "request-limits": [413, 400, 422],
  "media-type": [415, 400, 422],
  "request-validation": [400, 422],
  authentication: [401, 403],
  authorization: [403, 401],
  requirement: [403],
  "resource-lookup": [404, 410],
  "idempotency-in-progress": [409],
  "idempotency-reuse": [422, 409],
};

/** HTTP's own status where the operation declares it; else a declared one that fits; else HTTP's all the same. */
export function fittingStatus(
  responses: ResponsesValidation,
  { stage, status, details }: Pick<Refusal, "stage" | "status" | "details">,
): number {
  const own = status ?? stageStatuses[stage];
  const last = concernsPath({ stage, details }) ? [404] : [];
  for (const candidate of [own, ...(kin[stage] ?? []), ...last]) {
    if (responses.match(candidate) !== undefined) return candidate;
  }
  return own;
}

/** A path with a parameter that no value fits is one that is not there. */
function concernsPath({ stage, details }: Pick<Refusal, "stage" | "details">): boolean {
  const { issues = [] } = reasonOf({ stage, details });
  return issues.length > 0 && issues.every((issue) => issue.in === "path");
}

/** What the host's `uncoded` is told. */
export function uncodedRefusal(
  refusal: Refusal,
  status: number,
  requestId: string,
  operation: OperationContract | undefined,
): UncodedRefusal {
  const { issues = [], required = [] } = reasonOf(refusal);
  const message = refusal.message ?? messageOf(refusal.stage, issues);
  const declared = operation === undefined ? [] : declaredErrors(operation.responses);
  return {
    stage: refusal.stage,
    status,
    issues,
    required,
    message,
    operation: operation?.id,
    declared,
    requestId,
  };
}

function messageOf(stage: Stage, issues: readonly RequestIssue[]): string {
  const [first] = issues;
  return first === undefined ? `Refused by ${stage}.` : `${first.in}${first.pointer} ${first.message}.`;
}

function declaredErrors(responses: ResponsesValidation): UncodedRefusal["declared"] {
  const found = new Map<string, readonly string[]>();
  for (let status = 400; status < 600; status++) {
    const response = responses.match(status);
    if (response === undefined || found.has(response.status)) continue;
    found.set(
      response.status,
      response.content.map(({ mediaType }) => mediaType),
    );
  }
  return [...found].map(([status, mediaTypes]) => ({ status, mediaTypes }));
}

/** The declared media type for a body: the only one, or the one that a problem has. */
export function mediaTypeFor(
  response: ResponseValidation | undefined,
  isProblem: boolean,
): string | undefined {
  const types = response?.content.map(({ mediaType }) => mediaType) ?? [];
  const problem = types.find((type) => type.startsWith("application/problem+json"));
  return isProblem && problem !== undefined ? problem : (types.find(isJson) ?? types[0]);
}

export function isJson(mediaType: string): boolean {
  return /[/+]json\s*(?:;|$)/i.test(mediaType);
}
