/**
 * `anyOf` and `oneOf` (core §10.2.1). Where the alternatives cannot both apply, because they are of different types or
 * because a member says which one is meant, the value is looked at once and the right one reports its issues. Else all
 * are tried.
 */
import { jsonLiteral, stringLiteral } from "../../../print/literal.ts";
import { reject, when } from "../reject.ts";
import { anyOf } from "../../code/conditions.ts";
import { referent, type Variant } from "../../analyse/discriminator.ts";
import { discriminated } from "../discriminated.ts";
import type { Facts } from "../../analyse/facts.ts";
import { placeIn, type SchemaSite, type Site } from "../site.ts";
import type { Step } from "../../code/steps.ts";
import { test } from "../ok-expression.ts";
import { types, type TypeSet } from "../../analyse/types.ts";
import { isNone } from "../../code/type-tests.ts";
import { branches, isolate, rejectUnless } from "./in-place.ts";
import { read } from "./members.ts";

type Keyword = "anyOf" | "oneOf";

export function applyAlternatives(site: Site, keyword: Keyword): Step[] {
  const all = branches(site, keyword);
  if (all.length === 0) return [];
  const groups = groupByType(site, all);
  const named = discriminated(site, all);
  if (named !== undefined)
    return isolate(site, (inner) => choose(inner, keyword, named.member, named.variants, true));
  const orNull = discriminatedOrNull(site, all);
  if (orNull !== undefined) {
    return isolate(site, (inner) =>
      when(
        isNone(types.null, inner.value),
        choose({ ...inner, known: inner.known & ~types.null }, keyword, orNull.member, orNull.variants, true),
      ),
    );
  }
  if (groups.length === 1 && tagOf(groups[0]) === undefined) return tryAll(site, keyword, all);
  return isolate(site, (inner) => byType(inner, keyword, groups));
}

/** Null beside alternatives with names is one that needs none: no member could say it. */
function discriminatedOrNull(site: Site, all: readonly SchemaSite[]): ReturnType<typeof discriminated> {
  const objects = all.filter(({ node }) => site.compiler.facts.of(node).types !== types.null);
  return objects.length > 0 && objects.length === all.length - 1 ? discriminated(site, objects) : undefined;
}

interface Alternative {
  readonly branch: SchemaSite;
  readonly facts: Facts;
}

interface Group {
  types: TypeSet;
  readonly members: Alternative[];
}

/** Alternatives that share a type are in one group; objects come last. */
function groupByType(site: Site, all: readonly SchemaSite[]): Group[] {
  let groups: Group[] = [];
  for (const branch of all) {
    const facts = site.compiler.facts.of(branch.node);
    const set = facts.types & site.known;
    if (set === 0) continue;
    const overlapping = groups.filter((one) => (one.types & set) !== 0).reverse();
    const joined: Group = {
      types: overlapping.reduce((types, one) => types | one.types, set),
      members: [...overlapping.flatMap(({ members }) => members), { branch, facts }],
    };
    groups = [...groups.filter((one) => (one.types & set) === 0), joined];
  }
  return groups.sort((a, b) => rank(a) - rank(b));
}

function rank({ types: set }: Group): number {
  return set & types.object ? 2 : set === types.null ? 0 : 1;
}

/** Each group for its own types; the last one turns down what is of no type allowed. */
function byType(site: Site, keyword: Keyword, groups: readonly Group[]): Step[] {
  const [group, ...rest] = groups;
  if (group === undefined) return [reject(site, "true", keyword)];
  if (rest.length === 0) return applyGroup(site, keyword, group);
  const inner = applyGroup({ ...site, known: site.known & group.types }, keyword, group);
  const others = byType({ ...site, known: site.known & ~group.types }, keyword, rest);
  return [
    { kind: "branch", when: isNone(group.types & site.known, site.value), then: others, otherwise: inner },
  ];
}

