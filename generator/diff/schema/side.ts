/** A schema together with the document that its references point into, as a flat list of what must hold. */
import { asArray, asObject, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { refPointer, resolvePointer } from "../../json/pointer.ts";
import type { JsonSchema } from "../../model/api-model.ts";

export interface SchemaSide {
  readonly document: JsonObject;
  readonly schema: JsonSchema;
}

/**
 * What must hold at once: schemas without `$ref` and `allOf`, of one document. `never` where nothing is valid.
 * A reference that leads nowhere, or back to itself, makes it `opaque`: nothing can be proved about it.
 */
export interface Conjunction {
  readonly document: JsonObject;
  readonly parts: readonly JsonObject[];
  readonly never: boolean;
  readonly opaque: boolean;
}

/** Keywords that say nothing about which values are valid (JSON Schema validation §9, OpenAPI 3.1.1 §4.8.24). */
export const annotations: ReadonlySet<string> = new Set([
  "title",
  "description",
  "default",
  "example",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
  "externalDocs",
  "xml",
  "discriminator",
  "$comment",
  "$defs",
  "definitions",
  "$schema",
  "$id",
  "$anchor",
  "contentEncoding",
  "contentMediaType",
  "contentSchema",
  "nullable",
]);

/** Does the keyword decide about values? */
export function asserts(keyword: string): boolean {
  return !annotations.has(keyword) && !keyword.startsWith("x-");
}

/** Flattens the conjunction of several schemas of one document. */
export function conjunction(document: JsonObject, schemas: readonly (Json | undefined)[]): Conjunction {
  const parts: JsonObject[] = [];
  let never = false;
  let opaque = false;
  const open = new Set<Json>();
  const add = (schema: Json | undefined): void => {
    if (schema === undefined || schema === true) return;
    if (schema === false) {
      never = true;
      return;
    }
    if (!isObject(schema) || open.has(schema)) {
      opaque = true;
      return;
    }
    open.add(schema);
    const { $ref: ref, allOf, ...own } = schema;
    if (ref !== undefined) {
      const pointer = typeof ref === "string" ? refPointer(ref) : undefined;
      const target = pointer === undefined ? undefined : resolvePointer(document, pointer);
      if (target === undefined) opaque = true;
      else add(target);
    }
    for (const part of asArray(allOf)) add(part);
    // The schema itself where nothing was taken out, so that equal objects stay equal by identity.
    const rest = ref === undefined && allOf === undefined ? schema : own;
    if (Object.keys(rest).some(asserts)) parts.push(rest);
    open.delete(schema);
  };
  for (const schema of schemas) add(schema);
  return { document, parts, never, opaque };
}

/** The values that some part allows at most, where one of them lists values (`enum`, `const`). */
export function listedValues(all: Conjunction): readonly Json[] | undefined {
  for (const part of all.parts) {
    if (part["const"] !== undefined) return [part["const"]];
    if (Array.isArray(part["enum"])) return asArray(part["enum"]);
  }
  return undefined;
}

/** All type names of JSON Schema, with `integer` inside `number`. */
export const jsonTypes = ["null", "boolean", "object", "array", "number", "string"] as const;
export type TypeName = (typeof jsonTypes)[number] | "integer";

/** The types that a conjunction allows; `integer` only where `number` is not allowed. */
export function typesOf(all: Conjunction): ReadonlySet<TypeName> {
  let allowed = new Set<TypeName>(all.never ? [] : jsonTypes);
  for (const part of all.parts) {
    const declared = declaredTypes(part["type"]);
    if (declared !== undefined) allowed = intersect(allowed, declared);
  }
  // A multiple of a whole number is whole.
  const whole = all.parts.some(
    ({ multipleOf }) => typeof multipleOf === "number" && Number.isInteger(multipleOf),
  );
  if (whole && allowed.delete("number")) allowed.add("integer");
  const values = listedValues(all);
  return values === undefined ? allowed : intersect(allowed, new Set(values.map(typeOf)));
}

function declaredTypes(type: Json | undefined): ReadonlySet<TypeName> | undefined {
  if (type === undefined) return undefined;
  const names = typeof type === "string" ? [type] : asArray(type);
  const known: readonly Json[] = [...jsonTypes, "integer"];
  // Membership in the list of type names is what the filter proves.
  return new Set(names.filter((name): name is TypeName => known.includes(name)));
}

function intersect(a: ReadonlySet<TypeName>, b: ReadonlySet<TypeName>): Set<TypeName> {
  const result = new Set<TypeName>([...a].filter((type) => b.has(type)));
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (one.has("integer") && other.has("number") && !result.has("number")) result.add("integer");
  }
  return result;
}

/** The type of a value; a number without fraction is an `integer`. */
export function typeOf(value: Json): TypeName {
  if (value === null) return "null";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "string") return "string";
  return isObject(value) ? "object" : "array";
}

/** One text for equal JSON values: members sorted. */
export function canonicalText(value: Json): string {
  if (isObject(value)) {
    const members = Object.keys(value).sort();
    return `{${members.map((name) => `${JSON.stringify(name)}:${canonicalText(value[name] ?? null)}`).join(",")}}`;
  }
  return typeof value === "object" && value !== null
    ? `[${asArray(value).map(canonicalText).join(",")}]`
    : JSON.stringify(value);
}

/** What a conjunction says about one property: where it is named, and where it falls under the rest. */
export function propertyOf(all: Conjunction, name: string): Conjunction {
  const schemas = all.parts.map((part) => {
    const properties = asObject(part["properties"]);
    return Object.hasOwn(properties, name) ? properties[name] : restSchema(part);
  });
  return conjunction(all.document, schemas);
}

/** What a conjunction says about properties that no part names. */
export function restOf(all: Conjunction): Conjunction {
  return conjunction(all.document, all.parts.map(restSchema));
}

/** With patterns, a property without a name of its own may fall under any of them: nothing is known. */
function restSchema(part: JsonObject): Json | undefined {
  return part["patternProperties"] === undefined ? part["additionalProperties"] : undefined;
}

/** A copy without one member. */
export function without(object: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}
