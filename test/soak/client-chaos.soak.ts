/**
 * Ten thousand calls through a proxy that drops, delays, truncates, duplicates and sends garbage; and three thousand to the
 * example, whose database takes most of the time.
 */
import { expect, test } from "vitest";
import { runChaos } from "../support/chaos.ts";
import { runExampleChaos } from "../support/chaos-example.ts";

const calls = Number(process.env["CHAOS_CALLS"] ?? 10_000);
const exampleCalls = Math.ceil(calls * 0.3);

test("no double effect, no invented success, every outcome typed", async () => {
  const { outcomes, doubled, invented, unhandled } = await runChaos(calls, 50, 2);
  console.info(outcomes);
  expect({ doubled, invented, unhandled }).toEqual({ doubled: [], invented: [], unhandled: [] });
  expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(calls);
});

test("nor in the database of the example", async () => {
  const { outcomes, doubled, invented, unhandled, broadcasts } = await runExampleChaos(exampleCalls, 20, 3);
  console.info(outcomes, `${String(broadcasts)} broadcasts`);
  expect({ doubled, invented, unhandled }).toEqual({ doubled: [], invented: [], unhandled: [] });
  expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(exampleCalls);
  expect(Object.keys(outcomes).filter((kind) => !kinds.includes(kind))).toEqual([]);
  expect(broadcasts).toBeGreaterThan(0);
});

/** All that a call may end in. */
const kinds = "data contract http unknown malformed unexpected invalid network timeout aborted request".split(
  " ",
);
