/** Keywords for objects: members and their names (core §10.3.2), how many and which (validation §6.5). */
import { asObject, isArray, isObject, type Json } from "../../json/json.ts";
import { build, reject, when } from "../build.ts";
import { hidden } from "../direction.ts";
import { member, placeAt, placeIn, type Site } from "../site.ts";
import { nameOfContent, nameOfMember } from "../function-names.ts";
import { stringLiteral } from "../../print/literal.ts";
import { allOf } from "../conditions.ts";
import type { Step } from "../steps.ts";
import type { Unit } from "../unit.ts";
import type { SchemaNode } from "../store.ts";
import { isAnnotation, isLeaf } from "../leaf.ts";
import type { JsonSchema } from "../../model/api-model.ts";
import { isSchema } from "../subschemas.ts";
import { types } from "../types.ts";
import { isolate } from "./in-place.ts";
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

/** Names that `Object.prototype` has too would be found there. */
function isPlain(name: string): boolean {
  return !(name in Object.prototype);
}

/** Reads a member of the view. What `Object.prototype` has too needs the slower way: it would be found there. */
export function read(site: Site, name: string): string {
  const view = site.view ?? site.value;
  return !isPlain(name)
    ? `${site.unit.module.helper("own")}(${view}, ${stringLiteral(name)})`
    : `${view}[${stringLiteral(name)}]`;
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

/** Each declared or required member once, in the order of `properties`, then of `required`. */
function members(site: Site): Step[] {
  const declared = isObject(site.schema["properties"]) ? site.schema["properties"] : {};
  const required = requiredNames(site);
  const all = [...new Set([...Object.keys(declared), ...required])].map((name): Declared => {
    const given = Object.hasOwn(declared, name) ? declared[name] : undefined;
    const schema = isSchema(given) ? given : true;
    const node = site.compiler.store.child(site.node, schema, "properties", name);
    return { name, schema, node, required: required.has(name) };
  });
  const inOrder = simpleFirst(site, all);
  const together = testedTogether(site, inOrder);
  const held = together.size === 0 ? undefined : site.names.fresh("sound");
  const steps = inOrder.flatMap((one) => memberSteps(site, one, together.has(one) ? held : undefined));
  // In one run, so that they are read at once.
  const isMember = (step: Step): boolean => step.kind === "member";
  return [...steps.filter(isMember), ...steps.filter((step) => !isMember(step))];
}

interface Declared {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly node: SchemaNode;
  readonly required: boolean;
}

/** Fewer simple members than this are tested one by one: that is faster where one is wrong. */
const leastTogether = 5;
/** So are fewer than this where some are not simple. */
const leastMixed = 3;
/** Of an object with as many simple members, those are looked at first. */
const leastSimple = 6;

/** The members that are tested in one expression: as many as come before the first that cannot be. */
function testedTogether(site: Site, all: readonly Declared[]): ReadonlySet<Declared> {
  const asked = all.filter(
    ({ name, schema, node }) =>
      !isTold(site, name, schema) && hidden(site, node) === undefined && !isAnything(schema),
  );
  const firstApart = asked.findIndex((one) => testedBy(site, one) === undefined);
  const together = asked.slice(0, firstApart < 0 ? undefined : firstApart);
  const isSimple = together.every((one) => leafOf(site, one) !== undefined);
  return new Set(together.length < (isSimple ? leastTogether : leastMixed) ? [] : together);
}

function isAnything(schema: JsonSchema): boolean {
  return schema === true || (schema !== false && Object.keys(schema).every(isAnnotation));
}

/** Where there are many simple members, they come first: those that must be there, then the rest. */
function simpleFirst(site: Site, all: readonly Declared[]): readonly Declared[] {
  const isSimple = (one: Declared): boolean => leafOf(site, one) !== undefined;
  const simple = all.filter(isSimple);
  if (simple.length < leastSimple) return all;
  const must = simple.filter((one) => one.required);
  const may = simple.filter((one) => !one.required);
  return [...must, ...may, ...all.filter((one) => !isSimple(one))];
}

/** What a member is tested by, where that is the value alone: its own schema, or the one it refers to. */
function leafOf({ compiler }: Site, { name, schema, node }: Declared): SchemaNode | undefined {
  if (!isPlain(name) || typeof schema === "boolean") return undefined;
  const { $ref, ...siblings } = schema;
  const isReference = typeof $ref === "string" && Object.keys(siblings).length === 0;
  const target = isReference ? compiler.store.resolve(node, $ref) : node;
  return target !== undefined && typeof target.schema !== "boolean" && isLeaf(target) ? target : undefined;
}

/** The schema whose function can test the member together with others, if there is one. */
function testedBy(site: Site, member: Declared): SchemaNode | undefined {
  const { name, schema, node } = member;
  const leaf = leafOf(site, member);
  // Objects have members in order of their addition, but for such that look like an index.
  if (leaf !== undefined || !isPlain(name) || /^\d+$/.test(name) || typeof schema === "boolean") return leaf;
  const { store } = site.compiler;
  const telling = Object.keys(schema).filter((keyword) => !isAnnotation(keyword));
  const { $ref } = schema;
  const target = telling.length === 1 && typeof $ref === "string" ? store.resolve(node, $ref) : node;
  const isAsked = target !== undefined && typeof target.schema !== "boolean" && telling.length > 0;
  return isAsked && site.compiler.isShallow(target) ? target : undefined;
}

/** @param held the variable that holds whether members are valid, where this one is tested together with others */
function memberSteps(site: Site, one: Declared, held: string | undefined): Step[] {
  const { name, schema, node, required } = one;
  if (isTold(site, name, schema)) return [];
  const place = placeIn(site.at, name);
  const value = read(site, name);
  const ban = hidden(site, node);
  if (ban !== undefined) return [{ kind: "reject", when: `${value} !== undefined`, rule: ban, at: place }];
  const local = site.names.fresh(name, "member");
  const unit = held === undefined ? undefined : testUnit(site, one);
  const tested = held === undefined || unit === undefined ? undefined : { unit, held, within: site.at };
  const steps: readonly Step[] =
    unit === undefined || leafOf(site, one) !== undefined
      ? build(member(site, node, local, place))
      : [{ kind: "delegate", unit, value: local, at: place }];
  if (steps.length === 0) {
    return required ? [{ kind: "reject", when: `${value} === undefined`, rule: "required", at: place }] : [];
  }
  return [
    {
      kind: "member",
      view: site.view ?? "",
      name,
      read: isPlain(name) ? undefined : value,
      required,
      at: place,
      tested,
      local,
      steps,
    },
  ];
}

/** The function of a member that is tested together with others. */
function testUnit(site: Site, one: Declared): Unit | undefined {
  const { compiler, scope, unit } = site;
  const leaf = leafOf(site, one);
  if (leaf !== undefined) return compiler.inline(unit, leaf, scope, nameOfContent(leaf));
  const node = testedBy(site, one);
  if (node === undefined) return undefined;
  return node === one.node
    ? compiler.inline(unit, node, scope, nameOfMember(one.name))
    : compiler.shared(node, scope);
}

const tagKeywords = ["type", "const", "enum"];

/** Has a switch on this member told already all that its schema asks? */
function isTold({ tag, compiler, node }: Site, name: string, schema: JsonSchema): boolean {
  if (tag?.member !== name || !compiler.asserts(node.resource)) return false;
  if (schema === true) return true;
  if (schema === false) return false;
  const { type = "string", const: constant, enum: values } = schema;
  return (
    type === "string" &&
    Object.keys(schema).every((keyword) => tagKeywords.includes(keyword) || isAnnotation(keyword)) &&
    tag.values.every(
      (value) =>
        (constant === undefined || constant === value) &&
        (values === undefined || (isArray(values) && values.includes(value))),
    )
  );
}

function requiredNames(site: Site): Set<string> {
  const value = asserted(site, "required");
  if (value === undefined) return new Set();
  const names = isArray(value) ? value.filter((name) => typeof name === "string") : [];
  if (!isArray(value) || names.length !== value.length) {
    site.compiler.unsupported(site.node, "required", "`required` is not a list of names");
  }
  return new Set(names);
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
  if (others === false && patterns.length === 0) body.push(...surplus(site, key, at));
  const values =
    others === false && patterns.length === 0
      ? []
      : [...patterns, ...additionalProperties(site, key, item, at)];
  if (values.length > 0) {
    body.push(
      { kind: "let", name: item, value: `${view}[${key}]` },
      ...when(`${item} !== undefined`, values),
    );
  }
  if (body.length === 0) return [];
  return [{ kind: "each", head: `const ${key} in ${view}`, body }];
}

function propertyNames(site: Site, key: string, at: string): Step[] {
  const schema = site.schema["propertyNames"];
  if (!isSchema(schema)) return [];
  const node = site.compiler.store.child(site.node, schema, "propertyNames");
  return build({ ...member(site, node, key, at), known: types.string });
}

function patternProperties(site: Site, key: string, item: string, at: string): Step[] {
  const patterns = site.schema["patternProperties"];
  if (!isObject(patterns)) return [];
  return Object.entries(patterns).flatMap(([source, schema]) => {
    const matcher = site.compiler.pattern(site, source, "patternProperties", source);
    if (matcher === undefined || !isSchema(schema)) return [];
    const node = site.compiler.store.child(site.node, schema, "patternProperties", source);
    return when(`${matcher}.test(${key})`, build(member(site, node, item, at)));
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
  const steps = schema === false ? [reject(inner, "true", "additionalProperties")] : build(inner);
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
  return needs.flatMap((need): Step[] => {
    if (typeof need !== "string") return [];
    const at = placeIn(site.at, need);
    const test = `${read(site, need)} === undefined`;
    return [{ kind: "reject", when: test, rule: "dependentRequired", expected: stringLiteral(name), at }];
  });
}

function dependentSchema(site: Site, keyword: string, name: string, schema: Json): Step[] {
  if (!isSchema(schema)) return [];
  const node = site.compiler.store.child(site.node, schema, keyword, name);
  return isolate(site, (inner) => build({ ...inner, node, nesting: site.nesting + 1 }));
}
