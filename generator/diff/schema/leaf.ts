/** What a place adds to the differences below it: the verdict about its values as a whole. */
import { asArray } from "../../json/json.ts";
import type { Direction, FieldChange, FieldDifference, Lifecycle } from "./difference.ts";
import { lifecycleOf } from "./lifecycle.ts";
import { branchesOf, nodeOf, pointerOf, type SchemaNode } from "./node.ts";
import { unrelated } from "./refute.ts";
import type { Relations } from "./relations.ts";
import { and, replacePart, typesOf, without, type Conjunction } from "./side.ts";

export interface Leaf {
  readonly relations: Relations;
  readonly direction: Direction;
}

/** The difference of two places whose members, items and alternatives have been compared; `isSafe` where it is proved safe. */
export function leafOf(
  { relations, direction }: Leaf,
  base: SchemaNode,
  revision: SchemaNode,
  isSafe: boolean,
): FieldDifference[] {
  const at = { path: "", steps: [], base: pointerOf(base), revision: pointerOf(revision) };
  if (isSafe) {
    const value = relations.opposite(base.all, revision.all);
    const kind = direction === "request" ? "widened" : "narrowed";
    return value === undefined ? [] : [{ ...at, kind, value }];
  }
  const value = relations.counterexample(base.all, revision.all);
  if (value === undefined)
    return [
      { ...at, kind: "changed", why: "the proof found neither that every value fits nor one that does not" },
    ];
  const kind = kindOf({ relations, direction }, base, revision);
  const lifecycle = direction === "request" ? announced(relations, base, revision) : undefined;
  return [lifecycle === undefined ? { ...at, kind, value } : { ...at, kind: "narrowed", value, lifecycle }];
}

function kindOf({ relations, direction }: Leaf, base: SchemaNode, revision: SchemaNode): FieldChange {
  if (unrelated(typesOf(base.all), typesOf(revision.all))) return "type-changed";
  if (direction === "request") return "narrowed";
  if (base.all.view !== "response") return "widened";
  const shape = (node: SchemaNode): Conjunction => nodeOf(node.all.document, node.located, "shape").all;
  return relations.within(shape(revision), shape(base), false) ? "loosened" : "widened";
}

/** The lifecycle of deprecated alternatives of the base, where the revision refuses nothing but them. */
function announced(relations: Relations, base: SchemaNode, revision: SchemaNode): Lifecycle | undefined {
  const lifecycles = branchesOf(base).map(lifecycleOf);
  const ending = lifecycles.filter(isEnding);
  const latest = ending
    .map(({ sunset }) => sunset)
    .sort()
    .at(-1);
  if (latest === undefined) return undefined;
  const index = base.all.parts.findIndex(
    (part) => part["anyOf"] !== undefined || part["oneOf"] !== undefined,
  );
  const part = base.all.parts[index] ?? {};
  const name = part["anyOf"] === undefined ? "oneOf" : "anyOf";
  const kept = asArray(part[name]).filter((_branch, place) => {
    const lifecycle = lifecycles[place];
    return lifecycle === undefined || !isEnding(lifecycle);
  });
  const rest = replacePart(base.all, index, [without(part, name)]);
  const remaining = and(rest, kept.length === 0 ? false : { [name]: kept });
  return relations.within(remaining, revision.all, true) ? { deprecated: true, sunset: latest } : undefined;
}

function isEnding(lifecycle: Lifecycle): lifecycle is Lifecycle & { readonly sunset: string } {
  return lifecycle.deprecated && lifecycle.sunset !== undefined;
}
