/** Soundness of the guard over `SOAK_PAIRS` random pairs of schemas, from `PROPERTY_SEED`: no break is called safe. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { revised, schemas, textSchemas, values } from "../support/random-schemas.ts";
import { byInterpreter, unsound, type Met, type Place } from "../support/soundness.ts";

const wanted = Number(process.env["SOAK_PAIRS"] ?? "100000");

test.each<readonly [Place, number]>([
  ["request", 0.4],
  ["response", 0.4],
  ["query", 0.2],
])("no value that is sent and refused is called safe: %s", (place, share) => {
  const numRuns = Math.ceil(wanted * share);
  const met: Met = { broken: 0, safe: 0, undecided: 0 };
  fc.assert(
    fc.property(
      revised(place === "query" ? textSchemas : schemas),
      fc.array(values, { minLength: 5, maxLength: 10 }),
      ([base, revision], samples) => {
        expect(unsound({ base, revision }, place, samples, byInterpreter, met)).toEqual([]);
      },
    ),
    { numRuns },
  );
  expect(met.broken).toBeGreaterThan(numRuns / 10);
  expect(met.safe).toBeGreaterThan(numRuns / 10);
  expect(met.undecided).toBeLessThan(numRuns / 5);
});
