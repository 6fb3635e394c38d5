/** Patterns that are drawn: what is called linear is so, and the matcher that takes their place finds the same. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesPattern } from "../../generator/schema/pattern/matches.ts";
import { readPattern } from "../../generator/schema/pattern/pattern.ts";
import { countSteps, TooManySteps } from "../support/backtracking.ts";
import { patternText, pumps } from "../support/random-pattern.ts";

/** Steps for each character that no pattern of this size should need: ways at once, times the parts of the pattern. */
const stepsPerCharacter = 2_000;

test("a pattern that is called linear takes few steps for each character, however a text repeats itself", () => {
  let [linear, dangerous] = [0, 0];
  fc.assert(
    fc.property(patternText, (source) => {
      const pattern = readPattern(source);
      if (pattern?.isLinear === true) linear++;
      else dangerous++;
      if (pattern?.isLinear !== true) return;
      for (const text of pumps(24)) {
        expect(
          () => countSteps(source, text, text.length * stepsPerCharacter + 1000),
          JSON.stringify(text),
        ).not.toThrow();
      }
    }),
    { numRuns: 300 },
  );
  expect(Math.min(linear, dangerous)).toBeGreaterThan(30);
});

test("some that are called dangerous are", () => {
  let exploded = 0;
  fc.assert(
    fc.property(patternText, (source) => {
      if (readPattern(source)?.isLinear !== false || exploded > 20) return;
      try {
        for (const text of pumps(24)) countSteps(source, text, 20_000);
      } catch (error) {
        if (!(error instanceof TooManySteps)) throw error;
        exploded++;
      }
    }),
    { numRuns: 300 },
  );
  expect(exploded).toBeGreaterThan(10);
});

test("the linear matcher finds what the engine finds", () => {
  const seen = { true: 0, false: 0 };
  fc.assert(
    fc.property(
      patternText,
      fc.array(fc.string({ unit: fc.constantFrom("a", "b", "-", " ", "\n"), maxLength: 9 }), {
        maxLength: 8,
      }),
      (source, texts) => {
        const native = new RegExp(source, "u");
        for (const text of ["", "a", "ab", "-a", ...texts]) {
          const found = matchesPattern(source, text);
          if (found === undefined) continue;
          expect([source, text, found]).toEqual([source, text, native.test(text)]);
          seen[`${found}`]++;
        }
      },
    ),
    { numRuns: 500 },
  );
  expect(Math.min(seen.true, seen.false)).toBeGreaterThan(300);
});
