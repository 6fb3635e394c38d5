/** Documents that are not as OpenAPI has it, and how each is read: by kind, a document, its warning, and what comes of it. */
import { describe, expect, it } from "vitest";
import { expand } from "../../generator/expand/expand.ts";
import type { JsonObject } from "../../generator/json/json.ts";
import { resolvePointer } from "../../generator/json/pointer.ts";
import { load } from "../../generator/load/load.ts";
import { folder } from "./load-files.ts";
import { a, cases, schema } from "./load-meant-cases.ts";

const head = 'openapi: 3.0.3\ninfo: { title: T, version: "1" }\n';

describe("what is written otherwise than OpenAPI has it", () => {
  it.each(cases)("$name", async ({ text, codes, read }) => {
    folder.write("meant/api.yaml", head + text);
    const options = { cwd: folder.path, allowRemote: false };
    const { document, diagnostics } = await load("meant/api.yaml", options);
    // Types that are implied have tests of their own.
    const said = diagnostics.filter(({ code }) => code !== "lockstep/implied-type");
    expect(said.map(({ code, severity }) => `${severity} ${code}`)).toEqual(
      codes.map((code) => `warning lockstep/${code}`),
    );
    for (const [pointer, value] of Object.entries(read))
      expect(resolvePointer(document?.root ?? {}, pointer)).toEqual(value);
    // Strictness changes the severity, never the meaning.
    const strict = await load("meant/api.yaml", { ...options, strictness: "strict" });
    expect((strict.document ?? strict.suspect)?.root).toEqual(document?.root);
  });
});

describe("schemas that mean something by the letter that nobody means", () => {
  const expanded = async (text: string): Promise<JsonObject> => {
    folder.write("meant/api.yaml", head + schema(text));
    const { document } = await load("meant/api.yaml", { cwd: folder.path, allowRemote: false });
    return expand(document?.root ?? {}).document;
  };

  it.each([
    [
      "{ type: array, enum: [x, y], items: { type: string } }",
      { type: "array", items: { type: "string", enum: ["x", "y"] } },
    ],
    ['{ type: integer, enum: ["1", "2"] }', { enum: ["1", "2", 1, 2] }],
    ["{ type: string, enum: [true, 3] }", { enum: [true, 3, "true", "3"] }],
    ["{ type: object, enum: [x] }", { enum: ["x"] }],
    ["{ type: string, enum: [x, 1] }", { type: "string", enum: ["x", 1] }],
    [
      '{ type: object, properties: { a: { $ref: "#/components/schemas/A", nullable: true } } }',
      {
        type: "object",
        properties: { a: { anyOf: [{ $ref: "#/components/schemas/A" }, { type: "null" }] } },
      },
    ],
  ])("%s", async (text, meant) => {
    expect(resolvePointer(await expanded(text), a)).toEqual(meant);
  });
});

it("is strict of a document that uses the vocabulary, unless told otherwise", async () => {
  folder.write(
    "meant/owned.yaml",
    `${head}paths: { /a: { post: { x-idempotency-key: accepted, operationId: 5, responses: {} } } }\n`,
  );
  const options = { cwd: folder.path, allowRemote: false };
  const severity = async (strictness: "auto" | "strict" | "lenient") =>
    (await load("meant/owned.yaml", { ...options, strictness })).diagnostics.map((one) => one.severity);
  expect([await severity("auto"), await severity("strict"), await severity("lenient")]).toEqual([
    ["error"],
    ["error"],
    ["warning"],
  ]);
});
