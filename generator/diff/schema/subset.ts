/**
 * Does every value of one schema fit another? A structural proof: `true` is certain, `false` only means that no proof
 * was found. Sound for recursive schemas, because every step through a reference that repeats goes down into the value.
 */
import { asArray, asObject, asStrings, type Json, type JsonObject } from "../../json/json.ts";
import { disjoint } from "./disjoint.ts";
import {
  assertionImplied,
  itemOf,
  least,
  modifiers,
  most,
  requiredNames,
  siblings,
  vacuous,
} from "./implied.ts";
import { asserts } from "./keywords.ts";
import { closedNames, declaredNames, isUnsent } from "./members.ts";
import {
  and,
  conjunction,
  flatten,
  gather,
  homeOf,
  idOf,
  listedValues,
  propertyOf,
  restOf,
  sideOf,
  typesOf,
  type Conjunction,
  type SchemaSide,
} from "./side.ts";
import { splits } from "./split.ts";
import { matchesPattern } from "./text.ts";
import { isValid } from "./validate.ts";

/** Steps before the proof is given up. */
const maxSteps = 20_000;
/** Values of an `enum` that are tried one by one. */
const maxValues = 5_000;
/** Alternatives inside alternatives that are told apart. */
const maxSplits = 6;

export interface SubsetOptions {
  /** The values come from a sender that never sends a member which only the outer schema declares. */
  readonly declaredOnly?: boolean;
  /** Are these two written the same, with all that they refer to? */
  readonly same?: (inner: Json, outer: Json) => boolean;
}

/** True if every value that is valid against `inner` is proved to be valid against `outer`. */
export function isSubset(inner: SchemaSide, outer: SchemaSide, options: SubsetOptions = {}): boolean {
  return isIncluded(flatten(inner), flatten(outer), options);
}