function applyGroup(site: Site, keyword: Keyword, group: Group): Step[] {
  const [first, second] = group.members;
  if (first === undefined) return [];
  if (second === undefined) return site.compiler.build(at(site, first.branch));
  const tag = tagOf(group);
  const inner = group.members.map(({ branch }) => at(site, branch));
  if (tag === undefined) return tryAll(site, keyword, inner);
  const variants = group.members.map(({ branch, facts }) => ({
    branch,
    tags: [...(facts.tags.get(tag) ?? [])],
    isDefault: false,
  }));
  return choose(site, keyword, tag, variants, false);
}

/** The alternative, with what is known about the value by now. */
function at(site: Site, branch: SchemaSite): SchemaSite {
  return { ...branch, value: site.value, known: site.known, view: site.view };
}

/** A member whose strings tell all alternatives of a group of objects apart. */
function tagOf(group: Group | undefined): string | undefined {
  if (group === undefined || group.types !== types.object || group.members.length < 2) return undefined;
  const [first] = group.members;
  return [...(first?.facts.tags.keys() ?? [])].find((name) => {
    const lists = group.members.map(({ facts }) => [...(facts.tags.get(name) ?? [])]);
    return lists.every((list) => list.length > 0) && new Set(lists.flat()).size === lists.flat().length;
  });
}

/** A switch on the member; its default says which values it may have. */
function choose(
  site: Site,
  keyword: Keyword,
  member: string,
  variants: readonly Variant<SchemaSite>[],
  declared: boolean,
): Step[] {
  const view = site.view ?? site.names.fresh("members");
  const inner: Site = { ...site, known: types.object, view };
  const chosen: Step = {
    kind: "choose",
    on: read(inner, member),
    cases: variants
      .filter((variant) => variant.tags.length > 0)
      .map((variant) => ({
        values: variant.tags.map(jsonLiteral),
        steps: buildVariant(inner, member, variant),
      })),
    otherwise: fallback(inner, declared ? "discriminator" : keyword, member, variants),
  };
  if (site.view !== undefined) return [chosen];
  return [
    { kind: "view", name: view, of: site.value },
    {
      kind: "branch",
      when: `!${view}`,
      then: [reject(site, "true", "type", stringLiteral("object"))],
      otherwise: [chosen],
      rejectsUndefined: true,
    },
  ];
}

/** A small variant is written out: the switch has told that the value is an object, and what its tag is. */
function buildVariant(site: Site, member: string, { branch, tags }: Variant<SchemaSite>): Step[] {
  const inner: SchemaSite = { ...at(site, branch), tag: { member, values: tags } };
  const { schema } = branch.node;
  const target =
    typeof schema === "object" && Object.keys(schema).length === 1
      ? referent(site.compiler.store, branch.node)
      : undefined;
  if (target === undefined || !site.compiler.isInlinedVariant(target)) return site.compiler.build(inner);
  return site.compiler.build({ ...inner, node: target });
}

/** What applies where no alternative has the value: the default one, if there is one. */
function fallback(
  site: Site,
  rule: string,
  member: string,
  variants: readonly Variant<SchemaSite>[],
): Step[] {
  const other = variants.find(({ isDefault }) => isDefault);
  return other === undefined
    ? [unknownTag(site, rule, member, variants)]
    : site.compiler.build(at(site, other.branch));
}

/** No alternative has this value. */
function unknownTag(
  site: Site,
  rule: string,
  member: string,
  variants: readonly Variant<SchemaSite>[],
): Step {
  const tags = variants.flatMap((variant) => variant.tags);
  return {
    kind: "reject",
    when: "true",
    rule,
    at: placeIn(site.at, member),
    expected: jsonLiteral(tags),
  };
}

/** No way to tell before: count the alternatives that match. */
function tryAll(site: Site, keyword: Keyword, all: readonly SchemaSite[]): Step[] {
  const tests = all.map(test);
  const [only = "", second] = tests;
  if (keyword === "anyOf") return tests.includes("true") ? [] : rejectUnless(site, anyOf(tests), keyword);
  if (second === undefined) return rejectUnless(site, only, keyword);
  return [reject(site, `${tests.map((one) => `Number(${one})`).join(" + ")} !== 1`, keyword)];
}
