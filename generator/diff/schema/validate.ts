/** Whether a value is valid: an interpreter of JSON Schema 2020-12 for counterexamples. It never guesses; it says when it cannot decide. */
import { asArray, asObject, isObject, type Json, type JsonObject } from "../../json/json.ts";
import type { Conjunction, SchemaSide } from "./side.ts";
import { evaluatedKeys } from "./evaluated.ts";
import { asserts } from "./keywords.ts";
import { wholeOf, type View } from "./reading.ts";
import { canonicalText, conjunction, homeOf, typeOf } from "./side.ts";
import { matchesPattern } from "../../schema/pattern/matches.ts";
import { matchesFormat } from "./text.ts";

/** Thrown where a keyword, a pattern or a format is beyond this interpreter, or the work becomes too much. */
export class Undecided extends Error {}

/** Schemas visited for one value; a value of a counterexample is small. */
const maxSteps = 20_000;

interface Run {
  readonly steps: { count: number };
  readonly document: JsonObject;
  readonly view: View;
}

type Keyword = (run: Run, expected: Json, value: Json, schema: JsonObject) => boolean;

/** `undefined`: it cannot be told. */
export function isValid({ document, schema, view = "plain" }: SchemaSide, value: Json): boolean | undefined {
  try {
    return valid({ steps: { count: 0 }, document, view }, schema, value);
  } catch (error) {
    if (error instanceof Undecided || error instanceof RangeError) return undefined;
    throw error;
  }
}

function valid(run: Run, schema: Json | undefined, value: Json): boolean {
  if (++run.steps.count > maxSteps) throw new Undecided("too many steps");
  const all = flattened(run, schema);
  if (all.never) return false;
  if (all.opaque) throw new Undecided("opaque reference");
  let doubt: Undecided | undefined;
  for (const part of all.parts) {
    const home = homeOf(all, part);
    const inside = home === run.document ? run : { ...run, document: home };
    try {
      if (!validPart(inside, part, value)) return false;
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      doubt ??= error;
    }
  }
  // A refusal counts for more than what cannot be told.
  if (doubt !== undefined) throw doubt;
  return true;
}

/** The same schemas are asked about values again and again: each is flattened once for its document and view. */
const known = new WeakMap<JsonObject, WeakMap<JsonObject, Map<View, Conjunction>>>();

function flattened({ document, view }: Run, schema: Json | undefined): Conjunction {
  if (!isObject(schema)) return conjunction(document, [schema], view);
  const ofDocument = known.get(document) ?? new WeakMap<JsonObject, Map<View, Conjunction>>();
  known.set(document, ofDocument);
  const ofSchema = ofDocument.get(schema) ?? new Map<View, Conjunction>();
  ofDocument.set(schema, ofSchema);
  const all = ofSchema.get(view) ?? conjunction(document, [schema], view);
  ofSchema.set(view, all);
  return all;
}

function validPart(run: Run, part: JsonObject, value: Json): boolean {
  let doubt: Undecided | undefined;
  for (const name of Object.keys(part)) {
    if (!asserts(name)) continue;
    const keyword = Object.hasOwn(keywords, name) ? keywords[name] : undefined;
    try {
      if (keyword === undefined) throw new Undecided(`keyword ${name}`);
      if (!keyword(run, part[name] ?? null, value, part)) return false;
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      doubt ??= error;
    }
  }
  if (doubt !== undefined) throw doubt;
  return true;
}

/** The range of `int32` (OpenAPI Format Registry). */
export function inInt32(value: number): boolean {
  return Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31;
}

function matches(pattern: Json, text: string): boolean {
  const result = typeof pattern === "string" ? matchesPattern(pattern, text) : undefined;
  if (result === undefined) throw new Undecided("pattern");
  return result;
}

function number(test: (value: number, bound: number) => boolean): Keyword {
  return (_run, bound, value) => typeof value !== "number" || typeof bound !== "number" || test(value, bound);
}
function length(test: (length: number, bound: number) => boolean): Keyword {
  return (_run, bound, value) =>
    typeof value !== "string" || typeof bound !== "number" || test(Array.from(value).length, bound);
}
function items(test: (count: number, bound: number) => boolean): Keyword {
  return (_run, bound, value) =>
    !Array.isArray(value) || typeof bound !== "number" || test(asArray(value).length, bound);
}
function members(test: (count: number, bound: number) => boolean): Keyword {
  return (_run, bound, value) =>
    !isObject(value) || typeof bound !== "number" || test(Object.keys(value).length, bound);
}

/** Everything in the value that nothing else speaks of must fit. */
function unevaluated(keyword: "unevaluatedProperties" | "unevaluatedItems"): Keyword {
  return (run, schema, value, parent) => {
    const isAsked = keyword === "unevaluatedItems" ? Array.isArray(value) : isObject(value);
    if (!isAsked) return true;
    const evaluation = {
      document: run.document,
      fits: (document: JsonObject, inner: Json, one: Json) => valid({ ...run, document }, inner, one),
      refuse: (why: string): never => {
        throw new Undecided(why);
      },
    };
    const evaluated = evaluatedKeys(evaluation, wholeOf(parent), value, keyword);
    return Object.entries(Array.isArray(value) ? asArray(value) : asObject(value)).every(
      ([key, inner]) => evaluated.has(key) || valid(run, schema, inner),
    );
  };
}

