/** The members of an object that a schema names: `properties` (core §10.3.2.1) and `required` (validation §6.5.3). */
import { isArray, isObject } from "../../../json/json.ts";
import type { JsonSchema } from "../../../model/api-model.ts";
import { jsonLiteral, stringLiteral } from "../../../print/literal.ts";
import { hidden, hiddenNames } from "../../analyse/direction.ts";
import { nameOfContent, nameOfMember } from "../../code/function-names.ts";
import { acceptedValue, isAnnotation, isLeaf } from "../../code/leaf.ts";
import { member, placeIn, type Site } from "../site.ts";
import { anyType, parseTypes, typeOf } from "../../analyse/types.ts";
import { type Step, type Unit, wordOf } from "../../code/steps.ts";
import type { SchemaNode } from "../../analyse/store.ts";
import { isSchema } from "../../analyse/subschemas.ts";
import { asserted } from "./read.ts";

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

/** Each declared or required member once, in the order of `properties`, then of `required`. */
export function members(site: Site): Step[] {
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
  const leaf = leafOf(site, one);
  const own =
    leaf === undefined && held !== undefined
      ? undefined
      : site.compiler.build(member(site, node, local, place));
  const word = leaf !== undefined && site.compiler.isInlined(leaf) ? wordOf(own ?? []) : undefined;
  const unit = held === undefined || word !== undefined ? undefined : testUnit(site, one);
  const by = word !== undefined ? { word } : unit !== undefined ? { unit } : undefined;
  const absent = required || leaf === undefined ? undefined : acceptedValue(leaf);
  const tested =
    held === undefined || by === undefined
      ? undefined
      : { by, held, within: site.at, absent: absent === undefined ? undefined : jsonLiteral(absent) };
  const steps = own ?? (unit === undefined ? [] : [{ kind: "delegate", unit, value: local, at: place }]);
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

/** True if a switch on this member has already decided all that its schema checks. */
function isTold({ tag, compiler, node }: Site, name: string, schema: JsonSchema): boolean {
  if (tag?.member !== name || !compiler.asserts(node.resource)) return false;
  if (schema === true) return true;
  if (schema === false) return false;
  const { type, const: constant, enum: values } = schema;
  const allowed = type === undefined ? anyType : (parseTypes(type) ?? 0);
  return (
    Object.keys(schema).every((keyword) => tagKeywords.includes(keyword) || isAnnotation(keyword)) &&
    tag.values.every(
      (value) =>
        (typeOf(value) & allowed) !== 0 &&
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
  const kept = hiddenNames(site);
  return new Set(names.filter((name) => !kept.has(name)));
}
