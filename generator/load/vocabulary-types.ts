/** The vocabulary as Redocly's type tree, so that `$ref`s inside it are resolved, linted and bundled. */
import type { NodeType } from "@redocly/openapi-core";
import { envelopeKey, errorCodesKey } from "../contract/vocabulary.ts";

/** Extends the types of OpenAPI 3.x: `details` of a catalogue entry is a Schema Object, an envelope has Header Objects. */
export function extendTypes(types: Record<string, NodeType>): Record<string, NodeType> {
  const { Root: root, Schema: schema } = types;
  if (root === undefined || schema === undefined) return types;
  return {
    ...types,
    Root: { ...root, properties: { ...root.properties, [envelopeKey]: "ErrorEnvelopeDeclaration" } },
    // The other members are the business of the rule `error-envelope`.
    ErrorEnvelopeDeclaration: {
      properties: { headers: "HeadersMap" },
      additionalProperties: { resolvable: false },
    },
    Schema: { ...schema, properties: { ...schema.properties, [errorCodesKey]: "ErrorCodesMap" } },
    // Redocly takes each for a map of media types.
    ...("NamedMediaTypes" in types
      ? { NamedMediaTypes: { properties: {}, additionalProperties: "MediaType" } }
      : {}),
    ErrorCodesMap: { properties: {}, additionalProperties: "ErrorCodeEntry" },
    // The other members are the business of the rule `error-code-entry`.
    ErrorCodeEntry: { properties: { details: "Schema" }, additionalProperties: { resolvable: false } },
  };
}
