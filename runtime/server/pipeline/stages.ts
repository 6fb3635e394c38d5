/** The stages that a request passes, and the status that each one has where the contract assigns it no code. */

/** In the order in which a request passes them; the same names as `raised-by` in the catalogue. */
export const stages = [
  "routing",
  "request-limits",
  "media-type",
  "authentication",
  "authorization",
  "requirement",
  "rate-limit",
  "request-validation",
  "resource-lookup",
  "idempotency-in-progress",
  "idempotency-reuse",
  "handler",
  "unhandled",
] as const;

export type Stage = (typeof stages)[number];

/** The status that HTTP itself (RFC 9110 §15, RFC 6585, the Idempotency-Key draft §2.7) has for a refusal of the stage. */
export const stageStatuses: Readonly<Record<Stage, number>> = {
  routing: 404,
  "request-limits": 413,
  "media-type": 415,
  authentication: 401,
  authorization: 403,
  requirement: 403,
  "rate-limit": 429,
  "request-validation": 400,
  "resource-lookup": 404,
  "idempotency-in-progress": 409,
  "idempotency-reuse": 422,
  handler: 500,
  unhandled: 500,
};

/** Whose code a stage borrows where the catalogue gives it none; the nearest in meaning comes first. */
export const stageFallbacks: Readonly<Record<Stage, readonly Stage[]>> = {
  routing: ["resource-lookup"],
  "request-limits": ["request-validation"],
  "media-type": ["request-limits", "request-validation"],
  authentication: [],
  authorization: ["requirement"],
  requirement: ["authorization"],
  "rate-limit": [],
  "request-validation": ["request-limits", "media-type"],
  "resource-lookup": ["routing"],
  "idempotency-in-progress": [],
  "idempotency-reuse": ["idempotency-in-progress"],
  handler: [],
  unhandled: [],
};
