/** Gives a name to each set of codes that many operations share, so that a large document stays small. */
import type { OperationError } from "../../contract/vocabulary.ts";
import type { Operation } from "../../model/api-model.ts";

/** A set longer than this that occurs more than once gets a name. */
const longestUnnamed = 4;

export interface CodeSet {
  /** Absent for a set that is written out where it is used. */
  readonly name?: string;
  readonly codes: readonly string[];
}

/** `CodeSet1`, `CodeSet2`, … in the order of first use. */
export interface NamedCodeSet extends CodeSet {
  readonly name: string;
}

/** For each operation: its statuses in ascending order, each with its set of codes. */
export interface OperationCodes {
  readonly id: string;
  readonly statuses: readonly { readonly status: string; readonly set: CodeSet }[];
}

export interface InternedCodes {
  readonly named: readonly NamedCodeSet[];
  readonly operations: readonly OperationCodes[];
}

/** Sets are equal when their codes are; `errors` arrive sorted by status and code. */
export function internCodes(operations: readonly Operation[]): InternedCodes {
  const uses = new Map<string, number>();
  const grouped = operations.map(({ id, errors }) => ({ id, groups: [...groupByStatus(errors)] }));
  for (const { groups } of grouped) {
    for (const [, codes] of groups) uses.set(setKey(codes), (uses.get(setKey(codes)) ?? 0) + 1);
  }
  const named = new Map<string, NamedCodeSet>();
  const intern = (codes: readonly string[]): CodeSet => {
    const key = setKey(codes);
    if (codes.length <= longestUnnamed || uses.get(key) === 1) return { codes };
    const set = named.get(key) ?? { name: `CodeSet${String(named.size + 1)}`, codes };
    named.set(key, set);
    return set;
  };
  const interned = grouped.map(({ id, groups }) => ({
    id,
    statuses: groups.map(([status, codes]) => ({ status, set: intern(codes) })),
  }));
  return { named: [...named.values()], operations: interned };
}

function groupByStatus(errors: readonly OperationError[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const { status, code } of errors) groups.set(status, [...(groups.get(status) ?? []), code]);
  return groups;
}

function setKey(codes: readonly string[]): string {
  return JSON.stringify(codes);
}
