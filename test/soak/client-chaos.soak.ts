/** Ten thousand calls through a proxy that drops, delays, truncates, duplicates and answers garbage. */
import { expect, test } from "vitest";
import { runChaos } from "../support/chaos.ts";

test("no double effect, no invented success, every outcome typed", async () => {
  const { outcomes, doubled, invented, unhandled } = await runChaos(10_000, 50, 2);
  console.info(outcomes);
  expect({ doubled, invented, unhandled }).toEqual({ doubled: [], invented: [], unhandled: [] });
  expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(10_000);
});
