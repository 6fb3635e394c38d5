/** Four processes of the example on one PostgreSQL: redeemed once by a thousand calls, and killed at any moment. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../example/database/database.ts";
import { openPostgres } from "../../example/database/postgres.ts";
import type { SeededOrganization } from "../../example/seed/seed.ts";
import { startExampleProcess, type ExampleProcess } from "../support/example-process.ts";
import { member, send, text, type Answer, type Sample } from "../support/example-service.ts";
import { startPostgres, type PostgresServer } from "../support/postgres-server.ts";

const leaseMs = 1_500;
/** What a busy machine may add to it. */
const slackMs = 15_000;
const rounds = Number(process.env["KILL_ROUNDS"] ?? 50);

let postgres: PostgresServer;
let database: Database;
let environment: Record<string, string>;
let processes: ExampleProcess[];
let mine: SeededOrganization;
/** Calls that died with their process, and how long the slowest one took to succeed all the same. */
const seen = { broken: 0, slowestMs: 0 };

beforeAll(async () => {
  postgres = await startPostgres();
  database = openPostgres(postgres.url, { connections: 3 });
  environment = { DATABASE_URL: postgres.url, LEASE_MS: String(leaseMs), REQUESTS_PER_MINUTE: "100000000" };
  // At once: migrations and seed have to stand that too.
  processes = await Promise.all([1, 2, 3, 4].map(() => startExampleProcess(environment)));
  const [organization] = processes[0]?.organizations ?? [];
  if (organization === undefined) throw new Error("There is no seed.");
  mine = organization;
});

afterAll(async () => {
  const codes = await Promise.all(processes.map((one) => one.stop()));
  await database.close();
  await postgres.stop();
  expect(codes.filter((code) => code !== 0)).toEqual([]);
});

const key = (): string => mine.keys[0]?.key ?? "";
const some = <Value>(values: readonly Value[]): Value => {
  const value = values[Math.floor(Math.random() * values.length)];
  if (value === undefined) throw new RangeError("There is nothing to choose from.");
  return value;
};

