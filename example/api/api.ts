/** The API: the contract, and the functions that carry it out. */
import { createApi } from "../../generated/server.ts";
import type { Api, CoverageRecorder, Hooks } from "lockstep-openapi-runtime/server";
import { PostgresIdempotencyStore } from "lockstep-openapi-runtime/stores/postgres";
import { assetsHandlers, type AssetsParts } from "../assets/handlers.ts";
import { brandKitsHandlers } from "../brand-kits/handlers.ts";
import { broadcastsHandlers } from "../broadcasts/handlers.ts";
import type { Session } from "../database/database.ts";
import { journeysHandlers } from "../journeys/handlers.ts";
import { segmentsHandlers } from "../segments/handlers.ts";
import { templatesHandlers } from "../templates/handlers.ts";
import { authenticator } from "./authenticate.ts";
import type { Caller } from "./caller.ts";
import { rateLimiter, type RateLimit } from "./rate-limit.ts";

export interface ApiParts extends AssetsParts {
  readonly rateLimit: RateLimit;
  /** Milliseconds after which what a dead process was doing is free for others. */
  readonly leaseMs: number;
  /** Told when there is work for the worker. */
  readonly wake: () => void;
  readonly hooks?: Hooks | undefined;
  readonly coverage?: CoverageRecorder | undefined;
}

export function exampleApi(parts: ApiParts): Api {
  const { database, rateLimit, leaseMs, wake, hooks, coverage } = parts;
  return createApi<Caller, Session>({
    handlers: {
      broadcasts: broadcastsHandlers({ database, redeemLeaseMs: leaseMs, wake }),
      journeys: journeysHandlers(database, wake),
      templates: templatesHandlers(database),
      segments: segmentsHandlers(database),
      assets: assetsHandlers(parts),
      brandKits: brandKitsHandlers(database),
    },
    authenticate: { apiKey: authenticator(database) },
    requirements: { send_not_allowed: ({ principal }) => principal.allowSends },
    tenant: ({ organizationId }) => organizationId,
    caller: ({ userId }) => userId,
    rateLimit: rateLimiter(database, rateLimit),
    idempotency: { store: new PostgresIdempotencyStore(database), leaseMs },
    ...(hooks === undefined ? {} : { hooks }),
    ...(coverage === undefined ? {} : { coverage }),
  });
}
