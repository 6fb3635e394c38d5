/**
 * Values worth trying: small ones that a schema should accept, with one deviation each, chosen so that they lie on the
 * borders of both schemas. Whoever uses them has to check them: they are guesses.
 */
import { asArray, asObject, type Json, type JsonObject } from "../../json/json.ts";
import { canonicalText, conjunction, listedValues, propertyOf, restOf, typesOf, without } from "./side.ts";
import type { Conjunction, SchemaSide, TypeName } from "./side.ts";
import { formatExamples } from "./text.ts";

const maxDepth = 6;
/** Values of one schema; a deviation is enough to refute. */
const maxValues = 200;
/** Longest string and array that is made. */
const maxLength = 300;
const maxItems = 40;

/** Values for `inner`, the plainest first, with the borders of `outer` in mind. */
export function candidates(inner: SchemaSide, outer: SchemaSide): readonly Json[] {
  const own = conjunction(inner.document, [inner.schema]);
  return unique(valuesOf(own, conjunction(outer.document, [outer.schema]), 0));
}

function valuesOf(all: Conjunction, hint: Conjunction, depth: number): Json[] {
  if (all.never || depth > maxDepth) return [];
  const listed = listedValues(all);
  const given =
    listed ??
    all.parts.flatMap((part) => [...asArray(part["examples"]), ...example(part), ...orDefault(part)]);
  const types = typesOf(all);
  const plain = listed === undefined ? [...types].flatMap((type) => ofType(type, all, hint, depth)) : [];
  const foreign = types.size === 0 ? [] : (listedValues(hint) ?? []);
  return unique([...plain.slice(0, maxValues), ...given, ...foreign, ...branches(all, hint, depth)]).slice(
    0,
    maxValues * 2,
  );
}

function example(part: JsonObject): readonly Json[] {
  return part["example"] === undefined ? [] : [part["example"]];
}

function orDefault(part: JsonObject): readonly Json[] {
  return part["default"] === undefined ? [] : [part["default"]];
}

/** Each alternative together with what stands beside it. */
function branches(all: Conjunction, hint: Conjunction, depth: number): Json[] {
  for (const [index, part] of all.parts.entries()) {
    const name = part["anyOf"] === undefined ? "oneOf" : "anyOf";
    const list = asArray(part[name]);
    if (list.length === 0) continue;
    const rest = without(part, name);
    const others = all.parts.filter((_, other) => other !== index);
    return list.flatMap((branch) =>
      valuesOf(conjunction(all.document, [...others, rest, branch]), hint, depth + 1),
    );
  }
  return [];
}

function ofType(type: TypeName, all: Conjunction, hint: Conjunction, depth: number): Json[] {
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
      return arrays(all, hint, depth);
    case "object":
      return objects(all, hint, depth);
  }
}

/** Every bound that either side sets with one of these keywords. */
function borders(all: Conjunction, hint: Conjunction, names: readonly string[]): number[] {
  const parts = [...all.parts, ...hint.parts];
  return parts
    .flatMap((part) => names.map((name) => part[name]))
    .filter((bound) => typeof bound === "number");
}

function numbers(all: Conjunction, hint: Conjunction, whole: boolean): Json[] {
  const set = borders(all, hint, [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
  ]);
  const around = set.flatMap((bound) => [bound, bound - 1, bound + 1, bound * 2]);
  return unique([1, 0, -1, ...(whole ? [] : [0.5, ...set.map((bound) => bound + 0.5)]), ...around]);
}

function strings(all: Conjunction, hint: Conjunction): Json[] {
  const lengths = borders(all, hint, ["minLength", "maxLength"]).flatMap((bound) => [
    bound,
    bound - 1,
    bound + 1,
  ]);
  const sized = lengths
    .filter((length) => length >= 0 && length <= maxLength)
    .map((length) => "a".repeat(length));
  return unique(["a", "", ...sized, ...formatExamples, "A1", "1", "a b"]);
}

function arrays(all: Conjunction, hint: Conjunction, depth: number): Json[] {
  const items = valuesOf(itemsOf(all), itemsOf(hint), depth + 1);
  const [first] = items;
  if (first === undefined) return [[]];
  const sizes = borders(all, hint, ["minItems", "maxItems"]).flatMap((bound) => [
    bound,
    bound - 1,
    bound + 1,
  ]);
  const least = Math.max(
    0,
    ...all.parts.map((part) => part["minItems"]).filter((bound) => typeof bound === "number"),
  );
  const distinct = (size: number): Json[] =>
    Array.from({ length: size }, (_, index) => items[index] ?? first);
  const wanted = [...new Set([1, 0, least, ...sizes])].filter((size) => size >= 0 && size <= maxItems);
  const rest = distinct(Math.max(0, least - 1));
  return unique([...wanted.map(distinct), ...items.map((item) => [item, ...rest]), [first, first]]);
}

function itemsOf(all: Conjunction): Conjunction {
  return conjunction(
    all.document,
    all.parts.map((part) => part["items"]),
  );
}

/** The required properties alone; then one deviation at a time: another value, one more property, all of them. */
function objects(all: Conjunction, hint: Conjunction, depth: number): Json[] {
  const names = unique(all.parts.flatMap((part) => Object.keys(asObject(part["properties"])))).map(String);
  const required = new Set(all.parts.flatMap((part) => asArray(part["required"])).map(String));
  const values = new Map<string, Json[]>();
  for (const name of new Set([...names, ...required, ...foreignNames(hint)])) {
    values.set(name, valuesOf(propertyOf(all, name), propertyOf(hint, name), depth + 1));
  }
  const first = (name: string): [string, Json][] =>
    (values.get(name) ?? []).slice(0, 1).map((value) => [name, value]);
  const base = Object.fromEntries([...required].flatMap(first));
  const deviations = [...values].flatMap(([name, list]) => list.map((value) => ({ ...base, [name]: value })));
  const full = Object.fromEntries([...values.keys()].flatMap(first));
  const extra = valuesOf(restOf(all), restOf(hint), depth + 1).map((value) => ({ ...base, extra: value }));
  return unique([base, ...deviations, full, ...extra]);
}

function foreignNames(hint: Conjunction): string[] {
  return hint.parts.flatMap((part) => [
    ...Object.keys(asObject(part["properties"])),
    ...asArray(part["required"]).map(String),
  ]);
}

function unique(values: readonly Json[]): Json[] {
  const seen = new Set<string>();
  return values.filter((value) => {
    const text = canonicalText(value);
    return seen.size < seen.add(text).size;
  });
}
