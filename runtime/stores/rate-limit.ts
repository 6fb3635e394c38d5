/** Rate limits through rate-limiter-flexible: any of its limiters, in memory, PostgreSQL or elsewhere. */
import type { ServerRequest } from "../server/exchange.ts";
import type { AdmittedCall, RateLimiter, RefusalLimiter } from "../server/options.ts";
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
  readonly onStoreFailure?: OnStoreFailure;
}

/**
 * What becomes of calls when the limiter's store fails. `open` (where absent): they pass, better unlimited than down;
 * `closed`: they get the unhandled code. The hook `onError` hears of it always.
 */
export type OnStoreFailure = "open" | "closed";

/** For the option `rateLimit`. */
export function flexibleRateLimit<Principal>(
  limiter: FlexibleLimiter,
  { key, name = "default", points, onStoreFailure = "open" }: FlexibleLimitOptions<Principal>,
): RateLimiter<Principal> {
  return async (call) => {
    try {
      return decision(limiter, name, true, await limiter.consume(key(call), points?.(call) ?? 1));
    } catch (reason) {
      if (isResult(reason)) return decision(limiter, name, false, reason);
      return { failure: reason, allowed: onStoreFailure === "open" };
    }
  };
}

export interface FlexibleRefusalOptions {
  /** Who is refused: the address of the request, for instance (`remoteAddress` of the Node adapter). */
  readonly address: (request: ServerRequest) => string;
  /** Name of the policy in the `RateLimit` fields; `refusals` where absent. */
  readonly name?: string;
  readonly onStoreFailure?: OnStoreFailure;
}

/** For the option `refusalLimit`: so many refusals with 401 or 403 per `duration`, then 429 before any look at credentials. */
export function flexibleRefusalLimit(
  limiter: FlexibleLimiter & { get(key: string): Promise<FlexibleResult | null> },
  { address, name = "refusals", onStoreFailure = "open" }: FlexibleRefusalOptions,
): RefusalLimiter {
  return {
    check: async (request) => {
      try {
        const found = await limiter.get(address(request));
        if (found === null || found.remainingPoints > 0) return undefined;
        return decision(limiter, name, false, found);
      } catch (reason) {
        return { failure: reason, allowed: onStoreFailure === "open" };
      }
    },
    count: async (request) => {
      try {
        await limiter.consume(address(request));
      } catch (reason) {
        // A limit that is reached is what was to be counted.
        if (!isResult(reason)) throw reason;
      }
    },
  };
}

function decision(
  { points: quota, duration }: FlexibleLimiter,
  name: string,
  allowed: boolean,
  { remainingPoints, msBeforeNext }: FlexibleResult,
): RateLimitDecision {
  const reset = msBeforeNext / 1000;
  const remaining = Math.max(0, remainingPoints);
  return { allowed, quotas: [{ name, quota, window: duration, remaining, reset }] };
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
