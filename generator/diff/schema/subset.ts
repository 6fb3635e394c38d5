/**
 * Does every value of one schema fit another? A structural proof: `true` is certain, `false` only means that no proof
 * was found. Sound for recursive schemas, because every step through a reference that repeats goes down into the value.
 */
import { asArray, asObject, type Json, type JsonObject } from "../../json/json.ts";
import { disjoint } from "./disjoint.ts";
import { assertionImplied, itemOf, modifiers, siblings, vacuous } from "./implied.ts";
import { asserts } from "./keywords.ts";
import { isUnsent } from "./members.ts";
import {
  conjunction,
  flatten,
  homeOf,
  idOf,
  isEmpty,
  listedValues,
  propertyOf,
  sideOf,
  typesOf,
  type Conjunction,
  type SchemaSide,
} from "./side.ts";
import type { Questions } from "./questions.ts";
import { wholeOf } from "./reading.ts";
import { splits } from "./split.ts";
import { containsIncluded, itemsIncluded } from "./subset-arrays.ts";
import { conditionIncluded, oneOfIncluded, valuesOfTypes } from "./subset-logic.ts";
import { additionalIncluded, dependentIncluded, namesIncluded, patternsIncluded } from "./subset-objects.ts";
import { isValid } from "./validate.ts";

/** Steps before the proof is given up. */
const maxSteps = 5_000;
/** Values of an `enum` that are tried one by one. */
const maxValues = 5_000;
/** Alternatives inside alternatives that are told apart. */
const maxSplits = 6;

export interface SubsetOptions {
  /** The values come from a sender that never sends a member which only the outer schema declares. */
  readonly declaredOnly?: boolean;
  /** Steps before a proof is given up; absent: the usual number. */
  readonly maxSteps?: number;
  /** Is another question than the first answered elsewhere? It counts as proved here. */
  readonly settled?: (inner: Conjunction, outer: Conjunction) => boolean;
  /** Are these two written the same, with all that they refer to? */
  readonly same?: (inner: Json, outer: Json) => boolean;
}

/** True if every value that is valid against `inner` is proved to be valid against `outer`. */
export function isSubset(inner: SchemaSide, outer: SchemaSide, options: SubsetOptions = {}): boolean {
  return new Proof(options).start(flatten(inner), flatten(outer));
}

interface Answer {
  /** The level that it was found at: it holds there and further down. */
  readonly level: number;
  readonly rests: number;
}

/** Answers questions of inclusion; what one answer has shown helps with the next. */
export class Proof {
  #steps = 0;
  #splits = 0;
  readonly #proved = new Map<string, Answer>();
  readonly #failed = new Set<string>();
  /** Answers that rest on questions that are still open, in the order in which they were found. */
  readonly #resting: string[] = [];
  /** The outermost open question that the answer being found rests on, by its place among them. */
  #rests = Infinity;
  #circles = 0;
  readonly #options: SubsetOptions;
  /** Questions that are being answered, with the level of the value they were asked at. */
  readonly #open = new Map<string, { readonly level: number; readonly place: number }>();
  #level = 0;
  readonly #most: number;

  constructor(options: SubsetOptions) {
    this.#options = options;
    this.#most = options.maxSteps ?? maxSteps;
  }

  /** True if every value of the first is proved to be one of the second. */
  start(inner: Conjunction, outer: Conjunction): boolean {
    this.#steps = 0;
    this.#splits = 0;
    this.#level = 0;
    this.#rests = Infinity;
    try {
      return this.#within(inner, outer);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#forget(0);
      this.#open.clear();
      return false;
    }
  }

