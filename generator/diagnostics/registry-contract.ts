/** Diagnostics of the error contract: the authoring vocabulary of docs/vocabulary.md. */
import type { DiagnosticEntry } from "./registry.ts";

export const contractEntries = {
  "lockstep/error-code-entry": {
    severity: "error",
    summary: "An entry of `x-error-codes` does not have the shape that the vocabulary gives it.",
    fix: "Correct the entry; docs/vocabulary.md lists its members.",
  },
  "lockstep/error-code-enum": {
    severity: "error",
    summary: "The catalogue and the `enum` of `ErrorCode` do not name the same codes.",
    fix: "Name every live code in both places, and a retired one in the catalogue only.",
  },
  "lockstep/error-code-unreachable": {
    severity: "error",
    summary: "No operation can return a code of the catalogue.",
    fix: "List the code in the `x-errors` of the operations that return it, or retire it.",
  },
  "lockstep/error-tombstone": {
    severity: "error",
    summary: "A retired code is used again, or a code is said to be replaced by one that is not live.",
    fix: "Take a code that was never used before; a retired code keeps its old meaning for ever.",
  },
  "lockstep/error-details": {
    severity: "error",
    summary: "The `details` of a code are not a named schema of a closed object, or of a map.",
    fix: "Refer to an object schema in `components.schemas` that has `additionalProperties: false`, or a schema there.",
  },
  "lockstep/operation-errors": {
    severity: "error",
    summary: "`x-errors` names a code that the catalogue does not have, or the same code twice.",
    fix: "List codes of the catalogue, each once.",
  },
  "lockstep/error-body": {
    severity: "error",
    summary: "The body of an error response is not the envelope.",
    fix: "Use the envelope's schema, or leave `content` out: Lockstep adds it.",
  },
  "lockstep/error-status": {
    severity: "error",
    summary:
      "An error response that is written out does not agree with the codes that the operation returns.",
    fix: "List a code of this status in `x-errors`, or remove the response: Lockstep adds those that follow from the codes.",
  },
  "lockstep/error-example": {
    severity: "error",
    summary: "An example of an error response carries a code that its status does not allow.",
    fix: "Put a code into the example that this operation returns with this status.",
  },
  "lockstep/error-envelope": {
    severity: "error",
    summary: "`x-error-envelope` does not describe the envelope's schema.",
    fix: "Give JSON Pointers to members of the envelope's schema; docs/vocabulary.md shows them.",
  },
  "lockstep/idempotency-key": {
    severity: "error",
    summary: "`x-idempotency-key` has an unknown value or stands in the wrong place.",
    fix: "Put `x-idempotency-key: accepted` or `required` on an operation.",
  },
  "lockstep/operation-name": {
    severity: "error",
    summary: "`x-lockstep-name` is not a name that generated code can use, or two operations have the same.",
    fix: "Write a camelCase identifier of ASCII letters and digits that no other operation has.",
  },
  "lockstep/vocabulary-place": {
    severity: "assumption",
    summary: "An extension of the vocabulary stands where it has no effect, or is misspelt.",
    fix: "Move it to the place that docs/vocabulary.md names.",
  },
} as const satisfies Record<`lockstep/${string}`, DiagnosticEntry>;
