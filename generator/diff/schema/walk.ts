/** Walks two schemas side by side and names what differs, member by member. */
import { append } from "../../json/append.ts";
import type { Json } from "../../json/json.ts";
import { pointerTokens } from "../../json/pointer.ts";
import { overlap, pairBranches } from "./branches.ts";
import { areCongruent, isStrict } from "./congruent.ts";
import { harmful, type Direction, type FieldChange, type FieldDifference } from "./difference.ts";
import { isHidden } from "./hidden.ts";
import type { Subtypes } from "./inheritance.ts";
import { leafOf } from "./leaf.ts";
import { annotationChanges, lifecycleOf } from "./lifecycle.ts";
import { isTaken, isUnsent, mentions, required, visibleNames } from "./members.ts";
import {
  branchesOf,
  componentAt,
  itemsOf,
  memberOf,
  nodeKey,
  othersOf,
  pointerOf,
  subtypesAt,
  type SchemaNode,
} from "./node.ts";
import { propertyOf, typesOf, type Conjunction } from "./side.ts";
import { collect, quiet, type Edge, type PairRecord } from "./records.ts";
import { Relations } from "./relations.ts";

export interface WalkOptions {
  readonly direction: Direction;
  /** True if these two are written the same, with all that they refer to. The first is the base's. */
  readonly same?: (base: Json, revision: Json) => boolean;
  /** Report changes that do not concern values: defaults, deprecations. */
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
    start.isOptional = true;
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
    const record: PairRecord = { base, revision, direct: [], edges: [], isCovered: false, isOptional: false };
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
    return leafOf({ relations: this.#relations, direction: this.#options.direction }, base, revision, isSafe);
  }

  #descend(
    record: PairRecord,
    pairs: readonly (readonly [SchemaNode, SchemaNode])[],
  ): readonly FieldDifference[] {
    const { base, revision } = record;
    const [a, b] = [typesOf(base.all), typesOf(revision.all)];
    const found: FieldDifference[] = [];
    if (this.#options.annotations === true)
      append(found, annotationChanges(this.#options.direction, base, revision));
    for (const [one, other] of pairs) this.#below(record, one, other);
    if (a.has("object") && b.has("object")) append(found, this.#members(record));
    append(found, this.#subtypes(record));
    if (a.has("array") && b.has("array"))
      this.#below(record, itemsOf(base), itemsOf(revision), { step: "item" });
    return found;
  }

  /** What a discriminator leads to without listing it. */
  #subtypes(record: PairRecord): readonly FieldDifference[] {
    const { base, revision } = record;
    const [before, after] = [subtypesAt(base), subtypesAt(revision)];
    const path = after.property === "" ? before.property : after.property;
    const steps = [{ member: path }];
    const at = { path, steps, base: pointerOf(base), revision: pointerOf(revision) };
    const found: FieldDifference[] = [];
    const isRequest = this.#options.direction === "request";
    for (const [value, pointer] of before.byValue) {
      const now = after.byValue.get(value);
      if (now !== undefined)
        this.#below(record, componentAt(base, pointer), componentAt(revision, now), { isSubtype: true });
      // Whether the name of a schema still counts beside a mapping of it, specifications leave open.
      else found.push({ ...at, kind: isImplicit(value, pointer, after) ? "changed" : "narrowed" });
    }
    if ([...after.byValue.keys()].some((value) => !before.byValue.has(value)))
      found.push({ ...at, kind: isRequest ? "widened" : "loosened" });
    return found;
  }

  #below(
    record: PairRecord,
    one: SchemaNode,
    other: SchemaNode,
    how: Pick<Edge, "step" | "isSubtype"> & { readonly isRequired?: boolean } = {},
  ): void {
    if (one.located.length === 0 || other.located.length === 0 || this.#isSame(one, other)) return;
    const name = other.name ?? one.name;
    const { isRequired = false, ...edge } = how;
    const next = this.#record(one, other);
    if (!isRequired) next.isOptional = true;
    record.edges.push({ ...edge, record: next, ...(name === undefined ? {} : { name }) });
  }

  #members(record: PairRecord): readonly FieldDifference[] {
    const { base, revision } = record;
    const found: FieldDifference[] = [];
    const [before, after] = [visibleNames(base.all), visibleNames(revision.all)];
    const [needed, needs] = [required(base.all), required(revision.all)];
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
        this.#below(record, one, other, { step, isRequired: needed.has(name) && needs.has(name) });
      }
    }
    this.#below(record, othersOf(base), othersOf(revision), { step: { member: "*" } });
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
    if (required(revision.all).has(name) && !required(base.all).has(name))
      return [{ ...at, kind: "required" }];
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
}

function isImplicit(value: string, pointer: string, { byValue }: Subtypes): boolean {
  return pointerTokens(pointer).at(-1) === value && [...byValue.values()].includes(pointer);
}

function equalByText(base: Json, revision: Json): boolean {
  return base === revision;
}
