/** Walks two schemas side by side and names what differs, member by member. */
import { append } from "../../json/append.ts";
import { asArray, type Json } from "../../json/json.ts";
import { overlap, pairBranches } from "./branches.ts";
import { areCongruent, isStrict } from "./congruent.ts";
import {
  harmful,
  type Direction,
  type FieldChange,
  type FieldDifference,
  type PathStep,
} from "./difference.ts";
import { isHidden } from "./hidden.ts";
import { lifecycleOf, valueOf } from "./lifecycle.ts";
import { declaredNames, isUnsent, mentions } from "./members.ts";
import {
  branchesOf,
  itemsOf,
  memberOf,
  nodeKey,
  nodeOf,
  othersOf,
  pointerOf,
  type SchemaNode,
} from "./node.ts";
import { canonicalText, propertyOf, typesOf, type Conjunction } from "./side.ts";
import { unrelated } from "./refute.ts";
import { collect, quiet, type PairRecord } from "./records.ts";
import { Relations } from "./relations.ts";

export interface WalkOptions {
  readonly direction: Direction;
  /** Are these two written the same, with all that they refer to? The first is the base's. */
  readonly same?: (base: Json, revision: Json) => boolean;
  /** Report changes that are no question of values: defaults, deprecations. */
  readonly annotations?: boolean;
}

/** Compares pairs of nodes in one direction; remembers what it has compared. */
export class Walker {
  readonly #options: WalkOptions;
  readonly #records = new Map<string, PairRecord>();
  /** Records whose differences have not been looked for yet. */
  readonly #waiting: PairRecord[] = [];
  readonly #relations: Relations;

  constructor(options: WalkOptions) {
    this.#options = options;
    this.#relations = new Relations(options.direction, options.same, (key) => this.#records.has(key));
  }

  /** The differences, none of two nodes that are proved to mean the same. */
  compare(base: SchemaNode, revision: SchemaNode): readonly FieldDifference[] {
    const start = this.#record(base, revision);
    while (this.#waiting.length > 0) {
      const next = this.#waiting.pop();
      if (next !== undefined) this.#fill(next);
    }
    return collect(start);
  }

