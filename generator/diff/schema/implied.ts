/** Assertions about one value that follow from what another schema says already. */
import { append } from "../../json/append.ts";
import { greatest, smallest } from "../../json/extremes.ts";
import { asArray, type Json, type JsonObject } from "../../json/json.ts";
import { isPatternTrivial, patternIncluded } from "./pattern-inclusion.ts";
import { closedNames } from "./members.ts";
import { gather, typesOf, type Conjunction } from "./side.ts";
import { anyText } from "./text.ts";
import { inInt32 } from "./validate.ts";

/** True if the inner schema implies this assertion; `undefined` for keywords that apply other schemas. */
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
      if (typeof value === "number" && requiredNames(inner).size >= value) return true;
      return value === 0 || bounds(inner, name).some((bound) => typeof value === "number" && bound >= value);
    case "maxLength":
    case "maxItems":
      return typeof value === "number" && most(inner, name) <= value;
    case "maxProperties":
      return (
        typeof value === "number" &&
        Math.min(most(inner, name), closedNames(inner)?.size ?? Infinity) <= value
      );
    case "uniqueItems":
      return value === false || most(inner, "maxItems") <= 1;
    case "required":
      return asArray(value).every((wanted) => requiredNames(inner).has(wanted));
    case "pattern":
      return patternImplied(inner, value);
    case "format":
      return formatImplied(inner, value);
    default:
      return undefined;
  }
}

/** The least upper bound that some part sets; a list of fixed items without more has one too. */
export function most(inner: Conjunction, name: string): number {
  const own = smallest(bounds(inner, name));
  if (name !== "maxItems") return own;
  const closed = inner.parts
    .filter((part) => part["items"] === false)
    .map((part) => asArray(part["prefixItems"]).length);
  return smallest(closed, own);
}

/** The largest lower bound that some part sets, or 0. */
export function least(inner: Conjunction, name: string): number {
  return greatest(bounds(inner, name), 0);
}

function patternImplied(inner: Conjunction, value: Json): boolean {
  if (typeof value !== "string" || isPatternTrivial(value)) return true;
  return inner.parts.some(({ pattern }) => typeof pattern === "string" && patternIncluded(pattern, value));
}

function formatImplied(inner: Conjunction, value: Json): boolean {
  if (typeof value !== "string") return true;
  if (inner.parts.some(({ format }) => format === value)) return true;
  if (value === "int32") {
    const types = typesOf(inner);
    const [low, high] = [bounds(inner, "minimum"), bounds(inner, "maximum")];
    return (
      (!types.has("number") && !types.has("integer")) ||
      (!types.has("number") && low.some(inInt32) && high.some(inInt32))
    );
  }
  return anyText.has(value);
}

/** Keywords of one type say nothing where the inner schema does not allow that type. */
const keywordsByType: Readonly<Record<"number" | "string" | "array" | "object", readonly string[]>> = {
  number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  string: ["minLength", "maxLength", "pattern"],
  array: ["items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains", "unevaluatedItems"],
  object: [
    ...["properties", "required", "additionalProperties", "patternProperties", "propertyNames"],
    ...["minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "unevaluatedProperties"],
  ],
};
const typeOfKeyword = new Map(
  Object.entries(keywordsByType).flatMap(([type, names]) => names.map((name) => [name, type] as const)),
);

/** True if the keyword can refuse no value of the inner schema because of its type. */
export function vacuous(inner: Conjunction, name: string): boolean {
  const types = typesOf(inner);
  if (types.size === 0) return true;
  if (name === "format") return !types.has("string") && !types.has("number") && !types.has("integer");
  const type = typeOfKeyword.get(name);
  if (type === undefined) return false;
  return ![...types].some((one) => one === type || (type === "number" && one === "integer"));
}

/** Keywords whose meaning depends on others beside them. */
const dependsOn: Readonly<Record<string, readonly string[]>> = {
  additionalProperties: ["properties", "patternProperties"],
  items: ["prefixItems"],
  contains: ["minContains", "maxContains"],
  if: ["then", "else"],
};

/** The keywords beside `name` that its meaning depends on. */
export function siblings(part: JsonObject, name: string): JsonObject {
  const names = Object.hasOwn(dependsOn, name) ? (dependsOn[name] ?? []) : [];
  return Object.fromEntries(Object.entries(part).filter(([key]) => names.includes(key)));
}

/** Keywords that only change the meaning of others. */
export const modifiers: ReadonlySet<string> = new Set(["then", "else", "minContains", "maxContains"]);

function typeImplied(inner: Conjunction, type: Json): boolean {
  const names: readonly Json[] = typeof type === "string" ? [type] : asArray(type);
  return [...typesOf(inner)].every(
    (one) => names.includes(one) || (one === "integer" && names.includes("number")),
  );
}

/** Every bound of this name that some part sets. */
export function bounds(inner: Conjunction, name: string): number[] {
  return inner.parts.map((part) => part[name]).filter((bound) => typeof bound === "number");
}

/** Bounds of numbers; between whole numbers there is nothing, so > 0 is ≥ 1. */
export function range(
  inner: Conjunction,
): Readonly<Record<"least" | "most" | "over" | "under", readonly number[]>> {
  const over = bounds(inner, "exclusiveMinimum");
  const under = bounds(inner, "exclusiveMaximum");
  const low = bounds(inner, "minimum");
  const high = bounds(inner, "maximum");
  if (inner.parts.some(({ format }) => format === "int32")) {
    low.push(-(2 ** 31));
    high.push(2 ** 31 - 1);
  }
  if (!typesOf(inner).has("number")) {
    append(low, [...over.map((bound) => Math.floor(bound) + 1), ...low.map(Math.ceil)]);
    append(high, [...under.map((bound) => Math.ceil(bound) - 1), ...high.map(Math.floor)]);
  }
  return { least: low, most: high, over, under };
}

function numberImplied(inner: Conjunction, name: string, value: Json): boolean {
  if (typeof value !== "number") return true;
  const { least: low, most: high, over, under } = range(inner);
  switch (name) {
    case "minimum":
      return [...low, ...over].some((bound) => bound >= value);
    case "maximum":
      return [...high, ...under].some((bound) => bound <= value);
    case "exclusiveMinimum":
      return over.some((bound) => bound >= value) || low.some((bound) => bound > value);
    case "exclusiveMaximum":
      return under.some((bound) => bound <= value) || high.some((bound) => bound < value);
    default:
      return (
        (value === 1 && !typesOf(inner).has("number")) ||
        bounds(inner, "multipleOf").some((step) => Number.isInteger(step) && Number.isInteger(step / value))
      );
  }
}

/** Members that every object of the inner schema has. */
export function requiredNames(inner: Conjunction): ReadonlySet<Json> {
  return new Set(inner.parts.flatMap((part) => asArray(part["required"])));
}

/** What a conjunction says about the item at `index`. */
export function itemOf(all: Conjunction, index: number): Conjunction {
  return gather(all, (part) => {
    const prefix = asArray(part["prefixItems"]);
    return index < prefix.length ? prefix[index] : part["items"];
  });
}
