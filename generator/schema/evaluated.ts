/** Which members and items a schema evaluates, as far as it is known at compile time (core §7.7.1, §10.3, §11). */
import { asObject, isArray, isObject } from "../json/json.ts";
import { branches } from "./keywords/in-place.ts";
import { read } from "./keywords/members.ts";
import { referenced } from "./keywords/reference.ts";
import { enterResource } from "./scope.ts";
import type { SchemaSite, Site } from "./site.ts";
import { negate } from "./conditions.ts";
import type { Step } from "./steps.ts";
import type { SchemaNode } from "./store.ts";
import { isSchema } from "./subschemas.ts";
import { test } from "./test.ts";

export interface Evaluated {
  /** Everything is evaluated: nothing is left for `unevaluated…`. */
  all: boolean;
  readonly names: Set<string>;
  readonly patterns: Set<string>;
  /** How many leading items. */
  prefix: number;
  /** Items that are valid against one of these. */
  readonly contains: SchemaSite[];
  /** More, where a condition holds that is known once the value is. */
  readonly conditional: { readonly condition: string; readonly inner: Evaluated }[];
}

type Kind = "properties" | "items";

/** @param prelude receives the steps that compute the conditions */
export function collectEvaluated(site: Site, kind: Kind, prelude: Step[]): Evaluated {
  const evaluated = none();
  const seen = new Set<SchemaNode>([site.node]);
  collect(site, kind, evaluated, prelude, seen, true);
  return evaluated;
}

function none(): Evaluated {
  return { all: false, names: new Set(), patterns: new Set(), prefix: 0, contains: [], conditional: [] };
}

function collect(
  site: Site,
  kind: Kind,
  into: Evaluated,
  prelude: Step[],
  seen: ReadonlySet<SchemaNode>,
  outermost: boolean,
): void {
  if (kind === "properties") ownProperties(site, into, outermost);
  else ownItems(site, into, outermost);
  if (into.all) return;
  for (const target of referenced(site)) enter({ ...site, node: target }, kind, into, prelude, seen);
  for (const part of branches(site, "allOf")) enter(part, kind, into, prelude, seen);
  for (const keyword of ["anyOf", "oneOf"]) {
    for (const branch of branches(site, keyword))
      conditionally(branch, () => test(branch), kind, into, prelude, seen);
  }
  collectIf(site, kind, into, prelude, seen);
  for (const keyword of ["dependentSchemas", "dependencies"]) {
    for (const [name, schema] of Object.entries(asObject(site.schema[keyword]))) {
      if (!isSchema(schema) || site.view === undefined) continue;
      const node = site.compiler.store.child(site.node, schema, keyword, name);
      conditionally({ ...site, node }, () => `${read(site, name)} !== undefined`, kind, into, prelude, seen);
    }
  }
}

function enter(
  given: SchemaSite,
  kind: Kind,
  into: Evaluated,
  prelude: Step[],
  seen: ReadonlySet<SchemaNode>,
): void {
  const { node } = given;
  if (typeof node.schema === "boolean" || seen.has(node)) return;
  const scope = enterResource(given.scope, node.resource, given.compiler.store);
  collect({ ...given, scope, schema: node.schema }, kind, into, prelude, new Set([...seen, node]), false);
}

/** What a subschema evaluates counts only where the value is valid against it (core §7.7.1.1). */
function conditionally(
  site: SchemaSite,
  condition: () => string,
  kind: Kind,
  into: Evaluated,
  prelude: Step[],
  seen: ReadonlySet<SchemaNode>,
): void {
  const inner = none();
  const steps: Step[] = [];
  enter(site, kind, inner, steps, seen);
  if (isNothing(inner)) return;
  const matches = site.names.fresh("matches");
  prelude.push({ kind: "let", name: matches, type: "boolean", value: condition() }, ...steps);
  into.conditional.push({ condition: matches, inner });
}

function collectIf(
  site: Site,
  kind: Kind,
  into: Evaluated,
  prelude: Step[],
  seen: ReadonlySet<SchemaNode>,
): void {
  const schema = site.schema["if"];
  if (!isSchema(schema)) return;
  const { store } = site.compiler;
  const node = store.child(site.node, schema, "if");
  const holds = (): string => test({ ...site, node });
  conditionally({ ...site, node }, holds, kind, into, prelude, seen);
  for (const keyword of ["then", "else"] as const) {
    const consequence = site.schema[keyword];
    if (!isSchema(consequence)) continue;
    const inner = { ...site, node: store.child(site.node, consequence, keyword) };
    conditionally(
      inner,
      () => (keyword === "then" ? holds() : negate(`(${holds()})`)),
      kind,
      into,
      prelude,
      seen,
    );
  }
}

function ownProperties({ schema }: Site, into: Evaluated, outermost: boolean): void {
  if (
    schema["additionalProperties"] !== undefined ||
    (!outermost && schema["unevaluatedProperties"] !== undefined)
  ) {
    into.all = true;
  }
  const { properties, patternProperties } = schema;
  for (const name of isObject(properties) ? Object.keys(properties) : []) into.names.add(name);
  for (const source of isObject(patternProperties) ? Object.keys(patternProperties) : [])
    into.patterns.add(source);
}

function ownItems(site: Site, into: Evaluated, outermost: boolean): void {
  const { schema } = site;
  if (schema["items"] !== undefined || (!outermost && schema["unevaluatedItems"] !== undefined))
    into.all = true;
  if (isArray(schema["prefixItems"])) into.prefix = Math.max(into.prefix, schema["prefixItems"].length);
  const { contains } = schema;
  if (isSchema(contains))
    into.contains.push({ ...site, node: site.compiler.store.child(site.node, contains, "contains") });
}

function isNothing(one: Evaluated): boolean {
  const sizes = [one.names.size, one.patterns.size, one.prefix, one.contains.length, one.conditional.length];
  return !one.all && sizes.every((size) => size === 0);
}
