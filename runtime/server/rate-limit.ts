/** Rate limits: what the host decides, and the fields that tell the caller (draft-ietf-httpapi-ratelimit-headers-10). */

/** One quota and how far it is used up. */
export interface RateLimitQuota {
  /** Names the policy; printable ASCII. */
  readonly name: string;
  /** Requests per window. */
  readonly quota: number;
  /** Seconds; absent where the quota has no fixed window. */
  readonly window?: number;
  readonly remaining: number;
  /** Seconds until the quota is full again. */
  readonly reset: number;
}

export interface RateLimitDecision {
  readonly allowed: boolean;
  readonly quotas: readonly RateLimitQuota[];
  /** Seconds; where absent, the longest `reset` of a quota that is used up. */
  readonly retryAfter?: number;
  /** The code of the refusal, where several limits have codes of their own; the first of the stage where absent. */
  readonly code?: string;
  readonly details?: unknown;
}

/** The limiter could not decide. The error hook hears of it; the call passes, or becomes the unhandled code. */
export interface RateLimitFailure {
  readonly failure: unknown;
  readonly allowed: boolean;
}

/** `ratelimit-policy` and `ratelimit`, names and values in turn. */
export function rateLimitFields({ quotas }: RateLimitDecision): readonly string[] {
  if (quotas.length === 0) return [];
  const policies = quotas.map(({ name, quota, window }) =>
    window === undefined ? `${quoted(name)};q=${quota}` : `${quoted(name)};q=${quota};w=${Math.ceil(window)}`,
  );
  const limits = quotas.map(
    ({ name, remaining, reset }) => `${quoted(name)};r=${Math.max(0, remaining)};t=${Math.ceil(reset)}`,
  );
  return ["ratelimit-policy", policies.join(", "), "ratelimit", limits.join(", ")];
}

/** Seconds for `Retry-After`, never 0: at once is too soon. */
export function retryAfterOf({ quotas, retryAfter }: RateLimitDecision): number {
  const exhausted = quotas.filter(({ remaining }) => remaining <= 0);
  const longest = exhausted.reduce((most, { reset }) => Math.max(most, reset), 0);
  return Math.max(1, Math.ceil(retryAfter ?? longest));
}

/** A string of Structured Fields (RFC 9651 §3.3.3); what it cannot hold becomes a question mark. */
function quoted(text: string): string {
  return `"${text.replace(/[^\x20-\x7e]/g, "?").replace(/["\\]/g, "\\$&")}"`;
}
