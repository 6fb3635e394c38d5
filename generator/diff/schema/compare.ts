/** Compares two schemas of what a server sends: which fields differ, who accepts what, and a value that proves it. */
import { asArray, asObject, type Json } from "../../json/json.ts";
import { candidates } from "./candidates.ts";
import {
  conjunction,
  propertyOf,
  typesOf,
  type Conjunction,
  type SchemaSide,
  type TypeName,
} from "./side.ts";
import { isSubset } from "./subset.ts";
import { isValid } from "./validate.ts";

export type Relation = "equal" | "narrowed" | "widened" | "changed" | "unknown";

export type FieldChange =
  "removed" | "added" | "optional" | "required" | "type-changed" | "narrowed" | "widened" | "changed";

export interface FieldDifference {
  readonly kind: FieldChange;
  /** Names of properties from the root, `[]` for the items of a list: `issues[].rule`; `""` is the root. */
  readonly path: string;
}

export interface SchemaComparison {
  /** From base to revision. `changed`: each accepts something that the other refuses. `unknown`: neither proved nor refuted. */
  readonly relation: Relation;
  readonly fields: readonly FieldDifference[];
  /** A value that the revision allows and the base refuses. */
  readonly newlyAllowed?: Json;
  /** A value that the base allows and the revision refuses. */
  readonly noLongerAllowed?: Json;
}

/** Levels of objects and lists that are looked into for differences. */
const maxDepth = 8;

export function compareSchemas(base: SchemaSide, revision: SchemaSide): SchemaComparison {
  const narrower = isSubset(revision, base);
  const wider = isSubset(base, revision);
  const newlyAllowed = narrower ? undefined : counterexample(revision, base);
  const noLongerAllowed = wider ? undefined : counterexample(base, revision);
  const relation = relationOf(narrower, wider, newlyAllowed, noLongerAllowed);
  const fields = relation === "equal" ? [] : fieldDifferences(base, revision);
  return {
    relation,
    fields,
    ...(newlyAllowed === undefined ? {} : { newlyAllowed }),
    ...(noLongerAllowed === undefined ? {} : { noLongerAllowed }),
  };
}

/** A value that `accepting` surely accepts and `refusing` surely refuses. */
export function counterexample(accepting: SchemaSide, refusing: SchemaSide): Json | undefined {
  return candidates(accepting, refusing).find(
    (value) => isValid(accepting, value) === true && isValid(refusing, value) === false,
  );
}

function relationOf(
  narrower: boolean,
  wider: boolean,
  newlyAllowed: Json | undefined,
  noLongerAllowed: Json | undefined,
): Relation {
  if (narrower && wider) return "equal";
  if (newlyAllowed !== undefined && noLongerAllowed !== undefined) return "changed";
  if (narrower) return noLongerAllowed === undefined ? "unknown" : "narrowed";
  if (wider) return newlyAllowed === undefined ? "unknown" : "widened";
  return "unknown";
}

/** Field by field, down to what is no object and no list; where nothing of that differs, the whole. */
function fieldDifferences(base: SchemaSide, revision: SchemaSide): FieldDifference[] {
  const walker = new Walker();
  walker.compare(
    conjunction(base.document, [base.schema]),
    conjunction(revision.document, [revision.schema]),
    "",
    0,
  );
  return walker.differences;
}

class Walker {
  readonly differences: FieldDifference[] = [];

  compare(base: Conjunction, revision: Conjunction, path: string, depth: number): void {
    const [sideA, sideB] = [sideOf(base), sideOf(revision)];
    const narrower = isSubset(sideB, sideA);
    const wider = isSubset(sideA, sideB);
    if (narrower && wider) return;
    const before = this.differences.length;
    const [typesA, typesB] = [typesOf(base), typesOf(revision)];
    if (only(typesA, "object") && only(typesB, "object") && depth < maxDepth) {
      this.#properties(base, revision, path, depth);
    } else if (only(typesA, "array") && only(typesB, "array") && depth < maxDepth) {
      this.compare(items(base), items(revision), `${path}[]`, depth + 1);
    } else if (unrelated(typesA, typesB)) {
      this.differences.push({ kind: "type-changed", path });
    }
    if (this.differences.length === before) {
      this.differences.push({ kind: leafKind(narrower, sideA, sideB), path });
    }
  }

  #properties(base: Conjunction, revision: Conjunction, path: string, depth: number): void {
    const [before, after] = [names(base), names(revision)];
    const [needed, needs] = [required(base), required(revision)];
    for (const name of new Set([...before, ...after])) {
      const at = path === "" ? name : `${path}.${name}`;
      if (!after.has(name)) this.differences.push({ kind: "removed", path: at });
      else if (!before.has(name)) this.differences.push({ kind: "added", path: at });
      else {
        if (needed.has(name) && !needs.has(name)) this.differences.push({ kind: "optional", path: at });
        if (!needed.has(name) && needs.has(name)) this.differences.push({ kind: "required", path: at });
        this.compare(propertyOf(base, name), propertyOf(revision, name), at, depth + 1);
      }
    }
  }
}

/** Only what a value proves counts as widened. */
function leafKind(narrower: boolean, base: SchemaSide, revision: SchemaSide): FieldChange {
  if (narrower) return "narrowed";
  return counterexample(revision, base) === undefined ? "changed" : "widened";
}

function sideOf(all: Conjunction): SchemaSide {
  return { document: all.document, schema: all.never ? false : { allOf: all.parts } };
}

function items(all: Conjunction): Conjunction {
  return conjunction(
    all.document,
    all.parts.map((part) => part["items"]),
  );
}

function only(types: ReadonlySet<TypeName>, type: TypeName): boolean {
  return types.size === 1 && types.has(type);
}

/** Some type on each side that the other does not have. */
function unrelated(a: ReadonlySet<TypeName>, b: ReadonlySet<TypeName>): boolean {
  return [...a].every((type) => !covers(b, type)) && [...b].every((type) => !covers(a, type));
}

function covers(types: ReadonlySet<TypeName>, type: TypeName): boolean {
  return (
    types.has(type) ||
    (type === "integer" && types.has("number")) ||
    (type === "number" && types.has("integer"))
  );
}

function names(all: Conjunction): ReadonlySet<string> {
  return new Set(all.parts.flatMap((part) => Object.keys(asObject(part["properties"]))));
}

function required(all: Conjunction): ReadonlySet<Json> {
  return new Set(all.parts.flatMap((part) => asArray(part["required"])));
}
