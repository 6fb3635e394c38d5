/** A hundred thousand hostile requests in all, and the question whether time tells what exists elsewhere. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contract } from "../../generated/server.ts";
import { openPostgres } from "../../example/database/postgres.ts";
import { send, startExample, type Example } from "../support/example-service.ts";
import { fullKey, samples } from "../support/example-samples.ts";
import { idPlaces, nowhere } from "../support/example-foreign.ts";
import { hostileRequests } from "../support/example-hostile.ts";
import { startPostgres, type PostgresServer } from "../support/postgres-server.ts";
import { cropped, welchT } from "../support/welch.ts";

const requests = Number(process.env["FUZZ_REQUESTS"] ?? 6_250);
const pairs = Number(process.env["TIMING_PAIRS"] ?? 1_000);
/** As dudect has it: beyond this, chance is not an explanation. */
const suspicious = 4.5;

const failures: unknown[] = [];
let postgres: PostgresServer;
let example: Example;

beforeAll(async () => {
  postgres = await startPostgres();
  const hooks = { onError: (error: unknown) => failures.push(error) };
  example = await startExample({ hooks }, openPostgres(postgres.url));
});

afterAll(async () => {
  await example.close();
  await postgres.stop();
});

describe("whether an id exists elsewhere does not show in the time that the response takes", () => {
  test.each(idPlaces)("$operation, $place", async ({ existing, request }) => {
    const foreign = await existing(example, example.theirs);
    const times: Record<"foreign" | "random", number[]> = { foreign: [], random: [] };
    const timed = async (id: string): Promise<number> => {
      const began = performance.now();
      const { status } = await send(example.url, fullKey(example.mine), request(id, example.mine));
      expect(status).toBe(404);
      return performance.now() - began;
    };
    for (let pair = 0; pair < pairs; pair++) {
      // In turns, so that neither always comes after the other.
      const order = pair % 2 === 0 ? (["foreign", "random"] as const) : (["random", "foreign"] as const);
      for (const kind of order) times[kind].push(await timed(kind === "foreign" ? foreign : nowhere()));
    }
    const t = welchT(cropped(times.foreign), cropped(times.random));
    console.log(`t = ${t.toFixed(2)}`);
    expect(Math.abs(t)).toBeLessThan(suspicious);
  });
});

describe(`${requests} hostile requests`, () => {
  test.each(contract.operations)("$id", async (operation) => {
    // The generated contract lists exactly the operations of the generated types.
    const sample = await samples[operation.id as keyof typeof samples](example, example.mine);
    const queue = hostileRequests(sample, { seed: 11, count: requests });
    const client = async (): Promise<void> => {
      for (const request of queue) {
        const answer = await send(example.url, fullKey(example.mine), request);
        if (answer.status >= 500 && answer.status !== 501)
          throw new Error(JSON.stringify(request).slice(0, 500));
        if (answer.status >= 400) expect(answer.code).toBeDefined();
        const media = operation.responses.match(answer.status)?.match("application/json");
        if (answer.status < 300 && media !== undefined) expect(media.collect(answer.body)).toEqual([]);
      }
    };
    await Promise.all([client(), client(), client(), client()]);
    expect(failures).toEqual([]);
  });
});
