/** The matrix of operations, statuses and codes: which pairs move, go or come. */
import type { Json } from "../../json/json.ts";
import { Groups } from "../group.ts";
import type { CodePair, ModelPair, OperationPair } from "../pair.ts";
import type { Rule, RuleDraft } from "../rule.ts";
import { inOperations, quoted } from "../wording.ts";
import type { Counterexample } from "../change.ts";

export const matrix: Rule = (pair) => {
  const statuses = statusIndex(pair);
  return pair.codes.flatMap((codes) => compareCode(pair, codes, statuses));
};

/** For each pair of operations: the statuses of each code, before and after. */
type StatusIndex = readonly {
  readonly operation: OperationPair;
  readonly base: ReadonlyMap<string, string>;
  readonly revision: ReadonlyMap<string, string>;
}[];

function statusIndex({ operations }: ModelPair): StatusIndex {
  return operations.map((operation) => ({
    operation,
    base: byCode(operation.base),
    revision: byCode(operation.revision),
  }));
}

function byCode({ errors }: OperationPair["base"]): ReadonlyMap<string, string> {
  const statuses = new Map<string, string>();
  for (const { code, status } of errors) {
    const known = statuses.get(code);
    statuses.set(code, known === undefined ? status : `${known}, ${status}`);
  }
  return statuses;
}

function compareCode(pair: ModelPair, codes: CodePair, index: StatusIndex): RuleDraft[] {
  const { code } = codes.base;
  const moved = new Groups<StatusMove>();
  const lost: OperationPair[] = [];
  const gained: OperationPair[] = [];
  for (const { operation, base, revision } of index) {
    const [before, after] = [base.get(code), revision.get(code)];
    if (before === after) continue;
    if (before === undefined) gained.push(operation);
    else if (after === undefined) lost.push(operation);
    else moved.add(`${before} ${after}`, [before, after], operation.revision.id);
  }
  const declared = [codes.base.statuses.join(", "), codes.revision.statuses.join(", ")] as const;
  // A code that no common operation returns, such as one for unknown addresses, has its status from the catalogue.
  const isUnreturned = moved.all.length === 0 && pair.base.errors.origin === "catalogue";
  return [
    ...moved.all.map(({ key, operations }) => statusChanged(codes, key, operations)),
    ...(isUnreturned && declared[0] !== declared[1] ? [statusChanged(codes, declared, [])] : []),
    ...(lost.length === 0 ? [] : [noLongerReturned(codes, lost)]),
    ...(gained.length === 0 ? [] : [newlyReturned(codes, gained)]),
  ];
}

type StatusMove = readonly [before: string, after: string];

function statusChanged(
  { base, revision }: CodePair,
  [before, after]: StatusMove,
  operations: readonly string[],
): RuleDraft {
  return {
    rule: "status-changed",
    subject: base.code,
    message: `${quoted(base.code)} moved from ${before} to ${after}${inOperations(operations)}.`,
    operations,
    base: `${base.pointer}/status`,
    revision: `${revision.pointer}/status`,
    ...(revision.example === undefined
      ? {}
      : { counterexample: statusCounterexample(revision.example, after, operations) }),
  };
}

function statusCounterexample(body: Json, status: string, operations: readonly string[]): Counterexample {
  const [operation] = operations;
  return {
    kind: "response",
    acceptedBy: "revision",
    title: operation === undefined ? `${status} response` : `${status} response of ${operation}`,
    message: { status, body },
  };
}

function noLongerReturned(codes: CodePair, operations: readonly OperationPair[]): RuleDraft {
  const ids = operations.map(({ revision }) => revision.id);
  return {
    rule: "code-no-longer-returned",
    subject: codes.base.code,
    message: `${quoted(codes.base.code)} is no longer returned${inOperations(ids)}.`,
    operations: ids,
    ...placeOf(codes, operations),
  };
}

function newlyReturned(codes: CodePair, operations: readonly OperationPair[]): RuleDraft {
  const ids = operations.map(({ revision }) => revision.id);
  return {
    rule: "code-newly-returned",
    subject: codes.base.code,
    message: `${quoted(codes.base.code)} is returned now${inOperations(ids)}.`,
    operations: ids,
    ...placeOf(codes, operations),
  };
}

/** The codes of the operation, where it is one: that is where the author changed something. Else the code. */
function placeOf(
  codes: CodePair,
  [first, ...others]: readonly OperationPair[],
): Pick<RuleDraft, "base" | "revision"> {
  return first === undefined || others.length > 0
    ? { base: codes.base.pointer, revision: codes.revision.pointer }
    : { base: `${first.base.pointer}/x-errors`, revision: `${first.revision.pointer}/x-errors` };
}
