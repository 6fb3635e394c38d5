/** Emitted validators against two oracles, Ajv and TypeBox, and the letter of the specification: random schemas and values. */
import { expect, test } from "vitest";
import { compareBatch } from "./validators/compare.ts";

const batches = 10;
const schemas = 100;
const values = 100;

test("no disagreement with the specification or with both oracles in 100,000 cases, and none between the modes", async () => {
  let cases = 0;
  let split = 0;
  for (let batch = 0; batch < batches; batch++) {
    const outcome = await compareBatch(20_260_301 + 2 * batch, schemas, values);
    expect(outcome.inconsistent).toEqual([]);
    expect(outcome.alone).toEqual([]);
    expect(outcome.refused).toBe(0);
    cases += outcome.cases;
    split += outcome.split;
  }
  expect(cases).toBe(batches * schemas * values);
  // One oracle against the other and us: bugs of that one. Many at once would be a bug of the comparison.
  expect(split / cases).toBeLessThan(0.03);
});
