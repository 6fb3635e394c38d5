/** Refusals that an operation declares no response for: found when the server starts, not by a caller. */
import type { OperationPlan } from "../pipeline/plan.ts";
import type { Stage } from "../pipeline/stages.ts";
import { fittingStatus } from "./uncoded.ts";

export interface UndeclaredRefusal {
  readonly operation: string;
  readonly stage: Stage;
  /** What the caller gets. */
  readonly status: number;
}

/** The stages that may refuse a call to the operation, and have neither a code nor a declared status to do so. */
export function undeclaredRefusals(plan: OperationPlan, hasRateLimit: boolean): readonly UndeclaredRefusal[] {
  const { operation, codes } = plan;
  return refusingStages(plan, hasRateLimit).flatMap((stage) => {
    if (codes[stage].length > 0) return [];
    const status = fittingStatus(operation.responses, { stage });
    return operation.responses.match(status) === undefined
      ? [{ operation: operation.id, stage, status }]
      : [];
  });
}

/** The stages that may refuse a call to the operation. */
export function refusingStages(
  { operation, readsParameters }: OperationPlan,
  hasRateLimit: boolean,
): readonly Stage[] {
  const { security, request, idempotencyKey } = operation;
  const hasBody = request.body.content.length > 0;
  const uses = security.flat();
  const stages: readonly (readonly [Stage, boolean])[] = [
    ["request-limits", hasBody],
    ["media-type", hasBody],
    ["authentication", uses.length > 0],
    ["authorization", uses.some(({ scopes }) => scopes.length > 0)],
    ["rate-limit", hasRateLimit],
    ["request-validation", readsParameters || hasBody],
    ["idempotency-in-progress", idempotencyKey !== "none"],
    ["idempotency-reuse", idempotencyKey !== "none"],
  ];
  return stages.filter(([, may]) => may).map(([stage]) => stage);
}
