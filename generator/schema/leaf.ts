/** Walkers of small schemas, shared by content: a document says "a string" or "a date-time" thousands of times. */
import { asObject } from "../json/json.ts";
import type { Step } from "./steps.ts";
import type { SchemaNode } from "./store.ts";

export interface Leaf {
  readonly name: string;
  readonly steps: readonly Step[];
  /** A walker calls it. */
  used: boolean;
}

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
  return Object.keys(asObject(schema)).every(
    (keyword) => assertions.has(keyword) || annotations.has(keyword) || keyword.startsWith("x-"),
  );
}
