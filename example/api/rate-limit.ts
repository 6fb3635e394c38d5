/** Limits what one API key may ask for, counted in the database so that all processes count together. */
import { RateLimiterPostgres } from "rate-limiter-flexible";
import { flexibleRateLimit } from "lockstep-openapi-runtime/rate-limit";
import type { RateLimiter } from "lockstep-openapi-runtime/server";
import type { Session } from "../database/database.ts";
import type { Caller } from "./caller.ts";

export interface RateLimit {
  readonly requests: number;
  /** Seconds. */
  readonly per: number;
}

/** What the limiter asks its client for. */
interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

export function rateLimiter(session: Session, { requests, per }: RateLimit): RateLimiter<Caller> {
  const limiter = new RateLimiterPostgres({
    storeClient: { query: ({ text, values }: Statement) => session.query(text, values) },
    storeType: "client",
    tableName: "rate_limits",
    tableCreated: true,
    keyPrefix: "key",
    points: requests,
    duration: per,
  });
  return flexibleRateLimit<Caller>(limiter, { name: "key", key: ({ principal }) => principal?.keyId ?? "" });
}
