/** The whole service: API, files and worker on one database. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createHttpServer, drain, nodeListener } from "lockstep-openapi-runtime/node";
import type { CoverageRecorder, Hooks } from "lockstep-openapi-runtime/server";
import { exampleApi } from "./api/api.ts";
import type { RateLimit } from "./api/rate-limit.ts";
import { serveFile } from "./assets/files.ts";
import { uploadSecret } from "./assets/signature.ts";
import { assetSteps } from "./assets/steps.ts";
import { broadcastSteps } from "./broadcasts/steps.ts";
import type { Database } from "./database/database.ts";
import { migrate } from "./database/migrate.ts";
import { journeySteps } from "./journeys/steps.ts";
import { Worker } from "./worker/worker.ts";

export interface ServiceOptions {
  /** Closed with the service. */
  readonly database: Database;
  /** 0, where absent: any that is free. */
  readonly port?: number;
  /** Where callers reach it, without a slash at the end; `http://localhost:<port>` where absent. */
  readonly origin?: string;
  /** 600 requests in 60 seconds for each key, where absent. */
  readonly rateLimit?: RateLimit;
  /** Milliseconds after which what a dead process was doing is free for others; 10 s where absent. */
  readonly leaseMs?: number;
  /** Milliseconds between two looks of the worker; 500 where absent. */
  readonly pollMs?: number;
  readonly hooks?: Hooks;
  /** Told when a step of the worker fails, which is then tried again; printed to the console where absent. */
  readonly onWorkerError?: (error: unknown) => void;
  readonly coverage?: CoverageRecorder;
}

export interface Service {
  /** Of the API, with its base path. */
  readonly url: string;
  /** Lets running calls and the worker's step end, then closes the database. */
  close(): Promise<void>;
}

/** Brings the database up to date and listens. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { database, port = 0, rateLimit = { requests: 600, per: 60 }, leaseMs = 10_000, hooks } = options;
  await migrate(database);
  const secret = await uploadSecret(database);
  const worker = new Worker(
    [...broadcastSteps(database), ...journeySteps(database), ...assetSteps(database)],
    { pollMs: options.pollMs ?? 500, onError: options.onWorkerError ?? reportWorker },
  );
  let origin = options.origin ?? "";
  const files = { database, uploadSecret: secret };
  const api = exampleApi({
    ...files,
    origin: () => origin,
    rateLimit,
    leaseMs,
    hooks,
    wake: () => {
      worker.wake();
    },
    coverage: options.coverage,
  });
  const answer = nodeListener(api);
  const server = createHttpServer(api, {}, (message, response) => {
    if (serveFile(message, response, files) === undefined) answer(message, response);
  });
  const listening = await listen(server, port);
  origin ||= `http://localhost:${listening}`;
  worker.start();
  return {
    url: `${origin}${api.basePath}`,
    close: async () => {
      await drain(server);
      await worker.stop();
      await database.close();
    },
  };
}

/** @returns the port; the system chooses one for port 0 */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, () => {
      // A server that listens on a port has an address of this kind.
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function reportWorker(error: unknown): void {
  console.error("A step of the worker failed and will be tried again:", error);
}
