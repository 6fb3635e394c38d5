/** Which responses the server kit has for the refusals of its stages: tables that agree with runtime/server. */
import type { Stage } from "./vocabulary.ts";

/** Statuses that mean nearly the same for a refusal of the stage, HTTP's own first. */
export const refusalStatuses: Readonly<Partial<Record<Stage, readonly number[]>>> = {
  "request-limits": [413, 400, 422],
  "media-type": [415, 400, 422],
  authentication: [401, 403],
  authorization: [403, 401],
  "request-validation": [400, 422],
  "idempotency-in-progress": [409],
  "idempotency-reuse": [422, 409],
};

/** Whose code a stage borrows. */
export const codeLenders: Readonly<Partial<Record<Stage, readonly Stage[]>>> = {
  "request-limits": ["request-validation"],
  "media-type": ["request-limits", "request-validation"],
  authorization: ["requirement"],
  "request-validation": ["request-limits", "media-type"],
  "idempotency-reuse": ["idempotency-in-progress"],
};
