/** The matrix of operations, statuses and codes: what is answered elsewhere, no longer, or anew. */
import type { Json } from "../../json/json.ts";
import type { CodePair, ModelPair, OperationPair } from "../pair.ts";
import type { Rule, RuleDraft } from "../rule.ts";
import { inOperations, quoted } from "../wording.ts";
import type { Witness } from "../change.ts";

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
  const moved: string[] = [];
  const lost: string[] = [];
  const gained: string[] = [];
  let change: readonly [before: string, after: string] | undefined;
  for (const { operation, base, revision } of index) {
    const [before, after] = [base.get(code), revision.get(code)];
    if (before === after) continue;
    const { id } = operation.revision;
    if (before === undefined) gained.push(id);
    else if (after === undefined) lost.push(id);
    else {
      moved.push(id);
      change ??= [before, after];
    }
  }
  const declared = [codes.base.statuses.join(", "), codes.revision.statuses.join(", ")] as const;
  // A code that no common operation answers, such as one for unknown addresses, has its status from the catalogue.
  if (moved.length === 0 && pair.base.errors.origin === "catalogue" && declared[0] !== declared[1])
    change = declared;
  return [
    ...(change === undefined ? [] : [statusChanged(codes, change, moved)]),
    ...(lost.length === 0 ? [] : [noLongerAnswered(codes, lost)]),
    ...(gained.length === 0 ? [] : [newlyAnswered(codes, gained)]),
  ];
}

function statusChanged(
  { base, revision }: CodePair,
  [before, after]: readonly [string, string],
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
      : { witness: statusWitness(revision.example, after, operations) }),
  };
}

function statusWitness(body: Json, status: string, operations: readonly string[]): Witness {
  const [operation] = operations;
  return {
    kind: "response",
    acceptedBy: "revision",
    title: operation === undefined ? `${status} answer` : `${status} answer of ${operation}`,
    message: { status, body },
  };
}

function noLongerAnswered({ base, revision }: CodePair, operations: readonly string[]): RuleDraft {
  return {
    rule: "code-no-longer-answered",
    subject: base.code,
    message: `${quoted(base.code)} is no longer answered${inOperations(operations)}.`,
    operations,
    base: base.pointer,
    revision: revision.pointer,
  };
}

function newlyAnswered({ base, revision }: CodePair, operations: readonly string[]): RuleDraft {
  return {
    rule: "code-newly-answered",
    subject: base.code,
    message: `${quoted(base.code)} is answered now${inOperations(operations)}.`,
    operations,
    base: base.pointer,
    revision: revision.pointer,
  };
}
