/** Rate limits through rate-limiter-flexible: any of its limiters, in memory, PostgreSQL or elsewhere. */
import type { AdmittedCall, RateLimiter } from "../server/options.ts";
import type { RateLimitDecision } from "../server/rate-limit.ts";

/** What every limiter of rate-limiter-flexible has. */
export interface FlexibleLimiter {
  /** Requests per `duration` seconds. */
  readonly points: number;
  readonly duration: number;
  /** Rejects with the same object where the limit is reached, and with an `Error` where the store fails. */
  consume(key: string, points?: number): Promise<FlexibleResult>;
}

export interface FlexibleResult {
  readonly remainingPoints: number;
  readonly msBeforeNext: number;
}

export interface FlexibleLimitOptions<Principal> {
  /** Whose share is used up: the API key, the organization. */
  readonly key: (call: AdmittedCall<Principal | undefined>) => string;
  /** Name of the policy in the `RateLimit` fields; `default` where absent. */
  readonly name?: string;
  /** What a call costs; 1 where absent. */
  readonly points?: (call: AdmittedCall<Principal | undefined>) => number;
  /**
   * What becomes of calls when the limiter's store fails. `allow` (where absent): better unlimited than down;
   * `fail`: the error becomes the unhandled code.
   */
  readonly onStoreFailure?: "allow" | "fail";
}

/** For the option `rateLimit`. */
export function flexibleRateLimit<Principal>(
  limiter: FlexibleLimiter,
  { key, name = "default", points, onStoreFailure = "allow" }: FlexibleLimitOptions<Principal>,
): RateLimiter<Principal> {
  const decision = (
    allowed: boolean,
    { remainingPoints, msBeforeNext }: FlexibleResult,
  ): RateLimitDecision => {
    const { points: quota, duration } = limiter;
    const reset = msBeforeNext / 1000;
    return { allowed, quotas: [{ name, quota, window: duration, remaining: remainingPoints, reset }] };
  };
  return async (call) => {
    try {
      return decision(true, await limiter.consume(key(call), points?.(call) ?? 1));
    } catch (reason) {
      if (isResult(reason)) return decision(false, reason);
      if (onStoreFailure === "fail") throw reason;
      return undefined;
    }
  };
}

function isResult(reason: unknown): reason is FlexibleResult {
  return (
    typeof reason === "object" &&
    reason !== null &&
    "remainingPoints" in reason &&
    typeof reason.remainingPoints === "number" &&
    "msBeforeNext" in reason &&
    typeof reason.msBeforeNext === "number"
  );
}
