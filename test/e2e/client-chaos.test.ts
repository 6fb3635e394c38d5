/** A few hundred calls through a hostile proxy; test/soak has ten thousand. */
import { expect, test } from "vitest";
import { runChaos } from "../support/chaos.ts";

test("no double effect, no invented success, every outcome typed", async () => {
  const { outcomes, doubled, invented, unhandled } = await runChaos(400, 20, 1);
  expect({ doubled, invented, unhandled }).toEqual({ doubled: [], invented: [], unhandled: [] });
  expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(400);
  // The run has met what it is about.
  for (const kind of ["data", "contract", "unknown", "malformed", "unexpected"])
    expect(outcomes).toHaveProperty(kind);
});