  #record(base: SchemaNode, revision: SchemaNode): PairRecord {
    const key = `${nodeKey(base)}|${nodeKey(revision)}`;
    const known = this.#records.get(key);
    if (known !== undefined) return known;
    const record: PairRecord = { base, revision, direct: [], edges: [], isCovered: false };
    this.#records.set(key, record);
    this.#waiting.push(record);
    return record;
  }

  #fill(record: PairRecord): void {
    const { base, revision } = record;
    if (this.#isSame(base, revision)) return;
    const [left, right] = [branchesOf(base), branchesOf(revision)];
    const pairs = pairBranches(left, right);
    // Alternatives can cover for each other, and a wider one makes `oneOf` refuse more.
    const isWhole = pairs.length > 0 && (overlap(left) || overlap(right));
    record.isCovered = isWhole && this.#relations.isSafeQuickly(base.all, revision.all);
    const direct = this.#descend(record, pairs);
    const same = this.#options.same ?? equalByText;
    const isPaired = pairs.length === Math.max(left.length, right.length);
    const isMonotone = !isStrict(base) || !isWhole || this.#relations.isSafeQuickly(base.all, revision.all);
    const isCongruent = isPaired && isMonotone && areCongruent(base, revision, same);
    if (record.isCovered) {
      const isEqual = this.#relations.isEqualQuickly(base.all, revision.all);
      record.direct = isEqual ? quiet(direct) : [...direct, ...this.#leaf(base, revision, true)];
      return;
    }
    record.direct = isCongruent ? direct : this.#own(base, revision, direct, !isMonotone);
  }

  /** What the node itself adds to the differences below it. */
  #own(
    base: SchemaNode,
    revision: SchemaNode,
    inside: readonly FieldDifference[],
    isEntangled: boolean,
  ): readonly FieldDifference[] {
    const harm = harmful[this.#options.direction];
    const isHarmful = inside.some(({ kind }) => harm.has(kind));
    if (isEntangled) return isHarmful ? inside : [...inside, ...this.#leaf(base, revision, false)];
    if (this.#relations.isEqual(base.all, revision.all)) return isHarmful ? inside : quiet(inside);
    if (!this.#relations.isSafe(base.all, revision.all)) {
      return isHarmful ? inside : [...inside, ...this.#leaf(base, revision, false)];
    }
    return isHarmful ? inside : this.#calm(base, revision, inside);
  }

  /** The differences of nodes that are proved safe. */
  #calm(
    base: SchemaNode,
    revision: SchemaNode,
    inside: readonly FieldDifference[],
  ): readonly FieldDifference[] {
    const harm = harmful[this.#options.direction];
    const calm = inside.filter(({ kind }) => kind === "removed" || !harm.has(kind));
    return calm.length > 0 || this.#relations.isEqual(base.all, revision.all)
      ? calm
      : this.#leaf(base, revision, true);
  }

  #isSame(base: SchemaNode, revision: SchemaNode): boolean {
    const [[one, ...more], [other, ...others]] = [base.located, revision.located];
    if (more.length > 0 || others.length > 0 || one === undefined || other === undefined) return false;
    return this.#options.same?.(one.schema, other.schema) === true;
  }

  #leaf(base: SchemaNode, revision: SchemaNode, isSafe: boolean): FieldDifference[] {
    const { direction } = this.#options;
    const at = { path: "", steps: [], base: pointerOf(base), revision: pointerOf(revision) };
    if (isSafe) {
      const value = this.#relations.opposite(base.all, revision.all);
      const kind = direction === "request" ? "widened" : "narrowed";
      return value === undefined ? [] : [{ ...at, kind, value }];
    }
    const value = this.#relations.counterexample(base.all, revision.all);
    if (value === undefined)
      return [
        {
          ...at,
          kind: "changed",
          why: "the proof found neither that every value fits nor one that does not",
        },
      ];
    return [{ ...at, kind: this.#kindOf(base, revision), value }];
  }

  #kindOf(base: SchemaNode, revision: SchemaNode): FieldChange {
    if (unrelated(typesOf(base.all), typesOf(revision.all))) return "type-changed";
    if (this.#options.direction === "request") return "narrowed";
    if (base.all.view !== "response") return "widened";
    const shape = (node: SchemaNode): Conjunction => nodeOf(node.all.document, node.located, "shape").all;
    return this.#relations.within(shape(revision), shape(base), false) ? "loosened" : "widened";
  }

  #descend(
    record: PairRecord,
    pairs: readonly (readonly [SchemaNode, SchemaNode])[],
  ): readonly FieldDifference[] {
    const { base, revision } = record;
    const [a, b] = [typesOf(base.all), typesOf(revision.all)];
    const found: FieldDifference[] = [];
    if (this.#options.annotations === true) append(found, this.#annotations(base, revision));
    for (const [one, other] of pairs) this.#below(record, one, other);
    if (a.has("object") && b.has("object")) append(found, this.#members(record));
    if (a.has("array") && b.has("array")) this.#below(record, itemsOf(base), itemsOf(revision), "item");
    return found;
  }

  #below(record: PairRecord, one: SchemaNode, other: SchemaNode, step?: PathStep): void {
    if (one.located.length === 0 || other.located.length === 0 || this.#isSame(one, other)) return;
    const name = other.name ?? one.name;
    record.edges.push({
      record: this.#record(one, other),
      ...(step === undefined ? {} : { step }),
      ...(name === undefined ? {} : { name }),
    });
  }

  #members(record: PairRecord): readonly FieldDifference[] {
    const { base, revision } = record;
    const found: FieldDifference[] = [];
    const [before, after] = [visibleNames(base), visibleNames(revision)];
    const [needed, needs] = [required(base), required(revision)];
    for (const name of new Set([...before, ...after])) {
      const step = { member: name };
      const [one, other] = [memberOf(base, name), memberOf(revision, name)];
      const at = { path: name, steps: [step], base: pointerOf(one), revision: pointerOf(other) };
      // What alternatives declare is compared with them.
      const [declares, declared] = [mentions(base.all, name), mentions(revision.all, name)];
      if (!after.has(name) ? declared : !before.has(name) && declares) continue;
      if (!after.has(name))
        append(found, this.#gone(base, revision, name, { ...at, revision: pointerOf(revision) }));
      else if (!before.has(name))
        append(found, this.#fresh(base, revision, name, { ...at, base: pointerOf(base) }));
      else {
        const lifecycle = lifecycleOf(one);
        if (needed.has(name) && !needs.has(name)) found.push({ ...at, kind: "optional", lifecycle });
        if (!needed.has(name) && needs.has(name)) found.push({ ...at, kind: "required", lifecycle });
        this.#below(record, one, other, step);
      }
    }
    this.#below(record, othersOf(base), othersOf(revision), { member: "*" });
    return found;
  }

  /** A member that only the base declares. */
  #gone(
    base: SchemaNode,
    revision: SchemaNode,
    name: string,
    at: Omit<FieldDifference, "kind">,
  ): FieldDifference[] {
    const lifecycle = lifecycleOf(memberOf(base, name));
    if (this.#options.direction === "response") return [{ ...at, kind: "removed", lifecycle }];
    const now = propertyOf(revision.all, name);
    if (isHidden(revision.all.parts, name)) return [{ ...at, kind: "ignored", lifecycle }];
    if (now.never) return [{ ...at, kind: "removed", lifecycle }];
    if (now.parts.length === 0)
      return isTaken(revision.all, name) ? [] : [{ ...at, kind: "ignored", lifecycle }];
    const before = propertyOf(base.all, name);
    return this.#relations.isSafe(before, now) ? [] : this.#refuted(before, now, at, "narrowed");
  }

  /** A member that only the revision declares. */
  #fresh(
    base: SchemaNode,
    revision: SchemaNode,
    name: string,
    at: Omit<FieldDifference, "kind">,
  ): FieldDifference[] {
    const [before, now] = [propertyOf(base.all, name), propertyOf(revision.all, name)];
    if (this.#options.direction === "response") {
      if (before.never) return [{ ...at, kind: "unexpected" }];
      return this.#relations.isSafe(before, now)
        ? [{ ...at, kind: "added" }]
        : this.#refuted(before, now, at, "widened");
    }
    if (required(revision).has(name) && !required(base).has(name)) return [{ ...at, kind: "required" }];
    if (isUnsent(base.all, name) || this.#relations.isSafe(before, now)) return [{ ...at, kind: "added" }];
    return this.#refuted(before, now, at, "narrowed");
  }

  #refuted(
    before: Conjunction,
    now: Conjunction,
    at: Omit<FieldDifference, "kind">,
    kind: FieldChange,
  ): FieldDifference[] {
    const value = this.#relations.counterexample(before, now);
    return [value === undefined ? { ...at, kind: "changed" } : { ...at, kind, value }];
  }

  #annotations(base: SchemaNode, revision: SchemaNode): FieldDifference[] {
    const at = { path: "", steps: [], base: pointerOf(base), revision: pointerOf(revision) };
    const found: FieldDifference[] = [];
    const [before, after] = [valueOf(base, "default"), valueOf(revision, "default")];
    const isDefault = before !== undefined || after !== undefined;
    if (this.#options.direction === "request" && isDefault && text(before) !== text(after))
      found.push({ ...at, kind: "default-changed" });
    if (valueOf(base, "deprecated") !== true && valueOf(revision, "deprecated") === true)
      found.push({ ...at, kind: "deprecated" });
    return found;
  }
}

function equalByText(base: Json, revision: Json): boolean {
  return base === revision;
}

function text(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : canonicalText(value);
}

function isTaken(all: Conjunction, name: string): boolean {
  return !isUnsent(all, name) && declaredNames(all).size > 0;
}

function visibleNames({ all }: SchemaNode): ReadonlySet<string> {
  return new Set([...declaredNames(all)].filter((name) => !isHidden(all.parts, name)));
}

function required({ all }: SchemaNode): ReadonlySet<Json> {
  return new Set(all.parts.flatMap((part) => asArray(part["required"])));
}
