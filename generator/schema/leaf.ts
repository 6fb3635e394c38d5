/** Schemas so small that they are written out wherever they apply. */
import { asObject } from "../json/json.ts";
import type { SchemaNode } from "./store.ts";

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

/** Has the schema no subschemas, references or identifiers: nothing but tests of the value itself? */
export function isLeaf({ schema }: SchemaNode): boolean {
  return Object.keys(asObject(schema)).every((keyword) => assertions.has(keyword) || isAnnotation(keyword));
}

/** Says the keyword nothing about which values are valid? */
export function isAnnotation(keyword: string): boolean {
  return annotations.has(keyword) || keyword.startsWith("x-");
}
