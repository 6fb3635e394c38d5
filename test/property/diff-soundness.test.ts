/** Soundness of the guard: for random schemas and their revisions, what is sent and refused is never called safe. */
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { revised, schemas, textSchemas, values } from "../support/random-schemas.ts";
import { byAjv, unsound, type Met, type Place } from "../support/soundness.ts";

it.each<readonly [Place, number]>([
  ["request", 100],
  ["response", 100],
  ["query", 120],
])("no value that is sent and refused is called safe: %s", (place, numRuns) => {
  const met: Met = { broken: 0, safe: 0, undecided: 0 };
  fc.assert(
    fc.property(
      revised(place === "query" ? textSchemas : schemas),
      fc.array(values, { minLength: 10, maxLength: 20 }),
      ([base, revision], samples) => {
        expect(unsound({ base, revision }, place, samples, byAjv, met)).toEqual([]);
      },
    ),
    { numRuns },
  );
  expect(met.broken).toBeGreaterThan(numRuns / 10);
  expect(met.safe).toBeGreaterThan(numRuns / 10);
});
