/** What is generated from damaged documents, where any is, compiles: `SOAK_DOCUMENTS` of them, from `PROPERTY_SEED`. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { damagedDocument } from "../property/corrupt/damage.ts";
import { generate } from "../property/corrupt/generate.ts";
import { typeErrors } from "../support/type-check.ts";
import { TemporaryFolder } from "../unit/temporary-folder.ts";

const wanted = Number(process.env["SOAK_DOCUMENTS"] ?? "600");
/** As many as one compiler takes at once. */
const batch = 25;

const source = new TemporaryFolder();
// Below the project, so that the package is found that the generated code imports.
const below = join(import.meta.dirname, "../../tmp");
mkdirSync(below, { recursive: true });
const target = mkdtempSync(join(below, "corrupt-"));
afterAll(() => {
  rmSync(target, { recursive: true });
});

test(`${String(wanted)} damaged documents are refused, or what comes of them compiles`, async () => {
  const folders: string[] = [];
  await fc.assert(
    fc.asyncProperty(damagedDocument, async (document) => {
      const { files } = await generate(document, source);
      if (files === undefined) return;
      const folder = join(target, String(folders.length));
      folders.push(folder);
      for (const { path, content } of files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
    }),
    { numRuns: wanted },
  );
  expect(folders.length).toBeGreaterThan(wanted / 10);
  for (let start = 0; start < folders.length; start += batch) {
    expect(typeErrors(folders.slice(start, start + batch))).toEqual([]);
  }
});
