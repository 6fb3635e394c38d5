/** Two models side by side: which operation of the one is which of the other, and which codes both know. */
import { asObject } from "../json/json.ts";
import { resolvePointer } from "../json/pointer.ts";
import type { ApiModel, ErrorCode, Operation } from "../model/api-model.ts";

export interface OperationPair {
  readonly base: Operation;
  readonly revision: Operation;
}

export interface CodePair {
  readonly base: ErrorCode;
  readonly revision: ErrorCode;
}

export interface ModelPair {
  readonly base: ApiModel;
  readonly revision: ApiModel;
  /** In the order of the revision. */
  readonly operations: readonly OperationPair[];
  /** Codes that are live on both sides, sorted by code. */
  readonly codes: readonly CodePair[];
  /** The day on which sunsets are judged: a full date (RFC 3339). */
  readonly today: string;
}

/** Pairs what belongs together. Operations meet by method and path, parameter names aside; then by operationId. */
export function pairModels(base: ApiModel, revision: ApiModel, today: string): ModelPair {
  const known = new Map(base.errors.codes.map((code) => [code.code, code]));
  const codes = revision.errors.codes.flatMap((code) => {
    const before = known.get(code.code);
    return before === undefined ? [] : [{ base: before, revision: code }];
  });
  return { base, revision, operations: pairOperations(base, revision), codes, today };
}

function pairOperations(base: ApiModel, revision: ApiModel): OperationPair[] {
  const byPlace = new Map(base.operations.map((operation) => [placeOf(operation), operation]));
  const byId = new Map(
    base.operations.filter(({ named }) => named).map((operation) => [operation.id, operation]),
  );
  const taken = new Set<Operation>();
  const found = new Map<Operation, Operation>();
  const match = (operation: Operation, candidate: Operation | undefined): void => {
    if (candidate === undefined || taken.has(candidate) || found.has(operation)) return;
    taken.add(candidate);
    found.set(operation, candidate);
  };
  for (const operation of revision.operations) match(operation, byPlace.get(placeOf(operation)));
  for (const operation of revision.operations) if (operation.named) match(operation, byId.get(operation.id));
  return revision.operations.flatMap((operation) => {
    const before = found.get(operation);
    return before === undefined ? [] : [{ base: before, revision: operation }];
  });
}

/** `get /broadcasts/{}`: the names of path parameters are not part of the address. */
function placeOf({ method, path }: Operation): string {
  return `${method} ${path.replace(/\{[^{}]*\}/g, "{}")}`;
}

/** The operation's `x-stability`, where it has one. */
export function operationStability(model: ApiModel, operation: Operation): string | undefined {
  const level = asObject(resolvePointer(model.document, operation.pointer))["x-stability"];
  return typeof level === "string" ? level : undefined;
}
