/** Which members and items a schema evaluates, as far as it is known at compile time (core §7.7.1, §10.3, §11). */
import { append } from "../../json/append.ts";
import { asObject, isArray, isObject } from "../../json/json.ts";
import { jsonLiteral } from "../../print/literal.ts";
import { branches } from "./keywords/in-place.ts";
import { read } from "./keywords/members.ts";
import { referenced } from "./keywords/reference.ts";
import { enterResource, scopeKey } from "../analyse/scope.ts";
import type { SchemaSite, Site } from "./site.ts";
import { anyOf, negate } from "../code/conditions.ts";
import type { Tag } from "../analyse/facts.ts";
import { variantsOf } from "../analyse/discriminator.ts";
import type { Step } from "../code/steps.ts";
import type { SchemaNode } from "../analyse/store.ts";
import { isSchema } from "../analyse/subschemas.ts";
import { test } from "./ok-expression.ts";
import { types } from "../analyse/types.ts";

export interface Evaluated {
  /** Everything is evaluated: nothing is left for `unevaluated…`. */
  all: boolean;
  readonly names: Set<string>;
  readonly patterns: Set<string>;
  /** How many leading items. */
  prefix: number;
  /** Items that are valid against one of these. */
  readonly contains: Set<SchemaSite>;
  /** More, where a condition holds that is known once the value is. */
  readonly conditional: Set<Conditional>;
}

export interface Conditional {
  readonly condition: string;
  readonly inner: Evaluated;
}

type Kind = "properties" | "items";

/** What one search for evaluated members or items knows. */
interface Search {
  readonly kind: Kind;
  /** Schemas that references led to, by scope: each is searched once, however many ways lead to it. */
  readonly known: Map<SchemaNode, Map<string, Evaluated>>;
}

/** @param prelude receives the steps that compute the conditions */
export function collectEvaluated(site: Site, kind: Kind, prelude: Step[]): Evaluated {
  const evaluated = none();
  const seen = new Set<SchemaNode>([site.node]);
  collect(site, { kind, known: new Map() }, evaluated, prelude, seen, true);
  return evaluated;
}

function none(): Evaluated {
  return {
    all: false,
    names: new Set(),
    patterns: new Set(),
    prefix: 0,
    contains: new Set(),
    conditional: new Set(),
  };
}

function collect(
  site: Site,
  search: Search,
  into: Evaluated,
  prelude: Step[],
  seen: ReadonlySet<SchemaNode>,
  outermost: boolean,
): void {
  if (search.kind === "properties") ownProperties(site, into, outermost);
  else ownItems(site, into, outermost);
  if (into.all) return;
  for (const target of referenced(site)) follow({ ...site, node: target }, search, into, prelude, seen);
  for (const part of branches(site, "allOf")) enter(part, search, into, prelude, seen);
  for (const keyword of ["anyOf", "oneOf"]) {
    const all = branches(site, keyword);
    const named = keyword === "oneOf" ? namedBy(site, all) : undefined;
    for (const branch of all)
      conditionally(branch, () => named?.get(branch) ?? test(branch), search, into, prelude, seen);
  }
  collectIf(site, search, into, prelude, seen);
  for (const keyword of ["dependentSchemas", "dependencies"]) {
    for (const [name, schema] of Object.entries(asObject(site.schema[keyword]))) {
      if (!isSchema(schema) || site.view === undefined) continue;
      const node = site.compiler.store.child(site.node, schema, keyword, name);
      conditionally(
        { ...site, node },
        () => `${read(site, name)} !== undefined`,
        search,
        into,
        prelude,
        seen,
      );
    }
  }
}

/** The alternative that a discriminator names decides alone, whatever else the value fits: by it, a condition. */
function namedBy(site: Site, all: readonly SchemaSite[]): ReadonlyMap<SchemaSite, string> | undefined {
  const others = all.filter(({ node }) => site.compiler.facts.of(node).types !== types.null);
  const named = others.length < all.length - 1 ? undefined : variantsOf(site.compiler, site.node, others);
  if (named === undefined || site.view === undefined) return undefined;
  const member = read(site, named.member);
  const isOne = (tags: readonly Tag[]): string =>
    anyOf(tags.map((tag) => `${member} === ${jsonLiteral(tag)}`));
  return new Map(
    named.variants.map(({ branch, tags, isDefault }) => {
      const others = named.variants.filter((one) => one.branch !== branch).flatMap((one) => one.tags);
      return [branch, isDefault ? negate(`(${isOne(others)})`) : isOne(tags)];
    }),
  );
}

/** Searches what a reference leads to, once: documents share schemas, and ways to them multiply. */
function follow(
  given: SchemaSite,
  search: Search,
  into: Evaluated,
  prelude: Step[],
  seen: ReadonlySet<SchemaNode>,
): void {
  const { node, scope } = given;
  if (typeof node.schema === "boolean" || seen.has(node)) return;
  const scopes = search.known.get(node) ?? new Map<string, Evaluated>();
  search.known.set(node, scopes);
  const key = scopeKey(scope);
  const found = scopes.get(key) ?? none();
  if (!scopes.has(key)) {
    enter(given, search, found, prelude, seen);
    scopes.set(key, found);
  }
  into.all ||= found.all;
  into.prefix = Math.max(into.prefix, found.prefix);
  for (const name of found.names) into.names.add(name);
  for (const source of found.patterns) into.patterns.add(source);
  for (const one of found.contains) into.contains.add(one);
  for (const one of found.conditional) into.conditional.add(one);
}

function enter(
  given: SchemaSite,
  search: Search,
  into: Evaluated,
  prelude: Step[],
  seen: ReadonlySet<SchemaNode>,
): void {
  const { node } = given;
  if (typeof node.schema === "boolean" || seen.has(node)) return;
  const scope = enterResource(given.scope, node.resource, given.compiler.store);
  collect({ ...given, scope, schema: node.schema }, search, into, prelude, new Set([...seen, node]), false);
}

/** What a subschema evaluates counts only where the value is valid against it (core §7.7.1.1). */
function conditionally(
  site: SchemaSite,
  condition: () => string,
  search: Search,
  into: Evaluated,
  prelude: Step[],
  seen: ReadonlySet<SchemaNode>,
): void {
  const inner = none();
  const steps: Step[] = [];
  enter(site, search, inner, steps, seen);
  if (isNothing(inner)) return;
  const matches = site.names.fresh("matches");
  prelude.push({ kind: "let", name: matches, type: "boolean", value: condition() });
  append(prelude, steps);
  into.conditional.add({ condition: matches, inner });
}

function collectIf(
  site: Site,
  search: Search,
  into: Evaluated,
  prelude: Step[],
  seen: ReadonlySet<SchemaNode>,
): void {
  const schema = site.schema["if"];
  if (!isSchema(schema)) return;
  const { store } = site.compiler;
  const node = store.child(site.node, schema, "if");
  const holds = (): string => test({ ...site, node });
  conditionally({ ...site, node }, holds, search, into, prelude, seen);
  for (const keyword of ["then", "else"] as const) {
    const consequence = site.schema[keyword];
    if (!isSchema(consequence)) continue;
    const inner = { ...site, node: store.child(site.node, consequence, keyword) };
    conditionally(
      inner,
      () => (keyword === "then" ? holds() : negate(`(${holds()})`)),
      search,
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
    into.contains.add({ ...site, node: site.compiler.store.child(site.node, contains, "contains") });
}

function isNothing(one: Evaluated): boolean {
  const sizes = [one.names.size, one.patterns.size, one.prefix, one.contains.size, one.conditional.size];
  return !one.all && sizes.every((size) => size === 0);
}
