/** The vocabulary as Redocly's type tree, so that `$ref`s inside it are resolved, linted and bundled as schemas. */
import type { NodeType } from "@redocly/openapi-core";
import { errorCodesKey } from "../contract/vocabulary.ts";

/** Extends the types of OpenAPI 3.x: `details` of a catalogue entry is a Schema Object. */
export function extendTypes(types: Record<string, NodeType>): Record<string, NodeType> {
  const schema = types["Schema"];
  if (schema === undefined) return types;
  return {
    ...types,
    Schema: { ...schema, properties: { ...schema.properties, [errorCodesKey]: "ErrorCodesMap" } },
    ErrorCodesMap: { properties: {}, additionalProperties: "ErrorCodeEntry" },
    // The other members are the business of the rule `error-code-entry`.
    ErrorCodeEntry: { properties: { details: "Schema" }, additionalProperties: { resolvable: false } },
  };
}
