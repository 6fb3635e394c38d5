/**
 * Does every value of one schema fit another? A structural proof: `true` is certain, `false` only means that no proof
 * was found. Sound for recursive schemas, because every step through a reference that repeats goes down into the value.
 */
import { asArray, asObject, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { disjoint } from "./disjoint.ts";
import {
  annotations,
  asserts,
  canonicalText,
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
    const values = listedValues(inner);
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
    switch (name) {
      case "type":
        return typeImplied(inner, value);
      case "minimum":
      case "exclusiveMinimum":
      case "maximum":
      case "exclusiveMaximum":
      case "multipleOf":
        return numberImplied(inner, name, value);
      case "minLength":
      case "minItems":
      case "minProperties":
        return (
          bounds(inner, name).some((bound) => typeof value === "number" && bound >= value) || value === 0
        );
      case "maxLength":
      case "maxItems":
      case "maxProperties":
        return bounds(inner, name).some((bound) => typeof value === "number" && bound <= value);
      case "uniqueItems":
        return value === false;
      case "required":
        return asArray(value).every((wanted) => requiredNames(inner).has(wanted));
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

  #oneOf(inner: Conjunction, document: JsonObject, branches: readonly Json[]): boolean {
    return branches.some(
      (branch) =>
        this.schema(inner, document, branch) &&
        branches.every((other) => other === branch || disjoint(inner, conjunction(document, [other]))),
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

/** Keywords of one type say nothing where the inner schema does not allow that type. */
const typeOfKeyword: Readonly<Record<string, "number" | "string" | "array" | "object">> = {
  ...Object.fromEntries(
    ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"].map((name) => [
      name,
      "number",
    ]),
  ),
  ...Object.fromEntries(["minLength", "maxLength", "pattern", "format"].map((name) => [name, "string"])),
  ...Object.fromEntries(
    ["items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"].map((name) => [
      name,
      "array",
    ]),
  ),
  ...Object.fromEntries(
    ["properties", "required", "additionalProperties", "patternProperties", "propertyNames"].map((name) => [
      name,
      "object",
    ]),
  ),
};

function vacuous(inner: Conjunction, name: string): boolean {
  const types = typesOf(inner);
  if (types.size === 0) return true;
  const type = Object.hasOwn(typeOfKeyword, name) ? typeOfKeyword[name] : undefined;
  return type !== undefined && !types.has(type) && !(type === "number" && types.has("integer"));
}

/** Keywords whose meaning depends on others beside them. */
function siblings(part: JsonObject, name: string): JsonObject {
  const needed: Readonly<Record<string, readonly string[]>> = {
    additionalProperties: ["properties", "patternProperties"],
    items: ["prefixItems"],
    contains: ["minContains", "maxContains"],
    if: ["then", "else"],
  };
  const names = Object.hasOwn(needed, name) ? (needed[name] ?? []) : [];
  return Object.fromEntries(Object.entries(part).filter(([key]) => names.includes(key)));
}

function sameKeyword(own: JsonObject, part: JsonObject, name: string): boolean {
  if (own[name] === undefined || unevaluated.has(name)) return false;
  const text = (schema: JsonObject): string =>
    canonicalText(bare({ ...siblings(schema, name), [name]: schema[name] ?? null }));
  return text(own) === text(part);
}

/** What these refuse depends on every other keyword in the schema. */
const unevaluated = new Set(["unevaluatedProperties", "unevaluatedItems"]);

/** The same without annotations, at every level: an approximation that errs towards "different". */
function bare(value: Json): Json {
  if (Array.isArray(value)) return asArray(value).map(bare);
  if (!isObject(value)) return value;
  const silent = (name: string, member: Json): boolean => typeof member === "string" && annotations.has(name);
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => (silent(name, member) ? [] : [[name, bare(member)]])),
  );
}

function mentionsReference(value: Json): boolean {
  if (Array.isArray(value)) return asArray(value).some(mentionsReference);
  return (
    isObject(value) &&
    Object.entries(value).some(([name, member]) => name.startsWith("$") || mentionsReference(member))
  );
}

function typeImplied(inner: Conjunction, type: Json): boolean {
  const names: readonly Json[] = typeof type === "string" ? [type] : asArray(type);
  return [...typesOf(inner)].every(
    (one) => names.includes(one) || (one === "integer" && names.includes("number")),
  );
}

function bounds(inner: Conjunction, name: string): number[] {
  return inner.parts.map((part) => part[name]).filter((bound) => typeof bound === "number");
}

function numberImplied(inner: Conjunction, name: string, value: Json): boolean {
  if (typeof value !== "number") return true;
  const over = bounds(inner, "exclusiveMinimum");
  const under = bounds(inner, "exclusiveMaximum");
  const least = bounds(inner, "minimum");
  const most = bounds(inner, "maximum");
  if (!typesOf(inner).has("number")) {
    // Between whole numbers there is nothing: > 0 is ≥ 1.
    least.push(...over.map((bound) => Math.floor(bound) + 1), ...least.map(Math.ceil));
    most.push(...under.map((bound) => Math.ceil(bound) - 1), ...most.map(Math.floor));
  }
  switch (name) {
    case "minimum":
      return [...least, ...over].some((bound) => bound >= value);
    case "maximum":
      return [...most, ...under].some((bound) => bound <= value);
    case "exclusiveMinimum":
      return over.some((bound) => bound >= value) || least.some((bound) => bound > value);
    case "exclusiveMaximum":
      return under.some((bound) => bound <= value) || most.some((bound) => bound < value);
    default:
      return (
        (value === 1 && !typesOf(inner).has("number")) ||
        bounds(inner, "multipleOf").some((step) => Number.isInteger(step) && Number.isInteger(step / value))
      );
  }
}

function requiredNames(inner: Conjunction): ReadonlySet<Json> {
  return new Set(inner.parts.flatMap((part) => asArray(part["required"])));
}

function itemOf(all: Conjunction, index: number): Conjunction {
  const schemas = all.parts.map((part) => {
    const prefix = asArray(part["prefixItems"]);
    return index < prefix.length ? prefix[index] : part["items"];
  });
  return conjunction(all.document, schemas);
}
