/** The settings `nullable` and `impliedTypes`: how schemas are read whose letter and meaning differ. */
import { describe, expect, it } from "vitest";
import { expand } from "../../generator/expand/expand.ts";
import type { JsonObject } from "../../generator/json/json.ts";
import { resolvePointer } from "../../generator/json/pointer.ts";
import { load } from "../../generator/load/load.ts";
import type { ReadingChoices } from "../../generator/openapi/reading.ts";
import { readSide } from "../../generator/revision/read.ts";
import { folder } from "./load-files.ts";

async function read(text: string, choices: ReadingChoices, line = "3.0.3", members = "") {
  const others = "N: { type: object, nullable: true }, O: { type: object }, S: { type: string }";
  folder.write(
    "readings/api.yaml",
    `openapi: ${line}\ninfo: { title: T, version: "1" }\npaths: {}\n${members}components: { schemas: { A: ${text}, ${others} } }\n`,
  );
  const { document, suspect, diagnostics } = await load("readings/api.yaml", {
    cwd: folder.path,
    allowRemote: false,
    choices,
  });
  const { document: expanded } = expand((document ?? suspect)?.root ?? {}, (document ?? suspect)?.reading);
  const said = diagnostics.map(({ code, severity }) => `${severity} ${code.replace("lockstep/", "")}`);
  return {
    schema: resolvePointer(expanded, "/components/schemas/A"),
    said,
    messages: diagnostics.map(({ message }) => message),
  };
}

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

describe("nullable: letter", () => {
  it.each<[string, JsonObject, string]>([
    ["{ type: string, nullable: true }", { type: ["string", "null"] }, ""],
    ['{ $ref: "#/components/schemas/S", nullable: true }', ref("S"), "beside `$ref`"],
    [
      "{ type: string, enum: [a], nullable: true }",
      { type: ["string", "null"], enum: ["a"] },
      "on an `enum` without null",
    ],
    [
      "{ type: string, enum: [a, null], nullable: true }",
      { type: ["string", "null"], enum: ["a", null] },
      "",
    ],
    [
      '{ allOf: [{ $ref: "#/components/schemas/S" }], nullable: true }',
      { allOf: [ref("S")] },
      "on `allOf` without `type`",
    ],
    [
      '{ oneOf: [{ $ref: "#/components/schemas/S" }], nullable: true }',
      { oneOf: [ref("S")] },
      "on `oneOf` without `type`",
    ],
    [
      "{ properties: { a: { type: string } }, nullable: true }",
      { type: ["object", "null"], properties: { a: { type: "string" } } },
      "",
    ],
  ])("%s", async (text, schema, hole) => {
    const found = await read(text, { nullable: "letter" });
    expect(found.schema).toEqual(schema);
    const holes =
      hole === ""
        ? []
        : [`By the letter of OpenAPI 3.0 \`nullable\` has no effect ${hole}; it lets no null in.`];
    expect(found.messages.filter((message) => message.includes("letter"))).toEqual(holes);
  });

  it("gives `nullable` no effect from OpenAPI 3.1 on", async () => {
    const found = await read("{ type: string, nullable: true }", { nullable: "letter" }, "3.1.1");
    expect(found).toEqual({
      schema: { type: "string" },
      said: ["warning nullable", "warning nullable"],
      messages: Array.from({ length: 2 }, () => "OpenAPI 3.1 has no `nullable`; it has no effect."),
    });
  });
});

/** A part that only constrains, and a place where a schema stands by itself. */
const kept = "{ type: object, nullable: true, anyOf: [{ required: [a] }, { required: [b] }] }";

