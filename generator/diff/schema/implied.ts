/** Keywords that follow from what another schema says already. */
import { asArray, isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { annotations, conjunction, typesOf, type Conjunction } from "./side.ts";

/** Does the inner schema imply this assertion? `undefined` for keywords that apply other schemas. */
export function assertionImplied(inner: Conjunction, name: string, value: Json): boolean | undefined {
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
      return value === 0 || bounds(inner, name).some((bound) => typeof value === "number" && bound >= value);
    case "minProperties":
      if (typeof value === "number" && requiredCount(inner) >= value) return true;
      return value === 0 || bounds(inner, name).some((bound) => typeof value === "number" && bound >= value);
    case "maxLength":
    case "maxItems":
    case "maxProperties":
      return bounds(inner, name).some((bound) => typeof value === "number" && bound <= value);
    case "uniqueItems":
      return value === false;
    case "required":
      return asArray(value).every((wanted) => requiredNames(inner).has(wanted));
    default:
      return undefined;
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

export function vacuous(inner: Conjunction, name: string): boolean {
  const types = typesOf(inner);
  if (types.size === 0) return true;
  const type = Object.hasOwn(typeOfKeyword, name) ? typeOfKeyword[name] : undefined;
  return type !== undefined && !types.has(type) && !(type === "number" && types.has("integer"));
}

/** Keywords whose meaning depends on others beside them. */
export function siblings(part: JsonObject, name: string): JsonObject {
  const needed: Readonly<Record<string, readonly string[]>> = {
    additionalProperties: ["properties", "patternProperties"],
    items: ["prefixItems"],
    contains: ["minContains", "maxContains"],
    if: ["then", "else"],
  };
  const names = Object.hasOwn(needed, name) ? (needed[name] ?? []) : [];
  return Object.fromEntries(Object.entries(part).filter(([key]) => names.includes(key)));
}

export function sameKeyword(own: JsonObject, part: JsonObject, name: string): boolean {
  if (own[name] === undefined || unevaluated.has(name)) return false;
  const kept = (schema: JsonObject): JsonObject => ({
    ...siblings(schema, name),
    [name]: schema[name] ?? null,
  });
  return sameButAnnotations(kept(own), kept(part));
}

/** What these refuse depends on every other keyword in the schema. */
const unevaluated = new Set(["unevaluatedProperties", "unevaluatedItems"]);

/** Equal but for annotations, at every level: an approximation that errs towards "different". */
function sameButAnnotations(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (isArray(a) && isArray(b))
    return a.length === b.length && a.every((item, index) => sameButAnnotations(item, b[index] ?? null));
  if (!isObject(a) || !isObject(b)) return false;
  const names = spokenNames(a);
  return (
    names.length === spokenNames(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameButAnnotations(a[name] ?? null, b[name] ?? null))
  );
}

function spokenNames(schema: JsonObject): readonly string[] {
  return Object.keys(schema).filter((name) => typeof schema[name] !== "string" || !annotations.has(name));
}

export function mentionsReference(value: Json): boolean {
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

export function itemOf(all: Conjunction, index: number): Conjunction {
  const schemas = all.parts.map((part) => {
    const prefix = asArray(part["prefixItems"]);
    return index < prefix.length ? prefix[index] : part["items"];
  });
  return conjunction(all.document, schemas);
}

/** Members that an object has at least, because their names are required. */
function requiredCount(inner: Conjunction): number {
  return new Set(inner.parts.flatMap((part) => asArray(part["required"]))).size;
}
