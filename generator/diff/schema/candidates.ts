/**
 * Values worth trying: small ones that a schema should accept, with one deviation each, chosen so that they lie on the
 * borders of both schemas. Whoever uses them has to check them: they are guesses.
 */
import { greatest } from "../../json/extremes.ts";
import { asArray, asObject, asStrings, type Json, type JsonObject } from "../../json/json.ts";
import { isHidden } from "./hidden.ts";
import { itemOf } from "./implied.ts";
import {
  conjunction,
  flatten,
  gather,
  homeOf,
  listedValues,
  propertyOf,
  replacePart,
  restOf,
  typesOf,
  without,
} from "./side.ts";
import type { Conjunction, SchemaSide, TypeName } from "./side.ts";
import { numbers, sizes, strings } from "./candidate-scalars.ts";
import { patternExamples } from "./pattern-examples.ts";
import { unique } from "./unique-values.ts";

const maxDepth = 10;
/** Schemas that are varied for one root; what lies beyond gets its plainest value. */
const maxSchemas = 600;
/** Values of one schema; a deviation is enough to refute. */
const maxValues = 200;
/** Longest list and object that are made; longer ones only where the two sides set different bounds. */
const usualItems = 40;
const maxItems = 2_000;
/** Values that are tried under each further name of a property that nobody declares. */
const maxExtras = 10;

/** Values for `inner`, the plainest first, with the borders of `outer` in mind. */
export function candidates(inner: SchemaSide, outer: SchemaSide): readonly Json[] {
  const own = flatten(inner);
  const root = { depth: 0, room: maxSchemas };
  return unique(valuesOf(own, flatten(outer), root));
}

/** Where in the value, and how many schemas may still be varied from there on. */
interface Place {
  readonly depth: number;
  readonly room: number;
}

/** One of `count` places below, each with an equal share: what comes late must not be left with nothing. */
function below({ depth, room }: Place, count: number): Place {
  return { depth: depth + 1, room: (room - 1) / Math.max(1, count) };
}

function valuesOf(all: Conjunction, hint: Conjunction, place: Place): readonly Json[] {
  if (all.never || place.depth > maxDepth) return [];
  if (place.depth > 0 && saysNothing(all) && saysNothing(hint)) return anything;
  const listed = listedValues(all);
  const given =
    listed ??
    all.parts.flatMap((part) => [...asArray(part["examples"]), ...example(part), ...orDefault(part)]);
  const types = typesOf(all);
  const plain = listed === undefined ? [...types].flatMap((type) => ofType(type, all, hint, place)) : [];
  const [first] = given.length > 0 ? given : plain;
  if (place.room < 1 && first !== undefined) return [first];
  const foreign =
    listed === undefined ? [...(listedValues(hint) ?? []), ...excluded(all), ...excluded(hint)] : [];
  return unique([...plain.slice(0, maxValues), ...given, ...foreign, ...branches(all, hint, place)]).slice(
    0,
    maxValues * 2,
  );
}

/** One of each type: inside of what both sides leave open there is no border. */
const anything: readonly Json[] = [1, "a", true, null, [], {}];

function saysNothing({ parts, opaque }: Conjunction): boolean {
  return !opaque && parts.every((part) => Object.keys(part).length === 0);
}

/** Values that stand under `not`. */
function excluded(all: Conjunction): readonly Json[] {
  return all.parts.flatMap((part) =>
    part["not"] === undefined
      ? []
      : (listedValues(conjunction(homeOf(all, part), [part["not"]], all.view)) ?? []),
  );
}

function example(part: JsonObject): readonly Json[] {
  return part["example"] === undefined ? [] : [part["example"]];
}

function orDefault(part: JsonObject): readonly Json[] {
  return part["default"] === undefined ? [] : [part["default"]];
}