describe("impliedTypes", () => {
  it.each<[string, string, unknown]>([
    [
      "properties",
      "{ properties: { a: { items: {} } } }",
      { type: "object", properties: { a: { type: "array", items: {} } } },
    ],
    ["required", "{ required: [a] }", { type: "object", required: ["a"] }],
    ["items", "{ items: { type: string } }", { type: "array", items: { type: "string" } }],
    ["nullable", "{ nullable: true, properties: {} }", { type: ["object", "null"], properties: {} }],
    ["members of two types", "{ properties: {}, items: {} }", { properties: {}, items: {} }],
    ["values", "{ enum: [1], properties: {} }", { enum: [1], properties: {} }],
    ["an empty list of names", "{ required: [] }", { required: [] }],
    [
      "a base and more",
      '{ allOf: [{ $ref: "#/components/schemas/O" }], properties: {} }',
      { type: "object", allOf: [ref("O")], properties: {} },
    ],
    [
      "a base that may be null",
      '{ allOf: [{ $ref: "#/components/schemas/N" }], properties: {} }',
      { allOf: [ref("N")], properties: {} },
    ],
    [
      "a union of another type",
      "{ properties: {}, oneOf: [{ type: string }] }",
      { properties: {}, oneOf: [{ type: "string" }] },
    ],
    [
      "parts",
      "{ allOf: [{ properties: {} }, { required: [a] }] }",
      { type: "object", allOf: [{ properties: {} }, { required: ["a"] }] },
    ],
    [
      "parts with a base",
      '{ allOf: [{ $ref: "#/components/schemas/N" }, { required: [a] }] }',
      { allOf: [ref("N"), { required: ["a"] }] },
    ],
    [
      "alternatives",
      "{ oneOf: [{ properties: {} }, { type: string }] }",
      { oneOf: [{ type: "object", properties: {} }, { type: "string" }] },
    ],
    [
      "alternatives beside a type",
      kept,
      { type: ["object", "null"], anyOf: [{ required: ["a"] }, { required: ["b"] }, { type: "null" }] },
    ],
    ["not", "{ not: { required: [a] } }", { not: { required: ["a"] } }],
    [
      "below not",
      "{ not: { properties: { a: { required: [b] } } } }",
      { not: { properties: { a: { required: ["b"] } } } },
    ],
    [
      "a member below a part",
      "{ allOf: [{ properties: { a: { required: [b] } } }, { type: object }] }",
      { allOf: [{ properties: { a: { type: "object", required: ["b"] } } }, { type: "object" }] },
    ],
  ])("%s", async (_name, text, schema) => {
    expect((await read(text, {})).schema).toEqual(schema);
  });

  it("leaves conditions of 3.1 as they are", async () => {
    const text =
      "{ type: object, if: { required: [a] }, then: { required: [b] }, dependentSchemas: { a: { required: [c] } }, contains: { required: [d] } }";
    expect((await read(text, {}, "3.1.1")).schema).toMatchObject({
      if: { required: ["a"] },
      then: { required: ["b"] },
      dependentSchemas: { a: { required: ["c"] } },
      contains: { type: "object", required: ["d"] },
    });
  });

  it("follows the settings, else the letter for owned documents, and says what was read", async () => {
    const text = "{ properties: {} }";
    const owned = "x-error-envelope: { code: /a }\n";
    const typed = { type: "object", properties: {} };
    expect(await read(text, {})).toMatchObject({ schema: typed, said: ["warning implied-type"] });
    expect(await read(text, { impliedTypes: false })).toMatchObject({
      schema: { properties: {} },
      said: ["warning missing-type"],
    });
    const { schema, said } = await read(text, {}, "3.0.3", owned);
    expect(schema).toEqual({ properties: {} });
    expect(said).toContain("warning missing-type");
    const chosen = await read(text, { impliedTypes: true }, "3.0.3", owned);
    expect(chosen.schema).toEqual(typed);
    expect(chosen.said).toContain("warning implied-type");
  });
});

it("is the reading of both sides of a comparison", async () => {
  const side = (text: string): string =>
    folder.write(
      "readings/side.yaml",
      `openapi: 3.0.3\ninfo: { title: T, version: "1" }\npaths: {}\ncomponents: { schemas: { A: ${text} } }\n`,
    );
  const schemaOf = async (choices: ReadingChoices): Promise<unknown> => {
    const path = side("{ type: string, enum: [a], nullable: true }");
    const { side: read } = await readSide("base", path, { cwd: folder.path, allowRemote: false, choices });
    return read?.model.schemas[0]?.schema;
  };
  expect(await schemaOf({})).toEqual({ type: ["string", "null"], enum: ["a", null] });
  expect(await schemaOf({ nullable: "letter" })).toEqual({ type: ["string", "null"], enum: ["a"] });
});
