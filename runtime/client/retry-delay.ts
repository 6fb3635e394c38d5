/** How long to wait before a retry: what the server asks for, or exponential backoff with full jitter. */

/**
 * Milliseconds that a response asks to wait: `Retry-After` (RFC 9110 §10.2.3, seconds or a date), else the longest time to
 * reset of the exhausted quotas in `RateLimit` (draft-ietf-httpapi-ratelimit-headers, `"name";r=0;t=30`) or in the older
 * `RateLimit-Reset`. `undefined` where it asks for nothing.
 */
export function askedDelay(headers: Headers, now: number): number | undefined {
  const field = (name: string): string => headers.get(name) ?? "";
  const after = field("retry-after");
  // `Date.parse` takes much for a date; that of HTTP begins with the name of a day.
  const wait = /^[a-z]{3}/i.test(after) ? Math.max(0, Date.parse(after) - now) : seconds(after);
  if (wait >= 0) return wait;
  const reset = field("ratelimit-remaining") > "0" ? -1 : seconds(field("ratelimit-reset"));
  const longest = field("ratelimit")
    .split(",")
    .filter((quota) => /;\s*r=0\b/.test(quota))
    .reduce((most, quota) => Math.max(most, seconds(/;\s*t=(\d+)/.exec(quota)?.[1])), reset);
  return longest < 0 ? undefined : longest;
}

/** In milliseconds; negative for anything else. */
function seconds(text = ""): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : -1;
}

/** A random share of `base · 2^retries`, never more than `max`: full jitter spreads callers that failed together. */
export function backoff(retries: number, base: number, max: number): number {
  return Math.random() * Math.min(max, base * 2 ** retries);
}

/** A client's allowance of retries: each takes one, each call that comes through gives a tenth back. */
export interface RetryBudget {
  /** Takes one; false where none is left. */
  take(): boolean;
  giveBack(): void;
}

export function retryBudget(capacity: number): RetryBudget {
  let left = capacity;
  return {
    take: () => left >= 1 && left-- > 0,
    giveBack: () => {
      left = Math.min(capacity, left + 0.1);
    },
  };
}
