/** What the environment says. */
import type { RateLimit } from "./api/rate-limit.ts";

export interface Settings {
  readonly port: number;
  /** Where callers reach the service, if not at `http://localhost:<port>`. */
  readonly origin?: string;
  /** A PostgreSQL server; without one the database is in this process. */
  readonly databaseUrl?: string;
  readonly rateLimit?: RateLimit;
  readonly leaseMs?: number;
}

/** @throws RangeError for a number that is none. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const { DATABASE_URL, ORIGIN, PORT, REQUESTS_PER_MINUTE, LEASE_MS } = environment;
  return {
    port: number("PORT", PORT ?? "3001", 0),
    ...(ORIGIN === undefined ? {} : { origin: ORIGIN.replace(/\/+$/, "") }),
    ...(DATABASE_URL === undefined ? {} : { databaseUrl: DATABASE_URL }),
    ...(REQUESTS_PER_MINUTE === undefined
      ? {}
      : { rateLimit: { requests: number("REQUESTS_PER_MINUTE", REQUESTS_PER_MINUTE, 1), per: 60 } }),
    ...(LEASE_MS === undefined ? {} : { leaseMs: number("LEASE_MS", LEASE_MS, 1) }),
  };
}

function number(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new RangeError(`${name} must be a whole number from ${least}, not ${JSON.stringify(text)}.`);
}
