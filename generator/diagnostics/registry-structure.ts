/** Diagnostics of the structure of a document: what is not as the OpenAPI Specification has it, and how it is read. */
import type { DiagnosticEntry } from "./registry.ts";

export const structureEntries = {
  "lockstep/structure": {
    severity: "assumption",
    summary:
      "A value is not of the type that the OpenAPI Specification gives it, so it is read as what it says, or left out.",
    fix: "Correct this part as the OpenAPI Specification describes it.",
  },
  "lockstep/structure-member": {
    severity: "warning",
    summary:
      "An object has a member that the OpenAPI Specification does not know, so it means nothing there.",
    fix: "Remove the member, correct its name, or begin it with `x-`.",
  },
  "lockstep/structure-missing": {
    severity: "warning",
    summary: "An object lacks a member that the OpenAPI Specification requires.",
    fix: "Add the member.",
  },
  "lockstep/schema-type": {
    severity: "assumption",
    summary:
      "A `type` is none of JSON Schema's, so it is read as the type that it names elsewhere, or left out.",
    fix: "Write `string`, `number`, `integer`, `boolean`, `object`, `array` or (from 3.1 on) `null`.",
  },
} as const satisfies Record<`lockstep/${string}`, DiagnosticEntry>;
