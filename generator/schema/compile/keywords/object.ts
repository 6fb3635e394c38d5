/** Keywords for objects: members and their names (core §10.3.2), how many and which (validation §6.5). */
import { append } from "../../../json/append.ts";
import { asObject, isArray, isObject, type Json } from "../../../json/json.ts";
import { reject, when } from "../reject.ts";
import { member, placeAt, placeIn, type Site } from "../site.ts";
import { stringLiteral } from "../../../print/literal.ts";
import { allOf } from "../../code/conditions.ts";
import { hiddenNames } from "../../analyse/direction.ts";
import type { Step } from "../../code/steps.ts";
import { isSchema } from "../../analyse/subschemas.ts";
import { types } from "../../analyse/types.ts";
import { isolate } from "./in-place.ts";
import { members, read } from "./members.ts";
import { asserted, count } from "./read.ts";

const keywords = [
  "required",
  "properties",
  "patternProperties",
  "additionalProperties",
  "propertyNames",
  "minProperties",
  "maxProperties",
  "dependentRequired",
  "dependentSchemas",
  "dependencies",
];

export function hasObjectKeywords({ schema }: Site): boolean {
  return keywords.some((keyword) => schema[keyword] !== undefined);
}

/** `site.view` holds the object's own members here. A member whose value is `undefined` counts as absent, as in JSON. */
export function applyObject(site: Site): Step[] {
  return [...counts(site), ...members(site), ...eachMember(site), ...dependents(site)];
}

function counts(site: Site): Step[] {
  const least = count(site, "minProperties") ?? 0;
  const most = count(site, "maxProperties");
  if (least === 0 && most === undefined) return [];
  const size = site.names.fresh("size");
  const steps: Step[] = [
    { kind: "let", name: size, value: `${site.unit.module.helper("countMembers")}(${site.view ?? ""})` },
  ];
  if (least > 0) steps.push(reject(site, `${size} < ${String(least)}`, "minProperties", String(least)));
  if (most !== undefined)
    steps.push(reject(site, `${size} > ${String(most)}`, "maxProperties", String(most)));
  return steps;
}

/** One loop over the names for all keywords that must see every member. */
function eachMember(site: Site): Step[] {
  const key = site.names.fresh("key");
  const item = site.names.fresh("item");
  const at = placeAt(site.at, `${site.unit.module.helper("token")}(${key})`);
  const body = propertyNames(site, key, at);
  const view = site.view ?? "";
  const patterns = patternProperties(site, key, item, at);
  const others = site.schema["additionalProperties"];
  // A known name needs no look at the member.
  if (others === false && patterns.length === 0) append(body, surplus(site, key, at));
  const values =
    others === false && patterns.length === 0
      ? []
      : [...patterns, ...additionalProperties(site, key, item, at)];
  if (values.length > 0) {
    body.push({ kind: "let", name: item, value: `${view}[${key}]` });
    append(body, when(`${item} !== undefined`, values));
  }
  if (body.length === 0) return [];
  return [{ kind: "each", head: `const ${key} in ${view}`, body }];
}

function propertyNames(site: Site, key: string, at: string): Step[] {
  const schema = site.schema["propertyNames"];
  if (!isSchema(schema)) return [];
  const node = site.compiler.store.child(site.node, schema, "propertyNames");
  return site.compiler.build({ ...member(site, node, key, at), known: types.string });
}

function patternProperties(site: Site, key: string, item: string, at: string): Step[] {
  const patterns = site.schema["patternProperties"];
  if (!isObject(patterns)) return [];
  return Object.entries(patterns).flatMap(([source, schema]) => {
    const matcher = site.compiler.pattern(site, source, "patternProperties", source);
    if (matcher === undefined || !isSchema(schema)) return [];
    const node = site.compiler.store.child(site.node, schema, "patternProperties", source);
    return when(`${matcher}.test(${key})`, site.compiler.build(member(site, node, item, at)));
  });
}

function surplus(site: Site, key: string, at: string): Step[] {
  const when = allOf(
    [otherThanDeclared(site, key), `${site.view ?? ""}[${key}] !== undefined`].filter(
      (one) => one !== "true",
    ),
  );
  return [{ kind: "reject", when, rule: "additionalProperties", at }];
}

function additionalProperties(site: Site, key: string, item: string, at: string): Step[] {
  const schema = site.schema["additionalProperties"];
  if (!isSchema(schema) || schema === true) return [];
  const others = otherThanDeclared(site, key);
  const node = site.compiler.store.child(site.node, schema, "additionalProperties");
  const inner = member(site, node, item, at);
  const steps =
    schema === false ? [reject(inner, "true", "additionalProperties")] : site.compiler.build(inner);
  return others === "true" ? steps : when(others, steps);
}

function otherThanDeclared(site: Site, key: string): string {
  const { properties, patternProperties: patterns } = site.schema;
  const names = isObject(properties) ? Object.keys(properties) : [];
  return isOther(site, key, names, isObject(patterns) ? Object.keys(patterns) : []);
}

/** Up to this many names a chain of comparisons beats a hash table. */
const chainLength = 16;

/** A condition that is true where the member's name is none of `names` and matches none of `patterns`. */
export function isOther(
  site: Site,
  key: string,
  names: readonly string[],
  patterns: readonly string[],
): string {
  const { module } = site.unit;
  const tests = names.map((name) => `${key} !== ${stringLiteral(name)}`);
  if (names.length > chainLength) {
    const list = `/* @__PURE__ */ new Set<unknown>([${names.map(stringLiteral).join(", ")}])`;
    tests.splice(0, tests.length, `!${module.constant("values", "ReadonlySet<unknown>", list)}.has(${key})`);
  }
  for (const source of patterns) {
    const matcher = site.compiler.pattern(site, source, "patternProperties", source);
    if (matcher !== undefined) tests.push(`!${matcher}.test(${key})`);
  }
  return tests.length === 0 ? "true" : allOf(tests);
}

/** What a member's presence asks for: other members, or that the whole object fits another schema. */
function dependents(site: Site): Step[] {
  return ["dependentRequired", "dependentSchemas", "dependencies"].flatMap((keyword) =>
    Object.entries(asObject(site.schema[keyword])).flatMap(([name, needs]) => {
      const steps = isArray(needs)
        ? dependentRequired(site, name, asserted(site, keyword) === undefined ? [] : needs)
        : dependentSchema(site, keyword, name, needs);
      return when(`${read(site, name)} !== undefined`, steps);
    }),
  );
}

function dependentRequired(site: Site, name: string, needs: readonly Json[]): Step[] {
  const kept = hiddenNames(site);
  return needs.flatMap((need): Step[] => {
    if (typeof need !== "string" || kept.has(need)) return [];
    const at = placeIn(site.at, need);
    const test = `${read(site, need)} === undefined`;
    return [{ kind: "reject", when: test, rule: "dependentRequired", expected: stringLiteral(name), at }];
  });
}

function dependentSchema(site: Site, keyword: string, name: string, schema: Json): Step[] {
  if (!isSchema(schema)) return [];
  const node = site.compiler.store.child(site.node, schema, keyword, name);
  const hidden = hiddenNames(site);
  return isolate(site, (inner) => site.compiler.build({ ...inner, node, hidden, nesting: site.nesting + 1 }));
}
