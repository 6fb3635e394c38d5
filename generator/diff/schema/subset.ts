/**
 * Does every value of one schema fit another? A structural proof: `true` is certain, `false` only means that no proof
 * was found. Sound for recursive schemas, because every step through a reference that repeats goes down into the value.
 */
import { asArray, asObject, type Json, type JsonObject } from "../../json/json.ts";
import { disjoint } from "./disjoint.ts";
import { assertionImplied, itemOf, mentionsReference, sameKeyword, siblings, vacuous } from "./implied.ts";
import {
  asserts,
  conjunction,
  jsonTypes,
  listedValues,
  propertyOf,
  restOf,
  typesOf,
  without,
} from "./side.ts";
import type { Conjunction, SchemaSide } from "./side.ts";
import { isValid } from "./validate.ts";

/** Steps before the proof is given up. */
const maxSteps = 5_000;
/** Values of an `enum` that are tried one by one. */
const maxValues = 2_000;

/** Is every value that is valid against `inner` proved to be valid against `outer`? */
export function isSubset(inner: SchemaSide, outer: SchemaSide): boolean {
  try {
    return new Proof().schema(conjunction(inner.document, [inner.schema]), outer.document, outer.schema);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

class Proof {
  #steps = 0;
  readonly #ids = new Map<Json, number>();
  /** Questions that are being answered, with the level of the value they were asked at. */
  readonly #open = new Map<string, number>();
  #level = 0;

  schema(inner: Conjunction, document: JsonObject, outer: Json | undefined): boolean {
    if (inner.never) return true;
    const wanted = conjunction(document, [outer]);
    if (wanted.never || wanted.opaque) return typesOf(inner).size === 0;
    const key = `${this.#key(inner)}<${this.#key(wanted)}`;
    const asked = this.#open.get(key);
    // Asked again further down in the value: values are finite, so what holds at every step holds. Asked again about
    // the same value: the question leads in a circle and proves nothing.
    if (asked !== undefined) return asked < this.#level;
    this.#open.set(key, this.#level);
    try {
      return wanted.parts.every((part) => this.#part(inner, document, part));
    } finally {
      this.#open.delete(key);
    }
  }

  /** The same question about a member or an item of the value. */
  #below(inner: Conjunction, document: JsonObject, outer: Json | undefined): boolean {
    this.#level++;
    try {
      return this.schema(inner, document, outer);
    } finally {
      this.#level--;
    }
  }

  #part(inner: Conjunction, document: JsonObject, part: JsonObject): boolean {
    if (++this.#steps > maxSteps) return false;
    const values = listedValues(inner) ?? valuesOfTypes(inner);
    if (values !== undefined && !inner.opaque && values.length <= maxValues) {
      return this.#values(inner, values, { document, schema: part });
    }
    return Object.keys(part)
      .filter(asserts)
      .every(
        (name) =>
          this.#keyword(inner, document, part, name) ||
          this.#split(inner, document, { [name]: part[name] ?? null }, part),
      );
  }

  #values(inner: Conjunction, values: readonly Json[], outer: SchemaSide): boolean {
    const possible = values.filter((value) =>
      inner.parts.every((schema) => isValid({ document: inner.document, schema }, value) !== false),
    );
    return possible.every((value) => isValid(outer, value) === true);
  }

  /** Proves it for each alternative of the inner schema, where it has any. */
  #split(inner: Conjunction, document: JsonObject, keyword: JsonObject, part: JsonObject): boolean {
    for (const [index, own] of inner.parts.entries()) {
      const name = own["anyOf"] === undefined ? "oneOf" : "anyOf";
      const branches = asArray(own[name]);
      if (branches.length === 0) continue;
      const rest = without(own, name);
      const others = inner.parts.filter((_, other) => other !== index);
      const target = { ...siblings(part, Object.keys(keyword)[0] ?? ""), ...keyword };
      return branches.every((branch) => {
        const one = conjunction(inner.document, [...others, rest, branch]);
        return this.#consistent(one) ? this.#part(one, document, target) : true;
      });
    }
    return this.#splitTypes(inner, document, keyword, part);
  }

  #splitTypes(inner: Conjunction, document: JsonObject, keyword: JsonObject, part: JsonObject): boolean {
    const types = [...typesOf(inner)];
    if (types.length < 2 || types.length === jsonTypes.length) return false;
    const target = { ...siblings(part, Object.keys(keyword)[0] ?? ""), ...keyword };
    return types.every((type) =>
      this.#part(conjunction(inner.document, [...inner.parts, { type }]), document, target),
    );
  }

  #consistent(all: Conjunction): boolean {
    return !all.never && typesOf(all).size > 0;
  }

  #keyword(inner: Conjunction, document: JsonObject, part: JsonObject, name: string): boolean {
    const value = part[name] ?? null;
    if (vacuous(inner, name)) return true;
    if (inner.parts.some((own) => sameKeyword(own, part, name))) {
      // Equal text means the same only where no reference in it could lead elsewhere in the other document.
      if (!mentionsReference(value) || inner.document === document) return true;
    }
    return assertionImplied(inner, name, value) ?? this.#applicator(inner, document, part, name);
  }

  /** Keywords that apply other schemas. */
  #applicator(inner: Conjunction, document: JsonObject, part: JsonObject, name: string): boolean {
    const value = part[name] ?? null;
    switch (name) {
      case "properties":
        return Object.entries(asObject(value)).every(([property, schema]) =>
          this.#below(propertyOf(inner, property), document, schema),
        );
      case "additionalProperties":
        return this.#additional(inner, document, part, value);
      case "items":
        return this.#items(inner, document, asArray(part["prefixItems"]).length, value);
      case "prefixItems":
        return asArray(value).every((schema, index) => this.#below(itemOf(inner, index), document, schema));
      case "anyOf":
        return asArray(value).some((branch) => this.schema(inner, document, branch));
      case "oneOf":
        return this.#oneOf(inner, document, asArray(value));
      case "not":
        return disjoint(inner, conjunction(document, [value]));
      default:
        return false;
    }
  }

  /** Exactly one: by place, because the same branch written twice is never the only one. */
  #oneOf(inner: Conjunction, document: JsonObject, branches: readonly Json[]): boolean {
    return branches.some(
      (branch, index) =>
        this.schema(inner, document, branch) &&
        branches.every((other, place) => place === index || disjoint(inner, conjunction(document, [other]))),
    );
  }

  #additional(inner: Conjunction, document: JsonObject, part: JsonObject, schema: Json): boolean {
    if (part["patternProperties"] !== undefined) return false;
    const named = asObject(part["properties"]);
    const known = new Set(inner.parts.flatMap((own) => Object.keys(asObject(own["properties"]))));
    const beyond = [...known].filter((name) => !Object.hasOwn(named, name));
    return (
      beyond.every((name) => this.#below(propertyOf(inner, name), document, schema)) &&
      this.#below(restOf(inner), document, schema)
    );
  }

  #items(inner: Conjunction, document: JsonObject, from: number, schema: Json): boolean {
    const longest = Math.max(from, ...inner.parts.map((own) => asArray(own["prefixItems"]).length));
    for (let index = from; index <= longest; index++) {
      if (!this.#below(itemOf(inner, index), document, schema)) return false;
    }
    return true;
  }

  #key(all: Conjunction): string {
    return all.parts.map((part) => this.#id(part)).join(",");
  }

  #id(part: JsonObject): number {
    const known = this.#ids.get(part);
    if (known !== undefined) return known;
    this.#ids.set(part, this.#ids.size);
    return this.#ids.size - 1;
  }
}

/** All values of a schema whose types have only a few. */
function valuesOfTypes(all: Conjunction): readonly Json[] | undefined {
  const types = [...typesOf(all)];
  const few = types.length > 0 && types.every((type) => type === "null" || type === "boolean");
  return few ? types.flatMap((type): Json[] => (type === "null" ? [null] : [true, false])) : undefined;
}
