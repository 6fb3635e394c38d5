/** Pairs of nodes that have been compared, and every difference that can be reached from one. */
import { append } from "../../json/append.ts";
import type { FieldChange, FieldDifference, PathStep } from "./difference.ts";
import { lifecycleOf } from "./lifecycle.ts";
import type { SchemaNode } from "./node.ts";

/** Two nodes that have been compared: what differs there, and the pairs below them. */
export interface PairRecord {
  readonly base: SchemaNode;
  readonly revision: SchemaNode;
  direct: readonly FieldDifference[];
  readonly edges: Edge[];
  /** The whole is proved safe, whatever its alternatives say one by one. */
  isCovered: boolean;
  /** In some place it may be absent, so that its default counts. */
  isOptional: boolean;
}

export interface Edge {
  readonly record: PairRecord;
  readonly step?: PathStep;
  /** The component below. */
  readonly name?: string;
  /** A discriminator leads there: the schema of the node says nothing about it. */
  readonly isSubtype?: boolean;
}

/** Every cause that can be reached, once, on the shortest way. */
export function collect(start: PairRecord): readonly FieldDifference[] {
  const found: FieldDifference[] = [];
  const seen = new Set<PairRecord>();
  let level: { record: PairRecord; way: readonly Edge[]; isCovered: boolean }[] = [
    { record: start, way: [], isCovered: false },
  ];
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { record, way, isCovered } of level) {
      if (seen.has(record)) continue;
      seen.add(record);
      const covered = isCovered || record.isCovered;
      // Alternatives of what is proved as a whole say nothing about values.
      const kept = isCovered ? quiet(record.direct) : record.direct;
      const own = record.isOptional ? kept : kept.filter(({ kind }) => kind !== "default-changed");
      append(
        found,
        own.map((difference) =>
          way.reduceRight(prefixed, inherited(difference, [start, ...way.map((edge) => edge.record)])),
        ),
      );
      for (const edge of record.edges)
        next.push({
          record: edge.record,
          way: [...way, edge],
          isCovered: covered && edge.isSubtype !== true,
        });
    }
    level = next;
  }
  return found;
}

/** The promise of the closest schema around the difference that makes one. */
function inherited(difference: FieldDifference, around: readonly PairRecord[]): FieldDifference {
  if (difference.lifecycle?.stability !== undefined) return difference;
  for (const { base } of [...around].reverse()) {
    const { stability } = lifecycleOf(base);
    if (stability !== undefined)
      return { ...difference, lifecycle: { deprecated: false, ...difference.lifecycle, stability } };
  }
  return difference;
}

/** Of nodes that allow the same values: what is not a matter of values. */
export function quiet(found: readonly FieldDifference[]): readonly FieldDifference[] {
  const kinds: readonly FieldChange[] = ["default-changed", "deprecated", "removed", "ignored"];
  return found.filter(({ kind }) => kinds.includes(kind));
}

/** Puts a step before the path of a difference; a component that lies between gives it a name. */
function prefixed(difference: FieldDifference, { step, name }: Edge): FieldDifference {
  const head = step === undefined ? "" : step === "item" ? "[]" : step.member;
  return {
    ...difference,
    path: joinPath(head, difference.path),
    steps: [...(step === undefined ? [] : [step]), ...difference.steps],
    ...(difference.named !== undefined || name === undefined
      ? {}
      : { named: joinPath(name, difference.path) }),
  };
}

/** `a` and `b` → `a.b`; `a` and `[].b` → `a[].b`. */
export function joinPath(head: string, tail: string): string {
  return head === "" || tail === "" || tail.startsWith("[]") ? head + tail : `${head}.${tail}`;
}
