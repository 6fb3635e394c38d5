/**
 * Soundness of the guard over `SOAK_PAIRS` random pairs of schemas in all, from `PROPERTY_SEED`: no break is called safe.
 * Requests and responses have files of their own, because files run side by side.
 */
import * as fc from "fast-check";
import { expect } from "vitest";
import { revised, schemas, textSchemas, values } from "../support/random-schemas.ts";
import { byInterpreter, unsound, type Met, type Place } from "../support/soundness.ts";

const wanted = Number(process.env["SOAK_PAIRS"] ?? "100000");

/** The part of all pairs that stands in each place; parameters take the least time. */
const shares: Readonly<Record<Place, number>> = { request: 0.25, response: 0.3, query: 0.45 };

export function expectSoundness(place: Place): void {
  const numRuns = Math.ceil(wanted * shares[place]);
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
  expect(met.broken).toBeGreaterThan(numRuns / 20);
  expect(met.safe).toBeGreaterThan(numRuns / 10);
  expect(met.undecided).toBeLessThan(numRuns / 4);
}
