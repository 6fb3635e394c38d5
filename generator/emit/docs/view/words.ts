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

export const stageTerms: Readonly<Record<Stage, string>> = {
  routing: "no operation has this path and method",
  "request-limits": "the size of the request is checked",
  "media-type": "the media type of the body is checked",
  authentication: "the caller is identified",
  authorization: "the caller's scopes are checked",
  requirement: "a further condition on the caller is checked",
  "rate-limit": "the caller's share of requests is checked",
  "request-validation": "parameters and body are checked against their schemas",
  "resource-lookup": "the resource in the path is looked up",
  "idempotency-in-progress": "the Idempotency-Key is found to be in use by a running call",
  "idempotency-reuse": "the Idempotency-Key is found to belong to another request",
  handler: "the operation does its work",
  unhandled: "something fails that nobody foresaw",
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
