/** Which keywords decide about values. */

/** Assertions and applicators of JSON Schema 2020-12, and what stands for them in older drafts. Every other keyword is an annotation. */
const assertions: ReadonlySet<string> = new Set([
  ...["type", "const", "enum", "format", "pattern", "minLength", "maxLength"],
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ...[
    "items",
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
    "minItems",
    "maxItems",
    "uniqueItems",
  ],
  ...["properties", "patternProperties", "additionalProperties", "propertyNames", "required"],
  ...["minProperties", "maxProperties", "dependentRequired", "dependentSchemas", "dependencies"],
  ...["anyOf", "oneOf", "not", "if", "then", "else", "unevaluatedProperties", "unevaluatedItems"],
  ...["$dynamicRef", "$recursiveRef", "allOf", "$ref"],
]);

/** Keywords that are prose, or repeat what a schema says elsewhere. */
export const prose: ReadonlySet<string> = new Set([
  "title",
  "summary",
  "description",
  "example",
  "examples",
  "externalDocs",
  "$comment",
]);

/** True if the keyword decides about values. */
export function asserts(keyword: string): boolean {
  return assertions.has(keyword);
}
