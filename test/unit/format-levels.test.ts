/** The setting `formats`: how strictly validators and `verify` check `format`. */
import { load } from "js-yaml";
import { describe, expect, test } from "vitest";
import { expand } from "../../generator/expand/expand.ts";
import type { JsonObject } from "../../generator/json/json.ts";
import { buildModel } from "../../generator/model/build.ts";
import { defaultReading, type FormatLevels } from "../../generator/openapi/reading.ts";
import { monitoredContract } from "../../generator/verify/contract.ts";
import { emitAndLoad } from "../conformance/validators/emitted.ts";

/** Strings that only `lenient` takes, and strings that it refuses too. */
const table: readonly (readonly [format: string, lenient: readonly string[], wrong: readonly string[]])[] = [
  [
    "date-time",
    ["2026-12-01 10:00:00Z", "2026-12-01T10:00:00", "2026-12-01T10:00", "2026-12-01t10:00:00.5+0100"],
    ["2026-12-01", "2026-13-01T10:00:00Z", "2025-02-29 10:00:00", "2026-12-01T25:00:00", "tomorrow"],
  ],
  ["time", ["10:00:00", "10:00", "10:00:00+01"], ["24:00", "10", "10:0"]],
  ["uri", ["/items/1", "items?page=2", ""], ["a b", "%zz"]],
  ["iri", ["/größe"], ["a b"]],
  ["email", ["jörg@example.com"], ["example.com"]],
  ["hostname", ["bücher.example"], ["a..b"]],
  ["byte", ["YQ", "-_8", "YWJj\r\nYWJj"], ["ä", "a=b", "YQ==="]],
  ["date", [], ["2026-02-30", "2026-2-3"]],
  ["uuid", [], ["4a1e8c2d"]],
];

const levels = async (format: string, formats: FormatLevels) => {
  const [validator] = await emitAndLoad([{ schema: { type: "string", format }, formats }]);
  if (validator === undefined) throw new Error("nothing was emitted");
  return validator;
};

describe.each(table)("%s", (format, lenient, wrong) => {
  test("strict refuses what lenient takes", async () => {
    const { is } = await levels(format, "strict");
    expect([...lenient, ...wrong].filter(is)).toEqual([]);
  });

  test("lenient takes what APIs send, and still refuses nonsense", async () => {
    const { is } = await levels(format, { [format]: "lenient" });
    expect(lenient.filter((text) => !is(text))).toEqual([]);
    expect(wrong.filter(is)).toEqual([]);
  });

  test("off takes every string, and no other value", async () => {
    const { is } = await levels(format, "off");
    expect([...lenient, ...wrong].every(is)).toBe(true);
    expect(is(1)).toBe(false);
  });

  test("a level for another format leaves it strict", async () => {
    const { is } = await levels(format, { other: "off" });
    expect([...lenient, ...wrong].filter(is)).toEqual([]);
  });
});

test("off says nothing about formats that are unknown, and takes any number", async () => {
  const schema = { type: ["string", "integer"], format: "phone" };
  const [strict, off, numbers] = await emitAndLoad([
    { schema, formats: "strict" },
    { schema, formats: "off" },
    { schema: { type: "integer", format: "int32" }, formats: { int32: "off" } },
  ]);
  expect(strict?.findings.map(({ code }) => code)).toEqual(["lockstep/format-unknown"]);
  expect(off?.findings).toEqual([]);
  expect(numbers?.is(2 ** 40)).toBe(true);
});

test.each<readonly [FormatLevels, number]>([
  ["strict", 1],
  ["lenient", 0],
  [{ "date-time": "off" }, 0],
  [{ uri: "off" }, 1],
])("verify follows the level: %j", (formats, issues) => {
  // A document.
  const root = load(`
openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  /a:
    get:
      operationId: getA
      responses:
        "200":
          description: OK
          content: { application/json: { schema: { type: string, format: date-time } } }
`) as JsonObject;
  const { model } = buildModel(expand(root).document, { ...defaultReading, formats });
  const { operations } = monitoredContract(model, "");
  const media = operations[0]?.responses.match(200)?.match("application/json");
  expect(media?.collect("2026-12-01 10:00:00")).toHaveLength(issues);
});
