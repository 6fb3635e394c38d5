/** How long to wait before a retry: what the server asks for, or exponential backoff with full jitter. */

/**
 * Milliseconds that an answer asks to wait: `Retry-After` (RFC 9110 §10.2.3, seconds or a date), else the time to reset
 * of an exhausted quota in `RateLimit` (draft-ietf-httpapi-ratelimit-headers, `"name";r=0;t=30`) or in the older
 * `RateLimit-Reset`. `undefined` where it asks for nothing.
 */
export function askedDelay(headers: Headers, now: number): number | undefined {
  const after = headers.get("retry-after");
  if (after !== null) {
    const wait = /^\d+$/.test(after.trim()) ? Number(after) * 1000 : Date.parse(after) - now;
    if (!Number.isNaN(wait)) return Math.max(0, wait);
  }
  const exhausted = /;\s*r=0\b[^,]*;\s*t=(\d+)/.exec(headers.get("ratelimit") ?? "");
  const reset = exhausted?.[1] ?? headers.get("ratelimit-reset") ?? "";
  return /^\d+$/.test(reset) ? Number(reset) * 1000 : undefined;
}

/** A random share of `base · 2^retries`, never more than `max`: full jitter spreads callers that failed together. */
export function backoff(retries: number, base: number, max: number): number {
  return Math.random() * Math.min(max, base * 2 ** retries);
}

/** A client's allowance of retries: each takes one, each call that comes through gives a tenth back. */
export class RetryBudget {
  readonly #capacity: number;
  #left: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#left = capacity;
  }

  take(): boolean {
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }

  giveBack(): void {
    this.#left = Math.min(this.#capacity, this.#left + 0.1);
  }
}