/** Each alternative together with what stands beside it. */
function branches(all: Conjunction, hint: Conjunction, place: Place): Json[] {
  for (const [index, part] of all.parts.entries()) {
    const name = part["anyOf"] === undefined ? "oneOf" : "anyOf";
    const list = asArray(part[name]);
    if (list.length === 0) continue;
    const rest = without(part, name);
    return list.flatMap((branch) =>
      valuesOf(replacePart(all, index, [rest, branch]), hint, below(place, list.length)),
    );
  }
  return conditional(all, hint, place);
}

/** What fits the condition together with what it asks for then. */
function conditional(all: Conjunction, hint: Conjunction, place: Place): Json[] {
  for (const [index, part] of all.parts.entries()) {
    const { if: test, then = true, else: otherwise = true } = part;
    if (test === undefined) continue;
    const rest = without(part, "if");
    return [
      [rest, test, then],
      [rest, otherwise],
    ].flatMap((schemas) => [...valuesOf(replacePart(all, index, schemas), hint, below(place, 2))]);
  }
  return [];
}

function ofType(type: TypeName, all: Conjunction, hint: Conjunction, place: Place): Json[] {
  switch (type) {
    case "null":
      return [null];
    case "boolean":
      return [true, false];
    case "integer":
    case "number":
      return numbers(all, hint, type === "integer");
    case "string":
      return strings(all, hint);
    case "array":
      return arrays(all, hint, place);
    case "object":
      return objects(all, hint, place);
  }
}

function arrays(all: Conjunction, hint: Conjunction, place: Place): Json[] {
  const tuple = tuples(all, hint, place);
  const items = valuesOf(itemsOf(all), itemsOf(hint), below(place, 1));
  const [first] = items;
  if (first === undefined) return unique([[], ...tuple]);
  const lengths = sizes(all, hint, ["minItems", "maxItems"], usualItems, maxItems);
  const least = greatest(
    all.parts.map((part) => part["minItems"]).filter((bound) => typeof bound === "number"),
    0,
  );
  const distinct = (size: number): Json[] =>
    Array.from({ length: size }, (_, index) => items[index] ?? first);
  const wanted = [...new Set([1, 0, least, ...lengths])].filter((size) => size <= maxItems);
  const rest = distinct(Math.max(0, least - 1));
  return unique([
    ...wanted.map(distinct),
    ...items.map((item) => [item, ...rest]),
    [first, first],
    ...contained(all, hint, first),
    ...tuple,
  ]);
}

function itemsOf(all: Conjunction): Conjunction {
  return gather(all, (part) => part["items"]);
}

/** Items with places of their own: the plainest ones, one deviation in each place, and one item more. */
function tuples(all: Conjunction, hint: Conjunction, place: Place): Json[] {
  const count = greatest(
    [...all.parts, ...hint.parts].map((part) => asArray(part["prefixItems"]).length),
    0,
  );
  if (count === 0 || count > usualItems) return [];
  const inside = below(place, count + 1);
  const values = Array.from({ length: count + 1 }, (_, index) =>
    valuesOf(itemOf(all, index), itemOf(hint, index), inside),
  );
  const plain = values.map((list) => list[0] ?? null);
  const deviations = values.flatMap((list, index) =>
    list
      .slice(0, maxExtras)
      .map((value) => [...plain.slice(0, index), value, ...plain.slice(index + 1, count)]),
  );
  return [plain.slice(0, count), plain, ...deviations];
}

/** Lists with as many of what `contains` asks for as is just allowed, or not. */
function contained(all: Conjunction, hint: Conjunction, other: Json): Json[] {
  const asked = [all, hint].flatMap((side) =>
    side.parts.flatMap((part) =>
      part["contains"] === undefined
        ? []
        : valuesOf(conjunction(homeOf(side, part), [part["contains"]], side.view), hint, {
            depth: maxDepth,
            room: 1,
          }).slice(0, 1),
    ),
  );
  const counts = sizes(all, hint, ["minContains", "maxContains"], usualItems, usualItems);
  return asked.flatMap((value) =>
    [1, 2, ...counts].flatMap((count) => {
      const many = Array.from({ length: count }, () => value);
      return [many, [...many, other]];
    }),
  );
}

