/**
 * `unevaluatedProperties` and `unevaluatedItems` (core §11). What other keywords have evaluated is mostly known at
 * compile time; what depends on the value is a condition, computed once before the loop over members or items.
 */
import { reject, when } from "../reject.ts";
import { collectEvaluated, type Conditional, type Evaluated } from "../evaluated.ts";
import { member, placeAt, type Site } from "../site.ts";
import { allOf, anyOf, negate } from "../../code/conditions.ts";
import type { Step } from "../../code/steps.ts";
import { isSchema } from "../../analyse/subschemas.ts";
import { test } from "../ok-expression.ts";
import { eachItem } from "./array.ts";
import { isOther } from "./object.ts";

/** `site.view` holds the object's own members here. */
export function applyUnevaluatedProperties(site: Site): Step[] {
  const schema = site.schema["unevaluatedProperties"];
  if (!isSchema(schema) || schema === true) return [];
  const prelude: Step[] = [];
  const evaluated = collectEvaluated(site, "properties", prelude);
  if (evaluated.all) return [];
  const key = site.names.fresh("key");
  const item = site.names.fresh("item");
  const at = placeAt(site.at, `${site.unit.module.helper("token")}(${key})`);
  const node = site.compiler.store.child(site.node, schema, "unevaluatedProperties");
  const inner = member(site, node, item, at);
  const steps =
    schema === false ? [reject(inner, "true", "unevaluatedProperties")] : site.compiler.build(inner);
  const held: Step[] = [];
  const own = (one: Evaluated): string[] => notMember(site, one, key);
  const condition = allOf([`${item} !== undefined`, ...left(site, evaluated, own, held)]);
  const view = site.view ?? "";
  const body: Step[] = [
    { kind: "let", name: item, value: `${view}[${key}]` },
    ...held,
    ...when(condition, steps),
  ];
  return steps.length === 0 ? [] : [...prelude, { kind: "each", head: `const ${key} in ${view}`, body }];
}

/** Conditions that all hold where what is certainly evaluated does not have the member. */
function notMember(site: Site, evaluated: Evaluated, key: string): string[] {
  const own = isOther(site, key, [...evaluated.names], [...evaluated.patterns]);
  return own === "true" ? [] : [own];
}

/**
 * Conditions that all hold where a member or item is left: not evaluated by what `own` says of each part. Parts that are
 * met in several places become steps of their own, so that nothing is written twice.
 *
 * @param held receives those steps
 */
function left(
  site: Site,
  evaluated: Evaluated,
  own: (one: Evaluated) => readonly string[],
  held: Step[],
): string[] {
  const uses = countUses(evaluated);
  const known = new Map<Conditional, string>();
  const all = (one: Evaluated): string[] => [...own(one), ...[...one.conditional].map(conditional)];
  const conditional = (one: Conditional): string => {
    const found = known.get(one);
    if (found !== undefined) return found;
    const rest = one.inner.all ? [] : all(one.inner);
    const text =
      rest.length === 0 ? negate(one.condition) : anyOf([negate(one.condition), `(${allOf(rest)})`]);
    if (uses.get(one) === 1) return text;
    const name = site.names.fresh("left");
    held.push({ kind: "let", name, type: "boolean", value: text });
    known.set(one, name);
    return name;
  };
  return all(evaluated);
}

/** In how many places each condition is met. */
function countUses(evaluated: Evaluated): ReadonlyMap<Conditional, number> {
  const uses = new Map<Conditional, number>();
  const queue = [evaluated];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const one of next.conditional) {
      const known = uses.get(one) ?? 0;
      uses.set(one, known + 1);
      if (known === 0) queue.push(one.inner);
    }
  }
  return uses;
}

/** `site.value` is an array here. */
export function applyUnevaluatedItems(site: Site): Step[] {
  const schema = site.schema["unevaluatedItems"];
  if (!isSchema(schema) || schema === true) return [];
  const prelude: Step[] = [];
  const evaluated = collectEvaluated(site, "items", prelude);
  if (evaluated.all) return [];
  const node = site.compiler.store.child(site.node, schema, "unevaluatedItems");
  const loop = eachItem(site, evaluated.prefix, (item, index) => {
    const inner = member(site, node, item, placeAt(site.at, index));
    const steps = schema === false ? [reject(inner, "true", "unevaluatedItems")] : site.compiler.build(inner);
    const held: Step[] = [];
    const own = (one: Evaluated): string[] => notItem(one, item, index, evaluated.prefix);
    const conditions = left(site, evaluated, own, held);
    return conditions.length === 0 ? steps : [...held, ...when(allOf(conditions), steps)];
  });
  return loop.length === 0 ? [] : [...prelude, ...loop];
}

function notItem(evaluated: Evaluated, item: string, index: string, from: number): string[] {
  const conditions = evaluated.prefix > from ? [`${index} >= ${String(evaluated.prefix)}`] : [];
  for (const inner of evaluated.contains)
    conditions.push(negate(test(member(inner, inner.node, item, inner.at))));
  return conditions;
}
