/** The differential test of the validators for as long as wanted: `SOAK_CASES` (10⁶ unless set) random cases. */
import { expect, test } from "vitest";
import { compareBatch } from "../property/validators/compare.ts";

const wanted = Number(process.env["SOAK_CASES"] ?? "1000000");
const seed = Number(process.env["SOAK_SEED"] ?? String(Date.now() % 1e9));

test(
  `no disagreement with both oracles in ${String(wanted)} cases from seed ${String(seed)}`,
  { timeout: 86_400_000 },
  async () => {
    for (let cases = 0, batch = 0; cases < wanted; batch++) {
      const outcome = await compareBatch(seed + 2 * batch, 200, 100);
      expect(outcome.inconsistent).toEqual([]);
      expect(outcome.alone).toEqual([]);
      cases += outcome.cases;
    }
  },
);