/** To whichever process is chosen, until one responds for good: what any client would do. */
async function insist(sample: Sample): Promise<Answer> {
  const began = Date.now();
  for (;;) {
    const answer = await send(some(processes).url, key(), sample).catch(() => undefined);
    if (answer === undefined) seen.broken++;
    const tookMs = Date.now() - began;
    seen.slowestMs = Math.max(seen.slowestMs, tookMs);
    if (answer?.status === 200 || answer?.status === 202) return answer;
    const goesOn = answer === undefined || answer.status === 409;
    if (!goesOn) throw new Error(`${sample.path} got ${answer.status}: ${answer.text}`);
    if (tookMs > leaseMs + slackMs)
      throw new Error(`${sample.path} stays blocked: ${answer?.text ?? "no response"}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

const post = (path: string, body: unknown, idempotencyKey?: string): Sample => ({
  method: "POST",
  path,
  body,
  ...(idempotencyKey === undefined ? {} : { headers: { "idempotency-key": idempotencyKey } }),
});

async function prepare(): Promise<Sample> {
  const { templateId, vipSegmentId: segmentId } = mine;
  const prepared = await insist(post("/broadcasts/prepare", { name: "Soak", templateId, segmentId }));
  return post("/broadcasts/send-prepared", { preparedSendId: text(prepared.body, "preparedSendId") });
}

async function countOf(sql: string, ...values: unknown[]): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${sql}`,
    values,
  );
  return rows[0]?.count ?? -1;
}

test("a thousand calls at once redeem a prepared send once", async () => {
  const sample = await prepare();
  const answers = await Promise.all(
    Array.from({ length: 1_000 }, (_, index) => send(processes[index % 4]?.url ?? "", key(), sample)),
  );
  const kinds = new Map<string, number>();
  for (const { status, code, body } of answers) {
    const kind =
      status === 202 ? `firstRedeem ${String(Reflect.get(Object(body), "firstRedeem"))}` : String(code);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  console.log("1,000 redeems:", Object.fromEntries(kinds));
  expect(kinds.get("firstRedeem true")).toBe(1);
  expect([...kinds.keys()].sort()).toEqual(
    [...new Set(["firstRedeem true", "firstRedeem false", "concurrent_redeem"])]
      .filter((kind) => kinds.has(kind))
      .sort(),
  );
  const id = text(sample.body, "preparedSendId");
  expect(await countOf("broadcasts WHERE prepared_send_id = $1", id)).toBe(1);
  expect(await insist(sample)).toMatchObject({ body: { firstRedeem: false } });
});

describe(`${rounds} rounds of kill -9`, () => {
  test("send nothing twice, lose nothing, block nothing for longer than the lease", async () => {
    const started: string[] = [];
    for (let round = 0; round < rounds; round++) started.push(...(await killDuringWork()));
    console.log(`${rounds} rounds:`, seen);
    expect(seen.broken).toBeGreaterThan(0);
    for (const id of started) await ended(id);
    const audience = await countOf(
      'contacts WHERE organization_id = $1 AND subscribed AND attributes @> \'{"tier":"vip"}\'',
      mine.id,
    );
    const outcomes = await database.query<{ sent: number; people: number; deliveries: number }>(
      `SELECT (SELECT count(*)::int FROM outbox o WHERE o.broadcast_id = b.id) AS sent,
  (SELECT count(DISTINCT contact_id)::int FROM outbox o WHERE o.broadcast_id = b.id) AS people,
  (SELECT count(*)::int FROM deliveries d WHERE d.broadcast_id = b.id AND d.status = 'sent') AS deliveries
FROM broadcasts b WHERE id = ANY($1)`,
      [started],
    );
    expect(outcomes.rows).toHaveLength(started.length);
    for (const outcome of outcomes.rows) {
      expect(outcome).toEqual({ sent: audience, people: audience, deliveries: audience });
    }
  });
});

/** Redeems, creates and triggers from several clients while one process dies; returns the broadcasts that came of it. */
async function killDuringWork(): Promise<string[]> {
  const redeemSample = await prepare();
  const { templateId, vipSegmentId: segmentId, journeyId } = mine;
  const name = `Once ${randomUUID()}`;
  const createSample = post("/broadcasts", { name, templateId, segmentId }, randomUUID());
  const person = { recipient: { userId: randomUUID() }, variables: { orderNumber: "1" } };
  const triggerSample = post(`/journeys/${journeyId}/trigger`, person, randomUUID());
  const calls = [redeemSample, createSample, triggerSample].flatMap((sample) =>
    [1, 2, 3].map(() => insist(sample)),
  );
  const victim = some(processes);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 80));
  await victim.kill();
  processes = processes.filter((one) => one !== victim);
  const answers = await Promise.all(calls);
  processes.push(await startExampleProcess(environment));
  expectOneEach(answers);
  const preparedSendId = text(redeemSample.body, "preparedSendId");
  expect(await countOf("broadcasts WHERE prepared_send_id = $1", preparedSendId)).toBe(1);
  expect(await countOf("broadcasts WHERE name = $1", name)).toBe(1);
  const runs = "journey_runs r JOIN contacts c ON c.id = r.contact_id WHERE c.user_id = $1";
  expect(await countOf(runs, person.recipient.userId)).toBe(1);
  return [text(answers[0]?.body, "broadcastId"), text(answers[3]?.body, "broadcastId")];
}

/** Three calls of each kind, which must all name the same thing. */
function expectOneEach(answers: readonly Answer[]): void {
  const ids = answers.map(({ body }) => member(body, "runId") ?? text(body, "broadcastId"));
  for (const kind of [0, 3, 6]) expect(new Set(ids.slice(kind, kind + 3)).size).toBe(1);
}

/** Waits for the broadcast's end; whoever worked at it may have died. */
async function ended(id: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while ((await countOf("broadcasts WHERE id = $1 AND status = 'Sent'", id)) === 0) {
    if (Date.now() > deadline) throw new Error(`The broadcast ${id} was lost.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
