/** Schemas so small that they are written out wherever they apply. */
import { asArray, asObject, isArray, isObject, type Json } from "../../json/json.ts";
import type { SchemaNode } from "../analyse/store.ts";
import { anyType, parseTypes, typeOf } from "../analyse/types.ts";

const assertions = new Set(
  "type enum const minLength maxLength pattern format minimum maximum exclusiveMinimum exclusiveMaximum multipleOf".split(
    " ",
  ),
);
const annotations = new Set(
  (
    "title description default examples example deprecated readOnly writeOnly externalDocs xml $comment " +
    "contentEncoding contentMediaType"
  ).split(" "),
);

/** True if the schema has no subschemas, references or identifiers: only tests of the value itself. */
export function isLeaf({ schema }: SchemaNode): boolean {
  return Object.keys(asObject(schema)).every((keyword) => assertions.has(keyword) || isAnnotation(keyword));
}

/** Says the keyword nothing about which values are valid? */
export function isAnnotation(keyword: string): boolean {
  return annotations.has(keyword) || keyword.startsWith("x-");
}

/** A simple value that the schema accepts, where its type or its allowed values are all that it asks. */
export function acceptedValue({ schema }: SchemaNode): Json | undefined {
  const telling = Object.entries(asObject(schema)).filter(([keyword]) => !isAnnotation(keyword));
  const { type, enum: values, ...others } = Object.fromEntries(telling);
  if (Object.keys(others).length > 0) return undefined;
  const allowed = type === undefined ? anyType : (parseTypes(type) ?? 0);
  const candidates = values === undefined ? ["", false, 0, null] : asArray(values);
  return candidates.find((one) => !isArray(one) && !isObject(one) && (typeOf(one) & allowed) !== 0);
}
