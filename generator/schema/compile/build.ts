/** Compiles one schema, applied to one value, into steps. */
import { applyArray, hasArrayKeywords } from "./keywords/array.ts";
import { applyCombinators } from "./keywords/combinators.ts";
import { applyNumber, hasNumberKeywords } from "./keywords/number.ts";
import { applyObject, hasObjectKeywords } from "./keywords/object.ts";
import { applyReferences } from "./keywords/reference.ts";
import { applyString, hasStringKeywords } from "./keywords/string.ts";
import { applyUnevaluatedItems, applyUnevaluatedProperties } from "./keywords/unevaluated.ts";
import { applyValues, compareOnly } from "./keywords/values.ts";
import { noteContradictions } from "./contradictions.ts";
import { asksFor } from "../analyse/direction.ts";
import { isAnnotation } from "../code/leaf.ts";
import { enterResource } from "../analyse/scope.ts";
import type { JsonObject } from "../../json/json.ts";
import type { SchemaSite, Site } from "./site.ts";
import { jsonLiteral, stringLiteral } from "../../print/literal.ts";
import type { Branch, Reject, Step } from "../code/steps.ts";
import { reject, when } from "./reject.ts";
import { anyNumber, anyType, parseTypes, typeNames, types, type TypeSet } from "../analyse/types.ts";
import { isNone, isSome } from "../code/type-tests.ts";

/** The steps that decide whether the value is valid. None for a schema that accepts everything. */
export function build(given: SchemaSite): Step[] {
  const { node } = given;
  if (node.schema === true) return [];
  if (node.schema === false) return [reject(given, "true", "false")];
  // A function of its own would not know what is kept out by a schema around it.
  const asks = given.hidden !== undefined && asksFor(given, given.hidden, node);
  if (!asks && given.compiler.isHoisted(node, given.nesting)) {
    const unit = given.compiler.inline(given.unit, node, given.scope);
    return [{ kind: "delegate", unit, value: given.value, at: given.at }];
  }
  const scope = enterResource(given.scope, node.resource, given.compiler.store);
  const alone = given.known === anyType && comparesOnly(node.schema);
  const site: Site = { ...given, scope, schema: node.schema, alone };
  noteContradictions(site);
  const allowed = allowedTypes(site);
  const proven = site.known & allowed;
  if (proven === 0) return [typeReject(site, "true", allowed)];
  const comparison = alone ? compareOnly({ ...site, known: proven }) : undefined;
  if (comparison !== undefined) return [comparison];
  if (proven === types.object && hasObjectKeywords(site))
    return withView({ ...site, known: proven }, site.known);
  const rest = applyAll({ ...site, known: proven });
  if (proven === site.known) return rest;
  return [typeBranch(site, isNone(proven, site.value, rest.length > 0), proven, rest)];
}

function comparesOnly(schema: JsonObject): boolean {
  const telling = Object.keys(schema).filter((keyword) => keyword !== "type" && !isAnnotation(keyword));
  return telling.length === 1 && (telling[0] === "const" || telling[0] === "enum");
}

function allowedTypes(site: Site): TypeSet {
  const value = site.schema["type"];
  if (value === undefined || !site.compiler.asserts(site.node.resource)) return anyType;
  const set = parseTypes(value);
  if (set !== undefined) return set;
  site.compiler.unsupported(site.node, "type", "`type` is not the name of a type, or a list of such names");
  return anyType;
}

/** An object with members to look at: reading its own members doubles as the type test. */
function withView(site: Site, before: TypeSet): Step[] {
  if (site.view !== undefined) return applyAll(site);
  const view = site.names.fresh("members");
  const rest = applyAll({ ...site, view });
  const test = typeBranch(site, `!${view}`, types.object, rest);
  return [
    { kind: "view", name: view, of: site.value },
    before === types.object ? { ...test, rejectsUndefined: false } : test,
  ];
}

function typeBranch(site: Site, condition: string, allowed: TypeSet, rest: readonly Step[]): Branch {
  return {
    kind: "branch",
    when: condition,
    opposite: isSome(condition),
    then: [typeReject(site, "true", allowed)],
    otherwise: rest,
    rejectsUndefined: (allowed & types.other) === 0,
  };
}

function typeReject(site: Site, condition: string, allowed: TypeSet): Reject {
  const names = typeNames(allowed);
  const [only = ""] = names;
  return reject(site, condition, "type", names.length === 1 ? stringLiteral(only) : jsonLiteral(names));
}

function applyAll(site: Site): Step[] {
  return [
    ...applyValues(site),
    ...guarded(site, types.string, hasStringKeywords, applyString),
    ...guarded(site, anyNumber, hasNumberKeywords, applyNumber),
    ...guarded(site, types.array, hasArrayKeywords, applyArray),
    ...guardedObject(site, hasObjectKeywords, applyObject),
    ...applyReferences(site),
    ...applyCombinators(site),
    ...guarded(
      site,
      types.array,
      (one) => one.schema["unevaluatedItems"] !== undefined,
      applyUnevaluatedItems,
    ),
    ...guardedObject(
      site,
      (one) => one.schema["unevaluatedProperties"] !== undefined,
      applyUnevaluatedProperties,
    ),
  ];
}

type Has = (site: Site) => boolean;
type Apply = (site: Site) => Step[];

/** Keywords for one type apply to values of that type only (validation §6, core §7.6.1). */
function guarded(site: Site, set: TypeSet, has: Has, apply: Apply): Step[] {
  const overlap = site.known & set;
  if (overlap === 0 || !has(site)) return [];
  const { value } = site;
  const steps = apply({ ...site, known: overlap });
  if (overlap === site.known) return steps;
  const test =
    set === types.array
      ? `Array.isArray(${value})`
      : `typeof ${value} === "${set === types.string ? "string" : "number"}"`;
  return when(test, steps);
}

function guardedObject(site: Site, has: Has, apply: Apply): Step[] {
  if ((site.known & types.object) === 0 || !has(site)) return [];
  if (site.view !== undefined) return apply(site);
  const view = site.names.fresh("members");
  const steps = when(view, apply({ ...site, known: types.object, view }));
  return steps.length === 0 ? [] : [{ kind: "view", name: view, of: site.value }, ...steps];
}
