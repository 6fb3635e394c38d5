/** Decides whether a failed request may be sent again, by the contract and not by the status alone. */
import type { FailureParts } from "./failure-parts.ts";

/** What the decision needs to know about the request. */
export interface Sent {
  readonly method: string;
  /** It carried an `Idempotency-Key`. */
  readonly keyed: boolean;
  /** The key was made here, so that another one may take its place. */
  readonly ownKey: boolean;
}

export type RetryDecision = "no" | "again" | "new-key";

/** Methods that are not idempotent (RFC 9110 §9.2.2). */
const unsafe = /^(?:POST|PATCH)$/;

/** Statuses that say: not now, perhaps later. */
const passing = /^(?:408|429|50[234])$/;

/**
 * A declared code decides by its catalogue entry alone: whoever wrote `same-request` or `after-delay` promises that
 * repeating does no harm. Everything else (no response, half a response, a proxy's page) is repeated only where the request
 * is idempotent by its method or by its key.
 *
 * @param asked the server said how long to wait
 */
export function decideRetry(
  failure: FailureParts,
  { method, keyed, ownKey }: Sent,
  asked: boolean,
): RetryDecision {
  const policy = failure.kind === "contract" ? failure.retry : undefined;
  if (policy === "new-key") return ownKey ? policy : "no";
  const again =
    policy === undefined ? (keyed || !unsafe.test(method)) && mayPass(failure, asked) : policy !== "never";
  return again ? "again" : "no";
}

function mayPass(failure: FailureParts, asked: boolean): boolean {
  if ("reason" in failure && failure.reason === "truncated") return true;
  // It would be too large again.
  if ("reason" in failure && failure.reason === "too-large") return false;
  if (failure.kind === "timeout") return failure.limit === "timeout";
  // A new code may well mean never; only a server that names a time asks for a retry.
  if (failure.kind === "unknown" && !asked) return false;
  return failure.kind === "network" || passing.test(String(failure.status));
}