/** The same for conjunctions. */
export function isIncluded(inner: Conjunction, outer: Conjunction, options: SubsetOptions = {}): boolean {
  try {
    return new Proof(options).within(inner, outer);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

class Proof {
  #steps = 0;
  #splits = 0;
  readonly #options: SubsetOptions;
  /** Questions that are being answered, with the level of the value they were asked at. */
  readonly #open = new Map<string, number>();
  #level = 0;

  constructor(options: SubsetOptions) {
    this.#options = options;
  }

  within(inner: Conjunction, wanted: Conjunction): boolean {
    if (inner.never) return true;
    if (wanted.never || wanted.opaque) return typesOf(inner).size === 0;
    const key = `${keyOf(inner)}<${keyOf(wanted)}`;
    const asked = this.#open.get(key);
    // Asked again further down in the value: values are finite, so what holds at every step holds. Asked again about
    // the same value: the question leads in a circle and proves nothing.
    if (asked !== undefined) return asked < this.#level;
    this.#open.set(key, this.#level);
    try {
      return wanted.parts.every((part) => this.#part(inner, homeOf(wanted, part), part));
    } finally {
      this.#open.delete(key);
    }
  }

  #schema(inner: Conjunction, document: JsonObject, outer: Json | undefined): boolean {
    if (outer === undefined || outer === true) return true;
    return this.within(inner, conjunction(document, [outer], inner.view));
  }

  /** The same question about a member or an item of the value. */
  #below(inner: Conjunction, document: JsonObject, outer: Json | undefined): boolean {
    this.#level++;
    const splits = this.#splits;
    this.#splits = 0;
    try {
      return this.#schema(inner, document, outer);
    } finally {
      this.#level--;
      this.#splits = splits;
    }
  }

  #part(inner: Conjunction, document: JsonObject, part: JsonObject): boolean {
    if (inner.never || ++this.#steps > maxSteps) return inner.never;
    if (inner.parts.includes(part)) return true;
    const { same } = this.#options;
    if (same !== undefined && inner.parts.some((own) => homeOf(inner, own) !== document && same(own, part)))
      return true;
    const values = listedValues(inner) ?? valuesOfTypes(inner);
    if (values !== undefined && !inner.opaque && values.length <= maxValues) {
      if (this.#values(inner, values, { document, schema: part, view: inner.view })) return true;
    }
    return Object.keys(part)
      .filter((name) => asserts(name) && !modifiers.has(name))
      .every((name) => this.#asserted(inner, document, part, name));
  }

  #asserted(inner: Conjunction, document: JsonObject, part: JsonObject, name: string): boolean {
    return this.#keyword(inner, document, part, name) || this.#split(inner, document, part, name);
  }

  #values(inner: Conjunction, values: readonly Json[], outer: SchemaSide): boolean {
    const own = sideOf(inner);
    return values.every((value) => isValid(own, value) === false || isValid(outer, value) === true);
  }

  /** Proves it for each alternative of the inner schema, where it has any. */
  #split(inner: Conjunction, document: JsonObject, part: JsonObject, name: string): boolean {
    if (this.#splits >= maxSplits) return false;
    const target: JsonObject = { ...siblings(part, name), [name]: part[name] ?? null };
    this.#splits++;
    try {
      return splits(inner, { document, schema: target, view: inner.view }).some((cases) =>
        cases.every((one) => isEmpty(one) || this.#part(one, document, target)),
      );
    } finally {
      this.#splits--;
    }
  }

  #keyword(inner: Conjunction, document: JsonObject, part: JsonObject, name: string): boolean {
    const value = part[name] ?? null;
    if (vacuous(inner, name)) return true;
    if (inner.parts.some((own) => this.#says(inner, own, document, part, name))) return true;
    return assertionImplied(inner, name, value) ?? this.#applicator(inner, document, part, name);
  }

  /** True if a part of the inner schema says the same with this keyword. */
  #says(inner: Conjunction, own: JsonObject, document: JsonObject, part: JsonObject, name: string): boolean {
    const value = own[name];
    if (value === undefined || name.startsWith("unevaluated")) return false;
    const home = homeOf(inner, own);
    const { same } = this.#options;
    const equal = (a: Json | undefined, b: Json | undefined): boolean =>
      a === b ||
      (home !== document && same !== undefined && a !== undefined && b !== undefined && same(a, b));
    const beside = Object.keys({ ...siblings(own, name), ...siblings(part, name) });
    return equal(value, part[name]) && beside.every((other) => equal(own[other], part[other]));
  }

  /** Keywords that apply other schemas. */
  #applicator(inner: Conjunction, document: JsonObject, part: JsonObject, name: string): boolean {
    const value = part[name] ?? null;
    switch (name) {
      case "properties":
        return Object.entries(asObject(value)).every(([property, schema]) =>
          this.#property(inner, property, document, schema),
        );
      case "patternProperties":
        return Object.entries(asObject(value)).every(([pattern, schema]) =>
          this.#pattern(inner, pattern, document, schema),
        );
      case "additionalProperties":
        return this.#additional(inner, document, part, value);
      case "propertyNames":
        return this.#propertyNames(inner, document, value);
      case "dependentRequired":
        return Object.entries(asObject(value)).every(([property, names]) =>
          this.#dependent(inner, document, property, { required: names }),
        );
      case "dependentSchemas":
        return Object.entries(asObject(value)).every(([property, schema]) =>
          this.#dependent(inner, document, property, schema),
        );
      default:
        return this.#itemsOrLogic(inner, document, part, name);
    }
  }

  #itemsOrLogic(inner: Conjunction, document: JsonObject, part: JsonObject, name: string): boolean {
    const value = part[name] ?? null;
    switch (name) {
      case "items":
        return this.#items(inner, document, asArray(part["prefixItems"]).length, value);
      case "prefixItems":
        return asArray(value).every((schema, index) => this.#below(itemOf(inner, index), document, schema));
      case "contains":
        return this.#contains(inner, document, part, value);
      case "anyOf":
        return asArray(value).some((branch) => this.#schema(inner, document, branch));
      case "oneOf":
        return this.#oneOf(inner, document, asArray(value));
      case "not":
        return disjoint(inner, conjunction(document, [value], inner.view), this.#includes);
      case "if":
        return this.#condition(inner, document, part, value);
      default:
        return false;
    }
  }

  readonly #includes = (inner: Conjunction, outer: Conjunction): boolean => this.within(inner, outer);

  #property(inner: Conjunction, name: string, document: JsonObject, schema: Json): boolean {
    if (this.#options.declaredOnly === true && isUnsent(inner, name)) return true;
    return this.#below(propertyOf(inner, name), document, schema);
  }

  /** Exactly one: by place, because the same branch written twice is never the only one. */
  #oneOf(inner: Conjunction, document: JsonObject, branches: readonly Json[]): boolean {
    const flat = branches.map((branch) => conjunction(document, [branch], inner.view));
    return flat.some(
      (branch, index) =>
        this.within(inner, branch) &&
        flat.every((other, place) => place === index || disjoint(inner, other, this.#includes)),
    );
  }

  #additional(inner: Conjunction, document: JsonObject, part: JsonObject, schema: Json): boolean {
    const named = asObject(part["properties"]);
    const patterns = Object.keys(asObject(part["patternProperties"]));
    const isCovered = (name: string): boolean =>
      Object.hasOwn(named, name) || patterns.some((pattern) => matchesPattern(pattern, name) === true);
    if (
      ![...declaredNames(inner)].every(
        (name) => isCovered(name) || this.#property(inner, name, document, schema),
      )
    )
      return false;
    const others = inner.parts.flatMap((own) =>
      Object.entries(asObject(own["patternProperties"]))
        .filter(([pattern]) => !patterns.includes(pattern))
        .map(([, covered]) => [homeOf(inner, own), covered] as const),
    );
    if (!others.every(([home, own]) => this.#below(conjunction(home, [own], inner.view), document, schema)))
      return false;
    return this.#below(restOf(inner), document, schema);
  }

  /** Members whose names match: those that are declared, those under patterns, and the rest. */
  #pattern(inner: Conjunction, pattern: string, document: JsonObject, schema: Json): boolean {
    const names = [...declaredNames(inner)].filter((name) => matchesPattern(pattern, name) !== false);
    if (!names.every((name) => this.#property(inner, name, document, schema))) return false;
    const same = gather(inner, (part) => {
      const patterns = asObject(part["patternProperties"]);
      if (Object.hasOwn(patterns, pattern)) return patterns[pattern];
      return Object.keys(patterns).length === 0 ? part["additionalProperties"] : undefined;
    });
    return this.#below(same, document, schema);
  }

  #propertyNames(inner: Conjunction, document: JsonObject, schema: Json): boolean {
    const outer: SchemaSide = { document, schema: typeof schema === "boolean" ? schema : asObject(schema) };
    const fits = (name: string): boolean => isValid(outer, name) === true;
    const closed = closedNames(inner);
    if (closed !== undefined) return [...closed].every(fits);
    const own = gather(inner, (part) => part["propertyNames"]);
    return this.#below(and(own, { type: "string" }), document, schema);
  }

  /** Objects that have the member must fit. */
  #dependent(inner: Conjunction, document: JsonObject, property: string, schema: Json): boolean {
    if (this.#options.declaredOnly === true && isUnsent(inner, property)) return true;
    const value = propertyOf(inner, property);
    if (isEmpty(value)) return true;
    let having = requiredNames(inner).has(property)
      ? inner
      : and(inner, { type: "object", required: [property] });
    // What the inner schema asks for beside this member.
    for (const part of inner.parts) {
      const names = asStrings(asObject(part["dependentRequired"])[property]);
      if (names.length > 0) having = and(having, { required: names });
      having = and(having, asObject(part["dependentSchemas"])[property], homeOf(inner, part));
    }
    return this.#schema(having, document, schema);
  }

  #items(inner: Conjunction, document: JsonObject, from: number, schema: Json): boolean {
    const longest = Math.max(from, ...inner.parts.map((own) => asArray(own["prefixItems"]).length));
    for (let index = from; index <= longest; index++) {
      if (index >= most(inner, "maxItems")) return true;
      if (!this.#below(itemOf(inner, index), document, schema)) return false;
    }
    return true;
  }

  #contains(inner: Conjunction, document: JsonObject, part: JsonObject, schema: Json): boolean {
    const number = (value: Json | undefined, fallback: number): number =>
      typeof value === "number" ? value : fallback;
    const few = number(part["minContains"], 1);
    const many = number(part["maxContains"], Infinity);
    const wanted = conjunction(document, [schema], inner.view);
    const item = gather(inner, (own) => (own["prefixItems"] === undefined ? own["items"] : undefined));
    const own = inner.parts.flatMap((one) =>
      one["contains"] === undefined
        ? []
        : [{ part: one, schema: conjunction(homeOf(inner, one), [one["contains"]], inner.view) }],
    );
    const enough =
      few === 0 ||
      own.some((one) => number(one.part["minContains"], 1) >= few && this.within(one.schema, wanted)) ||
      (least(inner, "minItems") >= few && this.#below(item, document, schema));
    if (!enough || many === Infinity) return enough;
    return (
      most(inner, "maxItems") <= many ||
      disjoint(item, wanted, this.#includes) ||
      own.some((one) => number(one.part["maxContains"], Infinity) <= many && this.within(wanted, one.schema))
    );
  }

  /** Whatever fits `if` must fit `then`, and the rest must fit `else`. */
  #condition(inner: Conjunction, document: JsonObject, part: JsonObject, test: Json): boolean {
    const { then = true, else: otherwise = true } = part;
    const wanted = conjunction(document, [test], inner.view);
    const passes = and(inner, test, document);
    const fails = and(inner, { not: test }, document);
    const holds = (one: Conjunction, schema: Json): boolean =>
      schema === true || isEmpty(one) || this.#schema(one, document, schema);
    return (
      (disjoint(inner, wanted, this.#includes) || holds(passes, then)) &&
      (otherwise === true || this.within(inner, wanted) || holds(fails, otherwise))
    );
  }
}

function isEmpty(all: Conjunction): boolean {
  return all.never || typesOf(all).size === 0 || listedValues(all)?.length === 0;
}

function keyOf(all: Conjunction): string {
  return all.parts.map(idOf).join(",");
}

/** All values of a schema whose types have only a few. */
function valuesOfTypes(all: Conjunction): readonly Json[] | undefined {
  const types = [...typesOf(all)];
  const few = types.length > 0 && types.every((type) => type === "null" || type === "boolean");
  return few ? types.flatMap((type): Json[] => (type === "null" ? [null] : [true, false])) : undefined;
}
