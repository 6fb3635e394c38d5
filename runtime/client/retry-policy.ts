/** Decides whether a failed request may be sent again, by the contract and not by the status alone. */
import type { FailureParts } from "./read-answer.ts";

/** What the decision needs to know about the request. */
export interface Sent {
  readonly method: string;
  /** It carried an `Idempotency-Key`. */
  readonly keyed: boolean;
  /** The key was made here, so that another one may take its place. */
  readonly ownKey: boolean;
}

export type RetryDecision = "no" | "again" | "new-key";

/** RFC 9110 §9.2.2; `QUERY` is safe (draft-ietf-httpbis-safe-method-w-body). */
const idempotentMethods: ReadonlySet<string> = new Set([
  "GET",
  "HEAD",
  "OPTIONS",
  "TRACE",
  "PUT",
  "DELETE",
  "QUERY",
]);

/** Statuses that say: not now, perhaps later. */
const passing: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

/**
 * A declared code decides by its catalogue entry alone: whoever wrote `same-request` or `after-delay` promises that
 * repeating does no harm. Everything else (no answer, half an answer, a proxy's page) is repeated only where the request
 * is idempotent by its method or by its key.
 *
 * @param asked the server said how long to wait
 */
export function decideRetry(failure: FailureParts, sent: Sent, asked: boolean): RetryDecision {
  if (failure.kind === "contract" && failure.retry !== undefined) {
    if (failure.retry === "never") return "no";
    if (failure.retry === "new-key") return sent.ownKey ? "new-key" : "no";
    return "again";
  }
  const harmless = sent.keyed || idempotentMethods.has(sent.method);
  return harmless && mayPass(failure, asked) ? "again" : "no";
}

function mayPass(failure: FailureParts, asked: boolean): boolean {
  switch (failure.kind) {
    case "network":
      return true;
    case "timeout":
      return failure.limit === "timeout";
    case "invalid":
      return failure.reason === "truncated";
    case "unexpected":
      return failure.reason === "truncated" || passing.has(failure.status);
    case "contract":
    case "http":
    case "malformed":
      return passing.has(failure.status);
    case "unknown":
      // A new code may well mean never; only a server that names a time asks for a retry.
      return asked && passing.has(failure.status);
    case "aborted":
    case "request":
      return false;
  }
}