  #within(inner: Conjunction, wanted: Conjunction): boolean {
    if (inner.never) return true;
    if (wanted.never || wanted.opaque) return typesOf(inner).size === 0;
    if (this.#open.size > 0 && this.#options.settled?.(inner, wanted) === true) return true;
    const key = `${keyOf(inner)}<${keyOf(wanted)}`;
    const proved = this.#proved.get(key);
    if (proved !== undefined && proved.level <= this.#level) {
      this.#rests = Math.min(this.#rests, proved.rests);
      return true;
    }
    if (this.#failed.has(key)) return false;
    const asked = this.#open.get(key);
    // Asked again further down in the value: values are finite, so what holds at every step holds. Asked again about
    // the same value: the question leads in a circle and proves nothing.
    if (asked !== undefined) {
      if (asked.level >= this.#level) this.#circles++;
      this.#rests = Math.min(this.#rests, asked.place);
      return asked.level < this.#level;
    }
    return this.#answer(key, inner, wanted);
  }

  #answer(key: string, inner: Conjunction, wanted: Conjunction): boolean {
    const [resting, circles, rests] = [this.#resting.length, this.#circles, this.#rests];
    const place = this.#open.size;
    this.#open.set(key, { level: this.#level, place });
    this.#rests = Infinity;
    const result = wanted.parts.every((part) => this.#part(inner, homeOf(wanted, part), part));
    this.#open.delete(key);
    const own = this.#rests;
    this.#rests = Math.min(rests, own < place ? own : Infinity);
    if (result) {
      const isFree = own >= place;
      this.#proved.set(key, { level: this.#level, rests: isFree ? Infinity : own });
      if (isFree) this.#release(resting);
      else this.#resting.push(key);
      return true;
    }
    this.#rests = rests;
    this.#forget(resting);
    if (circles === this.#circles && this.#steps <= this.#most) this.#failed.add(key);
    return false;
  }

  /** What rested on a question that is answered now rests on nothing. */
  #release(from: number): void {
    for (const key of this.#resting.splice(from)) {
      const answer = this.#proved.get(key);
      if (answer !== undefined) this.#proved.set(key, { ...answer, rests: Infinity });
    }
  }

  /** What was proved under a question that failed may rest on it. */
  #forget(from: number): void {
    for (const key of this.#resting.splice(from)) this.#proved.delete(key);
  }

  #schema(inner: Conjunction, document: JsonObject, outer: Json | undefined): boolean {
    if (outer === undefined || outer === true) return true;
    return this.#within(inner, conjunction(document, [outer], inner.view));
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
    if (inner.never || ++this.#steps > this.#most) return inner.never;
    if (inner.parts.includes(part)) return true;
    const { same } = this.#options;
    const isSame = (own: JsonObject): boolean => same?.(wholeOf(own), wholeOf(part)) === true;
    if (inner.parts.some((own) => homeOf(inner, own) !== document && isSame(own))) return true;
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
          patternsIncluded(this.#ask, inner, pattern, document, schema),
        );
      case "additionalProperties":
        return additionalIncluded(this.#ask, inner, document, part, value);
      case "propertyNames":
        return namesIncluded(this.#ask, inner, document, value);
      case "dependentRequired":
        return Object.entries(asObject(value)).every(([property, names]) =>
          dependentIncluded(this.#ask, inner, document, property, { required: names }),
        );
      case "dependentSchemas":
        return Object.entries(asObject(value)).every(([property, schema]) =>
          dependentIncluded(this.#ask, inner, document, property, schema),
        );
      default:
        return this.#itemsOrLogic(inner, document, part, name);
    }
  }

  #itemsOrLogic(inner: Conjunction, document: JsonObject, part: JsonObject, name: string): boolean {
    const value = part[name] ?? null;
    switch (name) {
      case "items":
        return itemsIncluded(this.#ask, inner, document, asArray(part["prefixItems"]).length, value);
      case "prefixItems":
        return asArray(value).every((schema, index) => this.#below(itemOf(inner, index), document, schema));
      case "contains":
        return containsIncluded(this.#ask, inner, document, part, value);
      case "anyOf":
        return asArray(value).some((branch) => this.#schema(inner, document, branch));
      case "oneOf":
        return oneOfIncluded(this.#ask, inner, document, asArray(value));
      case "not":
        return disjoint(inner, conjunction(document, [value], inner.view), this.#ask.within);
      case "if":
        return conditionIncluded(this.#ask, inner, document, part, value);
      default:
        return false;
    }
  }

  readonly #ask: Questions = {
    within: (inner, outer) => this.#within(inner, outer),
    schema: (inner, document, outer) => this.#schema(inner, document, outer),
    below: (inner, document, outer) => this.#below(inner, document, outer),
    property: (inner, name, document, schema) => this.#property(inner, name, document, schema),
    isUnsent: (inner, name) => this.#options.declaredOnly === true && isUnsent(inner, name),
  };

  #property(inner: Conjunction, name: string, document: JsonObject, schema: Json): boolean {
    if (this.#options.declaredOnly === true && isUnsent(inner, name)) return true;
    return this.#below(propertyOf(inner, name), document, schema);
  }
}

function keyOf(all: Conjunction): string {
  return all.parts.map(idOf).join(",");
}
