/** What `enum` means beside a `type` that none of its values has: by the letter nothing fits, and authors mean the values. */
import { isArray, isObject, type Json, type JsonObject } from "../json/json.ts";

export interface EnumMeaning {
  readonly schema: JsonObject;
  /** How it is read, for a sentence. */
  readonly said: string;
}

/** The schema as it is meant; `undefined` where `enum` and `type` agree about at least one value. */
export function enumMeaning(schema: JsonObject): EnumMeaning | undefined {
  const { enum: values, type, ...rest } = schema;
  const types = (isArray(type) ? type : [type]).filter((one) => typeof one === "string");
  if (!isArray(values) || values.length === 0 || types.length === 0) return undefined;
  const told = values.filter((value) => value !== null);
  if (told.length === 0 || told.some((value) => types.some((one) => isOfType(value, one)))) return undefined;
  const { items } = schema;
  if (types.includes("array") && (items === undefined || isObject(items))) {
    const item = { ...items, enum: told };
    const meant = enumMeaning(item)?.schema ?? item;
    return { schema: { ...rest, type: type ?? null, items: meant }, said: "as the values of the items" };
  }
  const spelt = told.flatMap((value) => types.flatMap((one) => spellings(value, one)));
  const said =
    spelt.length > 0 ? "as these values, in either spelling" : "as these values, whatever `type` says";
  return { schema: { ...rest, enum: [...new Set([...values, ...spelt])] }, said };
}

/** The same value as the type writes it: `"1"` as 1, true as `"true"`. */
function spellings(value: Json, type: string): Json[] {
  if (type === "string")
    return typeof value === "number" || typeof value === "boolean" ? [String(value)] : [];
  if (typeof value !== "string") return [];
  if (type === "boolean") return value === "true" || value === "false" ? [value === "true"] : [];
  const number = Number(value);
  return String(number) === value && isOfType(number, type) ? [number] : [];
}

/** True if a value is of a type of JSON Schema. */
export function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case "null":
      return value === null;
    case "array":
      return isArray(value);
    case "object":
      return isObject(value);
    case "integer":
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}
