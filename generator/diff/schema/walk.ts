/** Walks two schemas side by side and names what differs, member by member. */
import { asArray, type Json } from "../../json/json.ts";
import { candidates } from "./candidates.ts";
import {
  harmful,
  type Direction,
  type FieldChange,
  type FieldDifference,
  type Lifecycle,
} from "./difference.ts";
import { isHidden } from "./hidden.ts";
import { declaredNames, isSendable, isUnsent, mentions } from "./members.ts";
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
import { canonicalText, propertyOf, sideOf, typesOf, type Conjunction, type TypeName } from "./side.ts";
import { isIncluded, type SubsetOptions } from "./subset.ts";
import { isValid } from "./validate.ts";

/** Levels of members and lists that are looked into for differences. */
const maxDepth = 24;
/** Values that are tried to refute an inclusion. */
const maxTries = 3_000;

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
  readonly #known = new Map<string, readonly FieldDifference[]>();
  /** Nodes of recursive schemas, whose differences are told further up: of this walk only. */
  readonly #passing = new Map<string, readonly FieldDifference[]>();
  #open = 0;
  readonly #relations = new Map<string, boolean>();

  constructor(options: WalkOptions) {
    this.#options = options;
  }

  /** The differences, none of two nodes that are proved to mean the same. */
  compare(base: SchemaNode, revision: SchemaNode, depth = 0): readonly FieldDifference[] {
    const key = `${nodeKey(base)}|${nodeKey(revision)}`;
    const before = this.#known.get(key) ?? this.#passing.get(key);
    if (before !== undefined) return before;
    // Asked again further down: whoever asked first reports.
    this.#passing.set(key, [{ kind: "cascading", path: "", steps: [], base: key }]);
    this.#open++;
    const found = this.#differences(base, revision, depth, key);
    this.#open--;
    const isWhole = found.every(({ kind }) => kind !== "cascading");
    (isWhole ? this.#known : this.#passing).set(key, found);
    if (isWhole) this.#passing.delete(key);
    if (this.#open > 0) return found;
    this.#passing.clear();
    return found.filter(({ kind }) => kind !== "cascading");
  }

  /** True if the receiving side is proved to accept all that the sending side may send. */
  isSafe(base: Conjunction, revision: Conjunction): boolean {
    return this.#options.direction === "request"
      ? this.#within(base, revision, true)
      : this.#within(revision, base, false);
  }

  /** A value that is sent and refused. */
  counterexample(base: Conjunction, revision: Conjunction): Json | undefined {
    const isRequest = this.#options.direction === "request";
    return isRequest ? refute(base, revision, true) : refute(revision, base, false);
  }

  #opposite(base: Conjunction, revision: Conjunction): Json | undefined {
    return this.#options.direction === "request"
      ? refute(revision, base, false)
      : refute(base, revision, false);
  }

  #isEqual(base: Conjunction, revision: Conjunction): boolean {
    return this.#within(base, revision, false) && this.#within(revision, base, false);
  }

  #within(inner: Conjunction, outer: Conjunction, declaredOnly: boolean): boolean {
    const key = `${String(declaredOnly)} ${textOf(inner)}<${textOf(outer)}`;
    const known = this.#relations.get(key);
    if (known !== undefined) return known;
    const { same } = this.#options;
    const isBase = inner.document !== outer.document;
    const options: SubsetOptions = {
      declaredOnly,
      ...(same === undefined || !isBase ? {} : { same: (a, b) => same(a, b) || same(b, a) }),
    };
    const result = isIncluded(inner, outer, options);
    this.#relations.set(key, result);
    return result;
  }

  #differences(
    base: SchemaNode,
    revision: SchemaNode,
    depth: number,
    key: string,
  ): readonly FieldDifference[] {
    const found: FieldDifference[] = [];
    if (depth > maxDepth) return found;
    const isEqual = this.#isEqual(base.all, revision.all);
    if (!isEqual || this.#options.annotations === true) {
      const inside = this.#descend(base, revision, depth);
      found.push(...inside.filter((one) => one.kind !== "cascading" || one.base !== key));
    }
    if (isEqual)
      return found.filter(({ kind }) => isAnnotation(kind) || kind === "removed" || kind === "ignored");
    const isSafe = this.isSafe(base.all, revision.all);
    const { direction } = this.#options;
    if (isSafe) {
      const calm = found.filter(({ kind }) => kind === "removed" || !harmful[direction].has(kind));
      return calm.length > 0 ? calm : this.#leaf(base, revision, true);
    }
    return found.some(({ kind }) => harmful[direction].has(kind))
      ? found
      : [...found, ...this.#leaf(base, revision, false)];
  }

  #leaf(base: SchemaNode, revision: SchemaNode, isSafe: boolean): FieldDifference[] {
    const { direction } = this.#options;
    const at = { path: "", steps: [], base: pointerOf(base), revision: pointerOf(revision) };
    if (isSafe) {
      const value = this.#opposite(base.all, revision.all);
      const kind = direction === "request" ? "widened" : "narrowed";
      return value === undefined ? [] : [{ ...at, kind, value }];
    }
    const value = this.counterexample(base.all, revision.all);
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
    return this.#within(shape(revision), shape(base), false) ? "loosened" : "widened";
  }

  #descend(base: SchemaNode, revision: SchemaNode, depth: number): readonly FieldDifference[] {
    const [a, b] = [typesOf(base.all), typesOf(revision.all)];
    const found: FieldDifference[] = [];
    if (this.#options.annotations === true) found.push(...this.#annotations(base, revision));
    const [left, right] = [branchesOf(base), branchesOf(revision)];
    if (left.length > 0 && right.length > 0) {
      for (const [one, other] of pairBranches(left, right))
        found.push(...prefixed(this.compare(one, other, depth + 1), one, other));
    }
    if (a.has("object") && b.has("object")) found.push(...this.#members(base, revision, depth));
    if (a.has("array") && b.has("array")) {
      const [one, other] = [itemsOf(base), itemsOf(revision)];
      if (one.located.length > 0 && other.located.length > 0)
        found.push(...prefixed(this.compare(one, other, depth + 1), one, other, "item"));
    }
    return found;
  }

  #members(base: SchemaNode, revision: SchemaNode, depth: number): readonly FieldDifference[] {
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
        found.push(...this.#gone(base, revision, name, { ...at, revision: pointerOf(revision) }));
      else if (!before.has(name))
        found.push(...this.#fresh(base, revision, name, { ...at, base: pointerOf(base) }));
      else {
        const lifecycle = lifecycleOf(one);
        if (needed.has(name) && !needs.has(name)) found.push({ ...at, kind: "optional", lifecycle });
        if (!needed.has(name) && needs.has(name)) found.push({ ...at, kind: "required", lifecycle });
        found.push(...prefixed(this.compare(one, other, depth + 1), one, other, step));
      }
    }
    const [rest, others] = [othersOf(base), othersOf(revision)];
    if (rest.located.length > 0 && others.located.length > 0)
      found.push(...prefixed(this.compare(rest, others, depth + 1), rest, others, { member: "*" }));
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
    return this.isSafe(before, now) ? [] : this.#refuted(before, now, at, "narrowed");
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
      return this.isSafe(before, now)
        ? [{ ...at, kind: "added" }]
        : this.#refuted(before, now, at, "widened");
    }
    if (required(revision).has(name) && !required(base).has(name)) return [{ ...at, kind: "required" }];
    if (isUnsent(base.all, name) || this.isSafe(before, now)) return [{ ...at, kind: "added" }];
    return this.#refuted(before, now, at, "narrowed");
  }

  #refuted(
    before: Conjunction,
    now: Conjunction,
    at: Omit<FieldDifference, "kind">,
    kind: FieldChange,
  ): FieldDifference[] {
    const value = this.counterexample(before, now);
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

function isAnnotation(kind: FieldChange): boolean {
  return kind === "default-changed" || kind === "deprecated";
}

function text(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : canonicalText(value);
}

/** What some schema of the node says with a keyword that is no assertion. */
export function valueOf(node: SchemaNode, keyword: string): Json | undefined {
  for (const schema of node.places.keys()) {
    if (schema[keyword] !== undefined) return schema[keyword];
  }
  return undefined;
}

/** What a node says about its own future. */
export function lifecycleOf(node: SchemaNode): Lifecycle {
  const sunset = valueOf(node, "x-sunset");
  const stability = valueOf(node, "x-stability") ?? valueOf(node, "x-stability-level");
  return {
    deprecated: valueOf(node, "deprecated") === true,
    ...(typeof sunset === "string" ? { sunset } : {}),
    ...(typeof stability === "string" ? { stability } : {}),
  };
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

function pairBranches(
  left: readonly SchemaNode[],
  right: readonly SchemaNode[],
): readonly (readonly [SchemaNode, SchemaNode])[] {
  const byName = left.flatMap((one) => {
    const other = one.name === undefined ? undefined : right.find(({ name }) => name === one.name);
    return other === undefined ? [] : [[one, other] as const];
  });
  if (byName.length > 0 || left.length !== right.length) return byName;
  return left.flatMap((one, index) => {
    const other = right[index];
    return other === undefined ? [] : [[one, other] as const];
  });
}

/** Puts a step before the paths of differences; a component that lies between gives them a name. */
function prefixed(
  found: readonly FieldDifference[],
  base: SchemaNode,
  revision: SchemaNode,
  step?: { readonly member: string } | "item",
): FieldDifference[] {
  const head = step === undefined ? "" : step === "item" ? "[]" : step.member;
  const name = revision.name ?? base.name;
  return found.map((difference) => ({
    ...difference,
    path: joinPath(head, difference.path),
    steps: [...(step === undefined ? [] : [step]), ...difference.steps],
    ...(difference.named !== undefined || name === undefined
      ? {}
      : { named: joinPath(name, difference.path) }),
  }));
}

/** `a` and `b` → `a.b`; `a` and `[].b` → `a[].b`. */
export function joinPath(head: string, tail: string): string {
  return head === "" || tail === "" || tail.startsWith("[]") ? head + tail : `${head}.${tail}`;
}

/** A value that `inner` surely accepts, that would be sent, and that `outer` surely refuses. */
export function refute(inner: Conjunction, outer: Conjunction, declaredOnly: boolean): Json | undefined {
  const [sent, received] = [sideOf(inner), sideOf(outer)];
  return candidates(sent, received)
    .slice(0, maxTries)
    .find(
      (value) =>
        isValid(received, value) === false &&
        isValid(sent, value) === true &&
        (!declaredOnly || isSendable(inner, outer, value)),
    );
}

function textOf(all: Conjunction): string {
  return nodeKey({ all, located: [], places: new Map() });
}

/** Some type on each side that the other does not have. */
function unrelated(a: ReadonlySet<TypeName>, b: ReadonlySet<TypeName>): boolean {
  if (a.size === 0 || b.size === 0) return false;
  return [...a].every((type) => !covers(b, type)) && [...b].every((type) => !covers(a, type));
}

function covers(types: ReadonlySet<TypeName>, type: TypeName): boolean {
  return (
    types.has(type) ||
    (type === "integer" && types.has("number")) ||
    (type === "number" && types.has("integer"))
  );
}
