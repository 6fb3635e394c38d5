/** Plain JSON values, as they come out of a parsed document. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [member: string]: Json;
}

/** True for a JSON object (not null, not an array). */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `Array.isArray` that narrows to JSON instead of `any[]`. */
export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value where it is an object, else an empty one: for members that a document may lack or get wrong. */
export function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The value where it is an array, else an empty one. */
export function asArray(value: Json | undefined): readonly Json[] {
  return isArray(value) ? value : [];
}

/** The strings of an array; none where it is not an array. */
export function asStrings(value: Json | undefined): readonly string[] {
  return asArray(value).filter((item) => typeof item === "string");
}

/** A string, or a number as text (YAML reads `version: 1.0` as one); the fallback for anything else. */
export function asText(value: Json | undefined, fallback: string): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : fallback;
}

/** Code unit order, for every sort whose result is written: the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
