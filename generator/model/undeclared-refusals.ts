/** Refusals that operations declare no response for, neither by a code nor by a status that fits. */
import { codeLenders, refusalStatuses } from "../contract/refusal-status.ts";
import { stages, type Stage } from "../contract/vocabulary.ts";
import type { Operation } from "./api-model.ts";

export interface UndeclaredRefusals {
  readonly stage: Stage;
  /** Ids of the operations, in document order. */
  readonly operations: readonly string[];
}

/** In the order of stages; none for stages that every operation has a response for. */
export function undeclaredRefusals(operations: readonly Operation[]): readonly UndeclaredRefusals[] {
  return stages.flatMap((stage) => {
    const statuses = refusalStatuses[stage];
    if (statuses === undefined) return [];
    const found = operations.filter(
      (operation) =>
        refuses(operation, stage) && !hasCode(operation, stage) && !declares(operation, statuses),
    );
    return found.length === 0 ? [] : [{ stage, operations: found.map(({ id }) => id) }];
  });
}

function refuses({ requestBody, security, parameters, idempotencyKey }: Operation, stage: Stage): boolean {
  const schemes = security.flatMap((requirement) => requirement.schemes);
  switch (stage) {
    case "request-limits":
    case "media-type":
      return requestBody !== undefined;
    case "authentication":
      return schemes.length > 0;
    case "authorization":
      return schemes.some(({ scopes }) => scopes.length > 0);
    case "request-validation":
      return requestBody !== undefined || parameters.length > 0;
    default:
      return idempotencyKey !== "none";
  }
}

function hasCode({ errors }: Operation, stage: Stage): boolean {
  const lenders = [stage, ...(codeLenders[stage] ?? [])];
  return errors.some(({ raisedBy }) => raisedBy.some((raiser) => lenders.includes(raiser)));
}

function declares({ responses }: Operation, statuses: readonly number[]): boolean {
  const declared = new Set(responses.map(({ status }) => status));
  return (
    declared.has("default") ||
    statuses.some((status) => declared.has(String(status)) || declared.has(`${String(status).charAt(0)}XX`))
  );
}
