/** Two models side by side: which operation of the one is which of the other, and which codes both know. */
import { asObject } from "../json/json.ts";
import { resolvePointer } from "../json/pointer.ts";
import type { ApiModel, ErrorCode, Operation } from "../model/api-model.ts";
import { basePath } from "./base-path.ts";
import { Closures } from "./schema/same.ts";

export interface OperationPair {
  readonly base: Operation;
  readonly revision: Operation;
  /** Both have the same `operationId`, and nothing else says that they are the same. */
  readonly isMoved: boolean;
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
  /** Asked first: is it written the same, with all that it refers to? */
  readonly closures: Closures;
  /** The day on which sunsets are compared: a full date (RFC 3339). */
  readonly today: string;
}

/** Pairs what belongs together. Operations meet by method and path, parameter names aside; then by operationId. */
export function pairModels(base: ApiModel, revision: ApiModel, today: string): ModelPair {
  const known = new Map(base.errors.codes.map((code) => [code.code, code]));
  const codes = revision.errors.codes.flatMap((code) => {
    const before = known.get(code.code);
    return before === undefined ? [] : [{ base: before, revision: code }];
  });
  const closures = new Closures(base.document, revision.document);
  return { base, revision, operations: pairOperations(base, revision), codes, closures, today };
}

function pairOperations(base: ApiModel, revision: ApiModel): OperationPair[] {
  const byId = index(
    base.operations.filter(({ named }) => named),
    ({ id }) => id,
  );
  const taken = new Set<Operation>();
  const found = new Map<Operation, Operation>();
  const moved = new Set<Operation>();
  const match = (operation: Operation, candidate: Operation | undefined): boolean => {
    if (candidate === undefined || taken.has(candidate) || found.has(operation)) return false;
    taken.add(candidate);
    found.set(operation, candidate);
    return true;
  };
  const [before, after] = [basePath(base), basePath(revision)];
  const byAddress = index(base.operations, (operation) => placeOf(operation, before));
  const byPlace = index(base.operations, (operation) => placeOf(operation));
  for (const operation of revision.operations) match(operation, byAddress.get(placeOf(operation, after)));
  for (const operation of revision.operations) match(operation, byPlace.get(placeOf(operation)));
  for (const operation of revision.operations)
    if (operation.named && match(operation, byId.get(operation.id))) moved.add(operation);
  return revision.operations.flatMap((operation) => {
    const old = found.get(operation);
    return old === undefined ? [] : [{ base: old, revision: operation, isMoved: moved.has(operation) }];
  });
}

function index<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [keyOf(item), item]));
}

/** `get /broadcasts/{}`: the names of path parameters are not part of the address. */
function placeOf({ method, path }: Operation, before = ""): string {
  return `${method} ${before}${path.replace(/\{[^{}]*\}/g, "{}")}`;
}

export interface OperationLifecycle {
  readonly deprecated: boolean;
  /** Full date (RFC 3339), from `x-sunset`. */
  readonly sunset?: string;
  readonly stability?: string;
}

/** What an operation says about its own future. */
export function operationLifecycle(model: ApiModel, operation: Operation): OperationLifecycle {
  const sunset = asObject(resolvePointer(model.document, operation.pointer))["x-sunset"];
  const stability = operationStability(model, operation);
  return {
    deprecated: operation.deprecated,
    ...(typeof sunset === "string" ? { sunset } : {}),
    ...(stability === undefined ? {} : { stability }),
  };
}

/** The operation's `x-stability`, or oasdiff's `x-stability-level`, where it has one. */
export function operationStability(model: ApiModel, operation: Operation): string | undefined {
  const node = asObject(resolvePointer(model.document, operation.pointer));
  const level = node["x-stability"] ?? node["x-stability-level"];
  return typeof level === "string" ? level : undefined;
}
