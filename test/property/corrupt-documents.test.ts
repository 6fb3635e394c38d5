/** Sound documents with parts changed at random: every stage ends, finds what it finds, and never throws. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { TemporaryFolder } from "../unit/temporary-folder.ts";
import { damagedDocument } from "./corrupt/damage.ts";
import { generate } from "./corrupt/generate.ts";

const folder = new TemporaryFolder();

it("never throws, and says where every error is", async () => {
  let generated = 0;
  let refused = 0;
  let further = 0;
  await fc.assert(
    fc.asyncProperty(damagedDocument, async (document) => {
      const run = await generate(document, folder);
      if (run.files === undefined) refused++;
      else generated++;
      if (run.further) further++;
    }),
    { numRuns: 150 },
  );
  // Else the damage is too great, too small, or hides whatever is behind it.
  expect(generated).toBeGreaterThan(20);
  expect(refused).toBeGreaterThan(40);
  expect(further).toBeGreaterThan(refused / 3);
});