/** The required properties alone; then one deviation at a time: another value, one more property, all of them. */
function objects(all: Conjunction, hint: Conjunction, place: Place): Json[] {
  const declared = all.parts.flatMap((part) => Object.keys(asObject(part["properties"])));
  const names = unique(declared.filter((name) => !isHidden(all.parts, name))).map(String);
  const required = new Set(all.parts.flatMap((part) => asArray(part["required"])).map(String));
  const values = new Map<string, readonly Json[]>();
  const varied = place.room < 1 ? required : new Set([...names, ...required, ...foreignNames(hint)]);
  // One share more for the properties that nobody names.
  const inside = below(place, varied.size + 1);
  for (const name of varied)
    values.set(name, valuesOf(propertyOf(all, name), propertyOf(hint, name), inside));
  const first = (name: string): [string, Json][] =>
    (values.get(name) ?? []).slice(0, 1).map((value) => [name, value]);
  const base = Object.fromEntries([...required].flatMap(first));
  const deviations = [...values].flatMap(([name, list]) => list.map((value) => ({ ...base, [name]: value })));
  const full = Object.fromEntries([...values.keys()].flatMap(first));
  const lacking = [...values.keys()].slice(0, maxExtras).map((name) => without(full, name));
  const dependent = dependents(all, hint).map((wanted) => ({
    ...base,
    ...Object.fromEntries(wanted.flatMap(first)),
  }));
  const extra = extras(all, hint, base, valuesOf(restOf(all), restOf(hint), inside));
  return unique([base, ...deviations, full, ...lacking, ...dependent, ...extra]);
}

/** Members that come together: one that asks for others, with all that it asks for. */
function dependents(all: Conjunction, hint: Conjunction): readonly (readonly string[])[] {
  const triggers = [...all.parts, ...hint.parts].flatMap((part) => [
    ...Object.keys(asObject(part["dependentRequired"])),
    ...Object.keys(asObject(part["dependentSchemas"])),
  ]);
  return [...new Set(triggers)].map((trigger) => {
    const wanted = new Set([trigger]);
    for (const name of wanted) {
      for (const part of all.parts)
        for (const other of asStrings(asObject(part["dependentRequired"])[name])) wanted.add(other);
    }
    return [...wanted];
  });
}

/** Properties that nobody names: of each value, under each kind of name, and as many as are just allowed or not. */
function extras(
  all: Conjunction,
  hint: Conjunction,
  base: JsonObject,
  values: readonly Json[],
): JsonObject[] {
  const [first] = values;
  if (first === undefined) return [];
  const parts = [...all.parts, ...hint.parts];
  const names = parts.flatMap((part) => [
    ...Object.keys(asObject(part["patternProperties"])).flatMap((pattern) => patternExamples(pattern).texts),
    ...(part["propertyNames"] === undefined ? [] : ["A1", "a b", ""]),
  ]);
  const counts = sizes(all, hint, ["minProperties", "maxProperties"], usualItems, maxItems);
  const many = counts.map((count) => {
    const missing = Math.max(0, count - Object.keys(base).length);
    const added = Array.from({ length: missing }, (_, index): [string, Json] => [`extra${index}`, first]);
    return { ...base, ...Object.fromEntries(added) };
  });
  const under = (name: string): JsonObject[] =>
    values.slice(0, maxExtras).map((value) => ({ ...base, [name]: value }));
  return [
    ...many,
    ...[...new Set(names)].flatMap(under),
    ...values.map((value) => ({ ...base, extra: value })),
  ];
}

function foreignNames(hint: Conjunction): string[] {
  return hint.parts.flatMap((part) => [
    ...Object.keys(asObject(part["properties"])),
    ...asArray(part["required"]).map(String),
  ]);
}
