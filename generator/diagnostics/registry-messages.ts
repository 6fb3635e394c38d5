/** Diagnostics of the validators of requests and responses: what no validator can look into. */
import type { DiagnosticEntry } from "./registry.ts";

export const messageEntries = {
  "lockstep/body-unchecked": {
    severity: "warning",
    unchecked: true,
    summary:
      "A body has a schema, but its media type is one that the validators do not decode, so only its presence is checked.",
    fix: "Use JSON, a form or text where the body matters, or describe the bytes as `type: string, format: binary`.",
  },
  "lockstep/parameter-unchecked": {
    severity: "warning",
    unchecked: true,
    summary:
      "A parameter's `content` has a media type that the validators do not decode, so it is taken as a plain string.",
    fix: "Use `application/json` or `text/plain`, or a `schema` with a `style`.",
  },
  "lockstep/parameter-style": {
    severity: "warning",
    summary:
      "A parameter has a style that parameters of its place cannot have, so it is read in the place's usual one.",
    fix: "Use a style that OpenAPI has for the place, or leave `style` out.",
  },
  "lockstep/default-invalid": {
    severity: "warning",
    summary: "The default of a parameter does not match the parameter's own schema, so it is not filled in.",
    fix: "Write a default that the schema accepts, or correct the schema.",
  },
  "lockstep/response-status": {
    severity: "warning",
    summary: "A response stands under a key that is not a status, range of statuses or `default`.",
    fix: 'Use a status such as `"404"`, a range such as `"4XX"`, or `default`.',
  },
} as const satisfies Record<`lockstep/${string}`, DiagnosticEntry>;
