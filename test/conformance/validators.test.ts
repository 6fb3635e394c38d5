/** The official JSON-Schema-Test-Suite, draft2020-12, against the emitted code in all three modes. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { FormatLevels } from "../../generator/openapi/reading.ts";
import { emitAndLoad } from "./validators/emitted.ts";
import { readExternals, readGroups } from "./validators/suite.ts";

const suite = process.env["JSON_SCHEMA_TEST_SUITE"] ?? join(import.meta.dirname, "json-schema-test-suite");

/** Tests that may fail, by group and description, each with its reason. None does. */
const exceptions: readonly string[] = [];

/** In the plain dialect `format` is an annotation; the optional tests of formats want it to assert. */
const folders: readonly { folder: string; formats: FormatLevels; atLeast: number }[] = [
  { folder: "", formats: "off", atLeast: 1176 },
  { folder: "optional", formats: "strict", atLeast: 145 },
  { folder: "optional/format", formats: "strict", atLeast: 467 },
];

describe.each(folders)("draft2020-12/$folder", ({ folder, formats, atLeast }) => {
  test("is, check and collect agree with every test", async () => {
    const groups = readGroups(suite, folder);
    const externals = readExternals(suite);
    const validators = await emitAndLoad(groups.map(({ schema }) => ({ schema, externals, formats })));
    const failed: string[] = [];
    let count = 0;
    groups.forEach(({ name, tests }, i) => {
      const validator = validators[i];
      for (const { description, data, valid } of tests) {
        count++;
        const answers = [
          validator?.is(data),
          validator?.check(data) === undefined,
          validator?.collect(data).length === 0,
        ];
        if (!answers.every((answer) => answer === valid)) failed.push(`${name}: ${description}`);
      }
    });
    expect(failed).toEqual(exceptions.filter((name) => failed.includes(name)));
    expect(count).toBeGreaterThanOrEqual(atLeast);
  });
});
