/** Soundness of the guard: for random schemas and their revisions, what is sent and refused is never called safe. */
import { it } from "vitest";
import { byAjv, type Place } from "../support/soundness.ts";
import { expectSoundness } from "../support/soundness-law.ts";

it.each<readonly [Place, number]>([
  ["request", 100],
  ["response", 100],
  ["query", 120],
])("no value that is sent and refused is called safe: %s", (place, numRuns) => {
  expectSoundness(place, { numRuns, samples: 10, judge: byAjv });
});
