/** Numbers that a double does not hold: the document's digits stay, and a warning says what is checked instead. */
import { load as readYaml } from "js-yaml";
import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import { openapiYaml } from "../../generator/emit/openapi/emit.ts";
import { expand } from "../../generator/expand/expand.ts";
import { decimalDigits, isAltered, isKept } from "../../generator/json/written-numbers.ts";
import { load } from "../../generator/load/load.ts";
import { buildModel } from "../../generator/model/build.ts";
import { folder } from "./load-files.ts";

const head = 'openapi: 3.0.3\ninfo: { title: T, version: "1" }\npaths: {}\n';

async function generated(body: string, name = "numbers/api.yaml", overlays?: readonly string[]) {
  folder.write(name, body);
  const options = { cwd: folder.path, allowRemote: false, ...(overlays === undefined ? {} : { overlays }) };
  const { document, diagnostics } = await load(name, options);
  const { document: expanded } = expand(document?.root ?? {});
  const model = buildModel(expanded, document?.reading).model;
  return { written: openapiYaml(model.document, model.numbers), diagnostics, expanded };
}

const schema = (text: string): string => `${head}components: { schemas: { A: ${text} } }\n`;

describe("openapi.yaml keeps the digits of", () => {
  it.each([
    ["a bound beyond 2^53", "{ maximum: 9007199254740993 }", "maximum: 9007199254740993\n"],
    ["a power of two", "{ minimum: -9223372036854775808 }", "minimum: -9223372036854775808\n"],
    ["a constant", "{ enum: [9007199254740993, 1] }", "- 9007199254740993\n"],
    ["a default", "{ default: 9007199254740993 }", "default: 9007199254740993\n"],
    ["an example", "{ example: { id: [12345678901234567890] } }", "- 12345678901234567890\n"],
    ["an extension", "{ x-id: 12345678901234567890 }", "x-id: 12345678901234567890\n"],
    ["a fraction", "{ minimum: 0.1234567890123456789 }", "minimum: 0.1234567890123456789\n"],
    ["a tiny number", "{ exclusiveMinimum: true, minimum: 1e-400, maximum: 0 }", "maximum: 0\n"],
    ["a hexadecimal number", "{ maximum: 0x7FFFFFFFFFFFFFFF }", "maximum: 9223372036854775807\n"],
    [
      "a bound that moves",
      "{ maximum: 9007199254740993, exclusiveMaximum: true }",
      "exclusiveMaximum: 9007199254740993\n",
    ],
    [
      "a bound below a union",
      "{ nullable: true, allOf: [{ maximum: 9007199254740993 }] }",
      "- maximum: 9007199254740993\n",
    ],
    [
      "neighbours",
      "{ minimum: 9007199254740992, maximum: 9007199254740993 }",
      "minimum: 9007199254740992\n      maximum: 9007199254740993\n",
    ],
    [
      "neighbours that move",
      "{ minimum: 9007199254740992, exclusiveMinimum: true, maximum: 9007199254740993, exclusiveMaximum: true }",
      "exclusiveMinimum: 9007199254740992\n      exclusiveMaximum: 9007199254740993\n",
    ],
    ["a number of few digits", "{ minimum: 1.10, maximum: 12345678901234567890 }", "minimum: 1.1\n"],
  ])("%s", async (_name, text, line) => {
    const { written, expanded } = await generated(schema(text));
    expect(written).toContain(line);
    expect(readYaml(written)).toEqual(expanded);
    expect(parse(written, { version: "1.1" })).toEqual(expanded);
  });

  it("JSON, other files and overlays", async () => {
    const json = JSON.stringify({
      openapi: "3.1.1",
      info: { title: "T", version: "1" },
      paths: {},
      components: { schemas: { A: { maximum: "@" } } },
    });
    expect((await generated(json.replace('"@"', "9007199254740993"), "numbers/api.json")).written).toContain(
      "9007199254740993\n",
    );
    folder.write("numbers/other.yaml", "maximum: 9007199254740993\n");
    expect((await generated(schema("{ properties: { b: { $ref: other.yaml } } }"))).written).toContain(
      "9007199254740993\n",
    );
    folder.write(
      "numbers/overlay.yaml",
      "overlay: 1.0.0\ninfo: { title: O, version: '1' }\nactions: [{ target: $.components.schemas.A, update: { maximum: 9007199254740993 } }]\n",
    );
    const { written, diagnostics } = await generated(schema("{ type: integer }"), "numbers/api.yaml", [
      `${folder.path}/numbers/overlay.yaml`,
    ]);
    expect(written).toContain("9007199254740993\n");
    expect(diagnostics.map(({ location }) => `${location?.file}:${location?.line}`)).toEqual([
      "numbers/overlay.yaml:3",
    ]);
  });
});

describe("a warning says what generated code works with", () => {
  it.each([
    [
      "{ maximum: 9007199254740993 }",
      [
        "No JavaScript number is 9007199254740993, as `maximum` has it; values are compared with 9007199254740992.",
      ],
    ],
    [
      "{ enum: [9223372036854775807] }",
      [
        "No JavaScript number is 9223372036854775807, as `enum` has it; values are compared with 9223372036854775808.",
      ],
    ],
    [
      "{ default: { a: 9007199254740993 } }",
      [
        "No JavaScript number is 9007199254740993, as `default` has it; what is filled in is 9007199254740992.",
      ],
    ],
    [
      "{ minimum: 1e-400 }",
      ["No JavaScript number is 1.0e-400, as `minimum` has it; values are compared with 0."],
    ],
    ["{ minimum: -9223372036854775808, maximum: 9223372036854776000 }", []],
    ["{ example: 12345678901234567890, x-max: 12345678901234567891 }", []],
    ["{ properties: { maximum: { example: 12345678901234567890 } } }", []],
    ['{ pattern: "1234567890123456789012" }', []],
  ])("%s", async (text, messages) => {
    const { diagnostics } = await generated(schema(text));
    const found = diagnostics.filter(({ code }) => code === "lockstep/inexact-number");
    expect(found.map(({ message }) => message)).toEqual(messages);
    expect(new Set(found.map(({ severity }) => severity))).toEqual(
      new Set(messages.length === 0 ? [] : ["warning"]),
    );
  });
});

it("knows which decimals a double holds", () => {
  expect(
    ["1.10", "1e22", "9007199254740992", "1E+23", "0.1", "-0", "100e-2"].filter((text) => !isKept(text)),
  ).toEqual([]);
  expect(["9223372036854775808", "0.1000000000000000055", "1e-400"].filter(isKept)).toEqual([]);
  expect(isAltered({ pointer: "", value: 2 ** 63, digits: "9223372036854775808" })).toBe(false);
  expect(["+1.50", ".5", "5.", "007", "1e5", "0o17", "1.2.3", "a", "", "."].map(decimalDigits)).toEqual([
    "1.50",
    "0.5",
    "5",
    "7",
    "1.0e+5",
    "15",
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
