/** Diagnostics of the schema compiler: what keeps a schema from being checked, and what it does otherwise than asked. */
import type { DiagnosticEntry } from "./registry.ts";

export const schemaEntries = {
  "lockstep/types-engine-missing": {
    severity: "error",
    summary: "The settings ask for types of openapi-typescript, which is not installed.",
    fix: "Install it with the TypeScript that it needs (`npm install --save-dev openapi-typescript typescript@5`), or take `engine` and `oracle` out of `types` in lockstep.yaml.",
  },
  "lockstep/schema-invalid": {
    severity: "assumption",
    unchecked: true,
    summary: "A keyword of a schema has a value that it cannot have, so no validator can check it.",
    fix: "Give the keyword a value that JSON Schema 2020-12 allows, or remove it.",
  },
  "lockstep/schema-impossible": {
    severity: "warning",
    summary: "A schema asks for what it rules out itself, so the validator turns every such value down.",
    fix: "Correct the bound, or declare the member that is required.",
  },
  "lockstep/schema-reference": {
    severity: "assumption",
    unchecked: true,
    summary: "A reference inside a schema leads to no schema, or to several with the same anchor.",
    fix: "Correct the reference, or add the schema that it names; schemas with the same anchor need an `$id` each.",
  },
  "lockstep/schema-loop": {
    severity: "assumption",
    summary: "A schema refers to itself for the very same value, so checking it would never end.",
    fix: "Take the reference out of `allOf`, `anyOf`, `oneOf` or `$ref`; a schema may refer to itself for members and items only.",
  },
  "lockstep/pattern-invalid": {
    severity: "assumption",
    unchecked: true,
    summary: "A pattern is not a regular expression of ECMA-262, so nothing checks it.",
    fix: "Correct the pattern; other dialects (PCRE, Java, Python) have syntax that ECMA-262 has not.",
  },
  "lockstep/pattern-dialect": {
    severity: "assumption",
    summary:
      "A pattern is written in another dialect of regular expressions, and is read as the same in ECMA-262.",
    fix: "Write the pattern as a regular expression of ECMA-262.",
  },
  "lockstep/pattern-legacy": {
    severity: "warning",
    summary:
      "A pattern is a regular expression only without the `u` flag, so it works on UTF-16 units instead of characters.",
    fix: "Remove needless backslashes from the pattern, so that it is valid with the `u` flag as JSON Schema wants it.",
  },
  "lockstep/pattern-backtracking": {
    severity: "assumption",
    unchecked: true,
    summary:
      "A pattern can take time that explodes with the length of the string, and no safe matcher can replace it.",
    fix: "Rewrite the pattern without nested or overlapping repetitions and back-references.",
  },
  "lockstep/pattern-replaced": {
    severity: "warning",
    summary:
      "A pattern can take time that explodes with the length of the string; a slower, safe matcher takes its place.",
    fix: "Rewrite the pattern without nested or overlapping repetitions.",
  },
  "lockstep/format-unknown": {
    severity: "warning",
    summary: "A format is not known, so it is a hint for readers and asserts nothing.",
    fix: "Use a format of JSON Schema or OpenAPI, or say with `pattern` what the strings look like.",
  },
  "lockstep/discriminator-mapping": {
    severity: "warning",
    summary: "A discriminator's mapping names a schema that is not among the alternatives.",
    fix: "Map to schemas of the `oneOf` or `anyOf` beside the discriminator, or add the schema there.",
  },
  "lockstep/discriminator-value": {
    severity: "warning",
    summary: "A discriminator sends a value to a schema that accepts only other values of the member.",
    fix: "Give the discriminator a `mapping` from the values that the schemas accept; without one, they are the schemas' names.",
  },
} as const satisfies Record<`lockstep/${string}`, DiagnosticEntry>;
