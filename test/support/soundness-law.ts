/** Draws pairs of schemas and expects the law of the guard of each, with counters that the interesting branches were met. */
import * as fc from "fast-check";
import { expect } from "vitest";
import { revised, schemas, textSchemas, values } from "./random-schemas.ts";
import { unsound, type Judge, type Met, type Place } from "./soundness.ts";

export interface SoundnessOptions {
  /** Pairs of schemas. */
  readonly numRuns: number;
  /** Values that are tried for each pair, at least; at most twice as many. */
  readonly samples: number;
  readonly judge: Judge;
}

export function expectSoundness(place: Place, { numRuns, samples, judge }: SoundnessOptions): void {
  const met: Met = { broken: 0, safe: 0, undecided: 0 };
  fc.assert(
    fc.property(
      revised(place === "query" ? textSchemas : schemas),
      fc.array(values, { minLength: samples, maxLength: 2 * samples }),
      ([base, revision], tried) => {
        expect(unsound({ base, revision }, place, tried, judge, met)).toEqual([]);
      },
    ),
    { numRuns },
  );
  expect(met.broken).toBeGreaterThan(numRuns / 20);
  expect(met.safe).toBeGreaterThan(numRuns / 10);
  expect(met.undecided).toBeLessThan(numRuns / 4);
}

/** Pairs of the long tests in all; `SOAK_PAIRS` sets another number. */
const wanted = Number(process.env["SOAK_PAIRS"] ?? "100000");
/** The part of all pairs that stands in each place; parameters take the least time. */
const shares: Readonly<Record<Place, number>> = { request: 0.2, response: 0.2, query: 0.6 };

/** Pairs of the long tests in one place. */
export function soakPairs(place: Place): number {
  return Math.ceil(wanted * shares[place]);
}
