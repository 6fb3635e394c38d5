/** Many calls of the example through the proxy that does everything to their traffic, and what its database says after them. */
import { createClient, type ApiClient } from "../../generated/client.ts";
import { seeded, startChaosProxy } from "./chaos-proxy.ts";
import type { ChaosReport } from "./chaos.ts";
import { fullKey } from "./example-samples.ts";
import { startExample, type Example } from "./example-service.ts";

export interface ExampleReport extends ChaosReport {
  /** How many broadcasts there are of these calls. */
  readonly broadcasts: number;
}

/**
 * Runs `calls` calls, `width` at a time: broadcasts that are sent at once, and others that are prepared and then redeemed.
 * Each broadcast has a name of its own, so that the database tells of effects that were had twice.
 */
export async function runExampleChaos(calls: number, width: number, seed: number): Promise<ExampleReport> {
  const random = seeded(seed);
  const example = await startExample();
  const api = new URL(example.url);
  const proxy = await startChaosProxy(Number(api.port), random);
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on("unhandledRejection", note);
  const client = createClient({
    baseUrl: `http://127.0.0.1:${String(proxy.port)}${api.pathname}`,
    auth: { apiKey: fullKey(example.mine) },
    timeout: 2000,
    deadline: 20_000,
    retry: { attempts: 4, baseDelay: 1, maxDelay: 20, budget: calls },
  });
  const run = new Run(client, example, calls);
  await Promise.all(Array.from({ length: width }, () => run.work()));
  process.off("unhandledRejection", note);
  const invented = await notThere(example, run.told);
  const doubled = await doubles(example);
  const broadcasts = await count(example);
  await proxy.close();
  await example.close();
  return { outcomes: run.outcomes, doubled, invented, unhandled, broadcasts };
}

class Run {
  readonly outcomes: Record<string, number> = {};
  /** Broadcasts that the client was told of: id by name. */
  readonly told = new Map<string, string>();
  readonly #client: ApiClient;
  readonly #content: { readonly templateId: string; readonly segmentId: string };
  #left: number;

  constructor(client: ApiClient, { mine }: Example, calls: number) {
    this.#client = client;
    this.#content = { templateId: mine.templateId, segmentId: mine.segmentId };
    this.#left = calls;
  }

  async work(): Promise<void> {
    while (this.#left > 0) await (this.#left % 3 === 0 ? this.#create() : this.#prepareAndRedeem());
  }

  /** The outcome of one call; it counts as one whatever became of it. */
  async #call<Result extends { readonly error?: { readonly kind: string } | undefined }>(
    send: () => Promise<Result>,
  ): Promise<Result> {
    this.#left--;
    const result = await send();
    const kind = result.error?.kind ?? "data";
    this.outcomes[kind] = (this.outcomes[kind] ?? 0) + 1;
    return result;
  }

  async #create(): Promise<void> {
    const body = { ...this.#content, name: `chaos-${String(this.#left)}` };
    const { data } = await this.#call(() => this.#client.broadcasts.create({ body }));
    if (data !== undefined) this.told.set(body.name, data.broadcastId);
  }

  async #prepareAndRedeem(): Promise<void> {
    const body = { ...this.#content, name: `chaos-${String(this.#left)}` };
    const { data: prepared } = await this.#call(() => this.#client.broadcasts.prepare({ body }));
    if (prepared === undefined || this.#left === 0) return;
    const redeem = { body: { preparedSendId: prepared.preparedSendId } };
    const { data } = await this.#call(() => this.#client.broadcasts.sendPrepared(redeem));
    if (data !== undefined) this.told.set(body.name, data.broadcastId);
  }
}

/** Names of broadcasts that a client was told of and that are not in the database as it was told. */
async function notThere({ database }: Example, told: ReadonlyMap<string, string>): Promise<string[]> {
  const { rows } = await database.query<{ id: string; name: string }>(
    "SELECT id, name FROM broadcasts WHERE name LIKE 'chaos-%'",
  );
  const there = new Set(rows.map(({ id, name }) => `${name} ${id}`));
  return [...told].flatMap(([name, id]) => (there.has(`${name} ${id}`) ? [] : [name]));
}

/** Broadcasts, prepared sends and mails that there are more than once. */
async function doubles({ database }: Example): Promise<string[]> {
  const { rows } = await database.query<{ what: string }>(`
SELECT 'broadcast ' || name AS what FROM broadcasts WHERE name LIKE 'chaos-%' GROUP BY name HAVING count(*) > 1
UNION ALL
SELECT 'prepared send ' || name FROM prepared_sends WHERE name LIKE 'chaos-%' GROUP BY name HAVING count(*) > 1
UNION ALL
SELECT 'mail of ' || broadcast_id FROM outbox WHERE broadcast_id IS NOT NULL
GROUP BY broadcast_id, contact_id HAVING count(*) > 1`);
  return rows.map(({ what }) => what);
}

async function count({ database }: Example): Promise<number> {
  const { rows } = await database.query("SELECT id FROM broadcasts WHERE name LIKE 'chaos-%'");
  return rows.length;
}
