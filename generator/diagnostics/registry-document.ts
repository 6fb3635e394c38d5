/** Diagnostics of what an OpenAPI document says: mistakes that other tools pass on in silence. */
import type { DiagnosticEntry } from "./registry.ts";

export const documentEntries = {
  "lockstep/path-key": {
    severity: "assumption",
    summary: "A path does not begin with `/`, so it is read with one before it.",
    fix: "Put a `/` before it, or `x-` where it is an extension.",
  },
  "lockstep/status-key": {
    severity: "assumption",
    summary: "A response has a status that the OpenAPI Specification does not know.",
    fix: 'Write a status (`"404"`), a range in upper case (`4XX`) or `default`.',
  },
  "lockstep/exclusive-bound": {
    severity: "warning",
    summary: "`exclusiveMinimum` or `exclusiveMaximum` is written as in another version of OpenAPI.",
    fix: "In OpenAPI 3.0 it is a boolean beside `minimum`; from 3.1 on it is the bound itself.",
  },
  "lockstep/nullable": {
    severity: "assumption",
    summary:
      "`nullable` stands where it has no meaning: without `type` in OpenAPI 3.0, or anywhere from 3.1 on.",
    fix: 'In OpenAPI 3.0 put `type` beside it; from 3.1 on write `type: [string, "null"]`.',
  },
  "lockstep/missing-type": {
    severity: "warning",
    summary:
      "A schema has `properties`, `required` or `items` and no `type`, so values of other types are accepted.",
    fix: "Put `type` beside it.",
  },
  "lockstep/implied-type": {
    severity: "assumption",
    summary:
      "A schema has `properties`, `required` or `items` and no `type`, and is read with the type that they imply.",
    fix: "Put `type` beside it.",
  },
  "lockstep/type-list": {
    severity: "warning",
    summary: "`type` is a list, which OpenAPI 3.0 does not know.",
    fix: "Write one type (with `nullable: true` for null), or declare `openapi: 3.1.1`.",
  },
  "lockstep/default-type": {
    severity: "warning",
    summary: "The `default` of a schema is not of the schema's own type.",
    fix: "Write a default that the schema accepts, or correct `type`.",
  },
  "lockstep/enum-type": {
    severity: "assumption",
    summary:
      "A value of `enum` is not of the schema's own type; where none is, the values are what is meant.",
    fix: "Write values that the schema accepts, or correct `type`; for null, allow it in the type as well.",
  },
  "lockstep/name-case": {
    severity: "warning",
    summary: "Two components have names that differ in case only.",
    fix: "Rename one of them: some file systems and code generators do not tell them apart.",
  },
  "lockstep/path-parameter": {
    severity: "warning",
    summary: "The parameters in a path template and the declared path parameters do not agree.",
    fix: "Declare every `{name}` of the path as a parameter with `in: path` and `required: true`, and no other.",
  },
  "lockstep/duplicate-parameter": {
    severity: "warning",
    summary: "A list of parameters has the same name in the same place twice.",
    fix: "Remove one of the two.",
  },
  "lockstep/duplicate-operation-id": {
    severity: "warning",
    summary: "Two operations have the same `operationId`.",
    fix: "Give every operation an `operationId` of its own.",
  },
  "lockstep/duplicate-path": {
    severity: "warning",
    summary: "Two paths differ in the names of their parameters only, so no request can tell them apart.",
    fix: "Merge the two, or change the fixed part of one.",
  },
  "lockstep/security-scheme": {
    severity: "assumption",
    summary: "A security requirement names a scheme that does not exist.",
    fix: "Declare the scheme in `components.securitySchemes`, or correct its name.",
  },
  "lockstep/security-scope": {
    severity: "error",
    summary: "A security requirement names a scope that its scheme does not declare.",
    fix: "Declare the scope in the scheme's OAuth flows, or in `x-scopes`, or correct its name.",
  },
} as const satisfies Record<`lockstep/${string}`, DiagnosticEntry>;
