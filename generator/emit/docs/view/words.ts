/** What the contract's terms are called on a page. */
import { STATUS_CODES } from "node:http";
import type { RetryPolicy, Stage, StatusKey } from "../../../contract/vocabulary.ts";
import type { ErrorCode } from "../../../model/api-model.ts";

interface Term {
  /** A few words, for chips and tables. */
  readonly label: string;
  /** A sentence. */
  readonly sentence: string;
}

export const retryTerms: Readonly<Record<RetryPolicy, Term>> = {
  never: { label: "Do not retry", sentence: "The same request fails again until its cause is gone." },
  "same-request": { label: "Retry at once", sentence: "Send the same request again at once." },
  "after-delay": {
    label: "Retry after a delay",
    sentence: "Wait for the time in the Retry-After header, then send the same request again.",
  },
  "new-key": {
    label: "Retry with a new key",
    sentence: "Send the request again with a fresh Idempotency-Key.",
  },
};

export const fixedByTerms: Readonly<Record<NonNullable<ErrorCode["fixedBy"]>, Term>> = {
  caller: { label: "The caller", sentence: "Whoever sends the request can fix it." },
  administrator: { label: "An administrator", sentence: "An administrator of the account has to fix it." },
  provider: { label: "The provider", sentence: "Only the provider of the API can fix it." },
};

/** What raises a code, after "Raised by". */
export const stageTerms: Readonly<Record<Stage, string>> = {
  routing: "a path or method that the API does not have",
  "request-limits": "the limit on the size of requests",
  "media-type": "the check of the body's media type",
  authentication: "authentication",
  authorization: "the check of the caller's scopes",
  requirement: "a further condition on the caller",
  "rate-limit": "the rate limit",
  "request-validation": "the validation of parameters and body",
  "resource-lookup": "the look-up of the resource in the path",
  "idempotency-in-progress": "an Idempotency-Key that a running call uses",
  "idempotency-reuse": "an Idempotency-Key that belongs to another request",
  handler: "the operation itself",
  unhandled: "an unexpected failure",
};

/** `410 Gone`, `4XX client error`, `any status`. */
export function statusText(status: StatusKey): string {
  if (status === "default") return "any error status";
  if (/^[45]XX$/i.test(status))
    return `${status.toUpperCase()} ${status.startsWith("4") ? "client" : "server"} error`;
  const reason = STATUS_CODES[status];
  return reason === undefined ? status : `${status} ${reason}`;
}

/** For narrow columns: `409`, `4XX`, `any`, or `…` for several. */
export function shortStatus(statuses: readonly StatusKey[]): string {
  const [status = "", ...others] = statuses;
  if (others.length > 0) return "…";
  return status === "default" ? "any" : status;
}

/** For colours: whose side the error is on. */
export function statusFamily(status: StatusKey | undefined): "client" | "server" | "other" {
  if (status?.startsWith("4") === true) return "client";
  return status?.startsWith("5") === true ? "server" : "other";
}
