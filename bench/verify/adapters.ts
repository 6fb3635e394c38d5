/** Starts the API of the example behind an adapter, without its files and its worker. */
import { exampleApi } from "../../example/api/api.ts";
import { uploadSecret } from "../../example/assets/signature.ts";
import type { Database } from "../../example/database/database.ts";
import { startTarget } from "../../test/support/server-targets.ts";

/** Adapters that listen for HTTP/1.1; the Fetch API's stands behind Hono. */
export const adapters = ["node", "express", "fastify", "hono"] as const;

export interface ServedExample {
  /** With the base path of the API. */
  readonly url: string;
  close(): Promise<void>;
}

export async function serveExample(
  adapter: (typeof adapters)[number],
  database: Database,
): Promise<ServedExample> {
  const api = exampleApi({
    database,
    uploadSecret: await uploadSecret(database),
    origin: () => "http://localhost",
    rateLimit: { requests: 1_000_000, per: 60 },
    leaseMs: 10_000,
    wake: () => undefined,
  });
  const target = await startTarget(adapter, api);
  return { url: `${target.origin}${api.basePath}`, close: () => target.close() };
}
