/**
 * `unevaluatedProperties` and `unevaluatedItems` (core §11). What other keywords have evaluated is mostly known at
 * compile time; what depends on the value is a condition, computed once before the loop over members or items.
 */
import { build, reject, when } from "../build.ts";
import { collectEvaluated, type Evaluated } from "../evaluated.ts";
import { member, placeAt, type Site } from "../site.ts";
import { allOf, anyOf, negate } from "../conditions.ts";
import type { Step } from "../steps.ts";
import { isSchema } from "../subschemas.ts";
import { test } from "../test.ts";
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
  const steps = schema === false ? [reject(inner, "true", "unevaluatedProperties")] : build(inner);
  const condition = allOf([`${item} !== undefined`, ...notMember(site, evaluated, key)]);
  const view = site.view ?? "";
  const body: Step[] = [{ kind: "let", name: item, value: `${view}[${key}]` }, ...when(condition, steps)];
  return steps.length === 0 ? [] : [...prelude, { kind: "each", head: `const ${key} in ${view}`, body }];
}

/** Conditions that all hold where the member has not been evaluated. */
function notMember(site: Site, evaluated: Evaluated, key: string): string[] {
  const own = isOther(site, key, [...evaluated.names], [...evaluated.patterns]);
  const conditions = own === "true" ? [] : [own];
  for (const { condition, inner } of evaluated.conditional) {
    const rest = inner.all ? [] : notMember(site, inner, key);
    conditions.push(rest.length === 0 ? negate(condition) : anyOf([negate(condition), `(${allOf(rest)})`]));
  }
  return conditions;
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
    const steps = schema === false ? [reject(inner, "true", "unevaluatedItems")] : build(inner);
    const conditions = notItem(site, evaluated, item, index, evaluated.prefix);
    return conditions.length === 0 ? steps : when(allOf(conditions), steps);
  });
  return loop.length === 0 ? [] : [...prelude, ...loop];
}

function notItem(site: Site, evaluated: Evaluated, item: string, index: string, from: number): string[] {
  const conditions = evaluated.prefix > from ? [`${index} >= ${String(evaluated.prefix)}`] : [];
  for (const inner of evaluated.contains)
    conditions.push(negate(test(member(inner, inner.node, item, inner.at))));
  for (const { condition, inner } of evaluated.conditional) {
    const rest = inner.all ? [] : notItem(site, inner, item, index, from);
    conditions.push(rest.length === 0 ? negate(condition) : anyOf([negate(condition), `(${allOf(rest)})`]));
  }
  return conditions;
}
