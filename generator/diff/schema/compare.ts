/** Compares two schemas of what a server sends: which fields differ, who accepts what, and a value that proves it. */
import type { Json } from "../../json/json.ts";
import type { FieldDifference } from "./difference.ts";
import { nodeOf } from "./node.ts";
import { flatten, type SchemaSide } from "./side.ts";
import type { Closures } from "./same.ts";
import { isSubset } from "./subset.ts";
import { refute } from "./refute.ts";
import { Walker } from "./walk.ts";

/** Steps of a proof. */
const maxSteps = 3_000;

export type Relation = "equal" | "narrowed" | "widened" | "changed" | "unknown";

export interface SchemaComparison {
  /** From base to revision. `changed`: each accepts something that the other refuses. `unknown`: neither proved nor refuted. */
  readonly relation: Relation;
  readonly fields: readonly FieldDifference[];
  /** A value that the revision allows and the base refuses. */
  readonly newlyAllowed?: Json;
  /** A value that the base allows and the revision refuses. */
  readonly noLongerAllowed?: Json;
}

export function compareSchemas(
  base: SchemaSide,
  revision: SchemaSide,
  closures?: Closures,
): SchemaComparison {
  const same = (a: Json, b: Json): boolean => closures?.same(a, b) === true;
  if (same(base.schema, revision.schema)) return { relation: "equal", fields: [] };
  const options = { maxSteps, same: (a: Json, b: Json) => same(a, b) || same(b, a) };
  const narrower = isSubset(revision, base, options);
  const wider = isSubset(base, revision, options);
  const newlyAllowed = narrower ? undefined : findCounterexample(revision, base);
  const noLongerAllowed = wider ? undefined : findCounterexample(base, revision);
  const relation = relationOf(narrower, wider, newlyAllowed, noLongerAllowed);
  const walker = new Walker({ direction: "response", ...(closures === undefined ? {} : { same }) });
  const node = ({ document, schema, view = "plain" }: SchemaSide) =>
    nodeOf(document, [{ schema, pointer: "" }], view);
  const fields = relation === "equal" ? [] : walker.compare(node(base), node(revision));
  return {
    relation,
    fields,
    ...(newlyAllowed === undefined ? {} : { newlyAllowed }),
    ...(noLongerAllowed === undefined ? {} : { noLongerAllowed }),
  };
}

/** A value that `accepting` surely accepts and `refusing` surely refuses. */
export function findCounterexample(accepting: SchemaSide, refusing: SchemaSide): Json | undefined {
  return refute(flatten(accepting), flatten(refusing), false);
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
