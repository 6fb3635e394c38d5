/** Soundness of the guard for what clients send: no break is called safe. `PROPERTY_SEED` draws other pairs. */
import { test } from "vitest";
import { byInterpreter } from "../support/soundness.ts";
import { expectSoundness, soakPairs } from "../support/soundness-law.ts";

test.each(["request", "query"] as const)("no value that is sent and refused is called safe: %s", (place) => {
  expectSoundness(place, { numRuns: soakPairs(place), samples: 5, judge: byInterpreter });
});
