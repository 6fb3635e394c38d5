/** Keywords for arrays: `prefixItems`, `items`, `contains` (core §10.3.1) and lengths, `uniqueItems` (validation §6.4). */
import { append } from "../../../json/append.ts";
import { isArray, type Json } from "../../../json/json.ts";
import { reject, when } from "../reject.ts";
import { member, placeAt, placeIn, type Site } from "../site.ts";
import type { Step } from "../../code/steps.ts";
import type { SchemaNode } from "../../analyse/store.ts";
import { isSchema } from "../../analyse/subschemas.ts";
import { test } from "../ok-expression.ts";
import { asserted, count } from "./read.ts";

const keywords = ["minItems", "maxItems", "uniqueItems", "prefixItems", "items", "contains"];

export function hasArrayKeywords({ schema }: Site): boolean {
  return keywords.some((keyword) => schema[keyword] !== undefined);
}

/** `site.value` is an array here. Lengths come first: a body that is too long is turned down before it is walked. */
export function applyArray(site: Site): Step[] {
  const steps: Step[] = [];
  const most = count(site, "maxItems");
  const least = count(site, "minItems");
  if (most !== undefined)
    steps.push(reject(site, `${site.value}.length > ${String(most)}`, "maxItems", String(most)));
  if (least !== undefined && least > 0) {
    steps.push(reject(site, `${site.value}.length < ${String(least)}`, "minItems", String(least)));
  }
  append(steps, [...prefixItems(site), ...items(site), ...contains(site)]);
  if (asserted(site, "uniqueItems") === true) {
    steps.push(reject(site, `!${site.unit.module.helper("uniqueItems")}(${site.value})`, "uniqueItems"));
  }
  return steps;
}

function prefixItems(site: Site): Step[] {
  return prefix(site).flatMap((schema, index) => {
    if (!isSchema(schema)) return [];
    const item = site.names.fresh("item");
    const node = site.compiler.store.child(site.node, schema, "prefixItems", index);
    const steps = site.compiler.build(member(site, node, item, placeIn(site.at, String(index))));
    if (steps.length === 0) return [];
    const element: Step = {
      kind: "let",
      name: item,
      type: "unknown",
      value: `${site.value}[${String(index)}]`,
    };
    return when(`${site.value}.length > ${String(index)}`, [element, ...steps]);
  });
}

function items(site: Site): Step[] {
  const schema = site.schema["items"];
  if (!isSchema(schema)) return [];
  const from = prefix(site).length;
  if (schema === false)
    return [reject(site, `${site.value}.length > ${String(from)}`, "items", String(from))];
  const local = site.names.fresh("item");
  const index = site.names.fresh("index");
  const node = site.compiler.store.child(site.node, schema, "items");
  const steps = site.compiler.build(member(site, node, local, placeAt(site.at, index)));
  return steps.length === 0
    ? []
    : [{ kind: "items", list: site.value, at: site.at, from, index, local, steps }];
}

/** A loop over the items from `first` on; no loop where the body has nothing to do. */
export function eachItem(site: Site, first: number, body: (item: string, index: string) => Step[]): Step[] {
  const item = site.names.fresh("item");
  const index = site.names.fresh("index");
  const steps = body(item, index);
  if (steps.length === 0) return [];
  const head = `let ${index} = ${String(first)}; ${index} < ${site.value}.length; ${index}++`;
  const element: Step = { kind: "let", name: item, type: "unknown", value: `${site.value}[${index}]` };
  return [{ kind: "each", head, body: [element, ...steps] }];
}

/** How many items match `contains` (core §10.3.1.3, validation §6.4.4–5); `minContains: 0` makes it accept anything. */
function contains(site: Site): Step[] {
  const schema = site.schema["contains"];
  if (!isSchema(schema)) return [];
  const least = count(site, "minContains") ?? 1;
  const most = count(site, "maxContains");
  if (least === 0 && most === undefined) return [];
  const node: SchemaNode = site.compiler.store.child(site.node, schema, "contains");
  const matches = site.names.fresh("matches");
  const loop = eachItem(site, 0, (item) => [
    {
      kind: "branch",
      when: test(member(site, node, item, site.at)),
      then: [{ kind: "code", text: `${matches}++;` }],
      otherwise: [],
    },
  ]);
  const steps: Step[] = [{ kind: "code", text: `let ${matches} = 0;` }, ...loop];
  if (least > 0) {
    const rule = site.schema["minContains"] === undefined ? "contains" : "minContains";
    steps.push(reject(site, `${matches} < ${String(least)}`, rule, String(least)));
  }
  if (most !== undefined)
    steps.push(reject(site, `${matches} > ${String(most)}`, "maxContains", String(most)));
  return steps;
}

function prefix(site: Site): readonly Json[] {
  const value = site.schema["prefixItems"];
  return isArray(value) ? value : [];
}