const atLeast = (value: number, bound: number): boolean => value >= bound;
const atMost = (value: number, bound: number): boolean => value <= bound;
const always: Keyword = () => true;

const keywords: Readonly<Record<string, Keyword>> = {
  type: (_run, type, value) => {
    const names = typeof type === "string" ? [type] : asArray(type);
    const actual = typeOf(value);
    return names.includes(actual) || (actual === "integer" && names.includes("number"));
  },
  const: (_run, expected, value) => canonicalText(expected) === canonicalText(value),
  enum: (_run, expected, value) => {
    const text = canonicalText(value);
    return asArray(expected).some((item) => canonicalText(item) === text);
  },
  minimum: number(atLeast),
  maximum: number(atMost),
  exclusiveMinimum: number((value, bound) => value > bound),
  exclusiveMaximum: number((value, bound) => value < bound),
  multipleOf: number((value, step) => Math.abs(value / step - Math.round(value / step)) < 1e-9),
  minLength: length(atLeast),
  maxLength: length(atMost),
  minItems: items(atLeast),
  maxItems: items(atMost),
  minProperties: members(atLeast),
  maxProperties: members(atMost),
  pattern: (_run, pattern, value) => typeof value !== "string" || matches(pattern, value),
  format: (_run, format, value) => {
    if (format === "int32" && typeof value === "number") return inInt32(value);
    if (typeof value !== "string" || typeof format !== "string") return true;
    const matches = matchesFormat(format, value);
    if (matches === undefined) throw new Undecided(`format ${format}`);
    return matches;
  },
  uniqueItems: (_run, unique, value) => {
    if (unique !== true || !Array.isArray(value)) return true;
    const texts = asArray(value).map(canonicalText);
    return new Set(texts).size === texts.length;
  },
  prefixItems: (run, schemas, value) =>
    !Array.isArray(value) ||
    asArray(value).every((item, index) => {
      const schema = asArray(schemas)[index];
      return schema === undefined || valid(run, schema, item);
    }),
  items: (run, schema, value, parent) =>
    !Array.isArray(value) ||
    asArray(value)
      .slice(asArray(parent["prefixItems"]).length)
      .every((item) => valid(run, schema, item)),
  contains: (run, schema, value, parent) => {
    if (!Array.isArray(value)) return true;
    const count = asArray(value).filter((item) => valid(run, schema, item)).length;
    const least = typeof parent["minContains"] === "number" ? parent["minContains"] : 1;
    const most = typeof parent["maxContains"] === "number" ? parent["maxContains"] : Infinity;
    return count >= least && count <= most;
  },
  minContains: always,
  maxContains: always,
  required: (_run, names, value) =>
    !isObject(value) ||
    asArray(names).every((name) => typeof name !== "string" || Object.hasOwn(value, name)),
  properties: (run, schemas, value) =>
    !isObject(value) ||
    Object.entries(asObject(schemas)).every(
      ([name, schema]) => !Object.hasOwn(value, name) || valid(run, schema, value[name] ?? null),
    ),
  patternProperties: (run, schemas, value) =>
    !isObject(value) ||
    Object.entries(asObject(schemas)).every(([pattern, schema]) =>
      Object.entries(value).every(([name, member]) => !matches(pattern, name) || valid(run, schema, member)),
    ),
  additionalProperties: (run, schema, value, parent) => {
    if (!isObject(value)) return true;
    const named = asObject(parent["properties"]);
    const patterns = Object.keys(asObject(parent["patternProperties"]));
    return Object.entries(value).every(
      ([name, member]) =>
        Object.hasOwn(named, name) ||
        patterns.some((pattern) => matches(pattern, name)) ||
        valid(run, schema, member),
    );
  },
  propertyNames: (run, schema, value) =>
    !isObject(value) || Object.keys(value).every((name) => valid(run, schema, name)),
  dependentRequired: (_run, dependencies, value) =>
    !isObject(value) ||
    Object.entries(asObject(dependencies)).every(
      ([name, needed]) =>
        !Object.hasOwn(value, name) ||
        asArray(needed).every((other) => typeof other !== "string" || Object.hasOwn(value, other)),
    ),
  dependentSchemas: (run, dependencies, value) =>
    !isObject(value) ||
    Object.entries(asObject(dependencies)).every(
      ([name, schema]) => !Object.hasOwn(value, name) || valid(run, schema, value),
    ),
  anyOf: (run, schemas, value) => asArray(schemas).some((schema) => valid(run, schema, value)),
  oneOf: (run, schemas, value) => asArray(schemas).filter((schema) => valid(run, schema, value)).length === 1,
  not: (run, schema, value) => !valid(run, schema, value),
  if: (run, schema, value, parent) => {
    const branch = parent[valid(run, schema, value) ? "then" : "else"];
    return branch === undefined || valid(run, branch, value);
  },
  then: always,
  else: always,
  unevaluatedProperties: unevaluated("unevaluatedProperties"),
  unevaluatedItems: unevaluated("unevaluatedItems"),
};
