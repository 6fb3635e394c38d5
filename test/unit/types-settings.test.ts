/** The section `types` of lockstep.yaml: each setting, the engine and the oracle. */
import { expect, it } from "vitest";
import { emitTypes } from "../../generator/emit/types/emit.ts";
import type { TypesConfig, TypeSettings } from "../../generator/emit/type-settings.ts";
import { buildModel } from "../../generator/model/build.ts";
import { typeErrors } from "../support/type-check.ts";
import { typesOf } from "../support/types-of.ts";
import { TemporaryFolder } from "./temporary-folder.ts";

const folder = new TemporaryFolder();
const ref = (name: string): { $ref: string } => ({ $ref: `#/components/schemas/${name}` });

const document = {
  openapi: "3.1.0",
  info: { title: "T", version: "1" },
  paths: {
    "/things": {
      post: {
        operationId: "addThing",
        parameters: [
          { name: "dry", in: "query", schema: { type: "boolean", default: false }, deprecated: true },
        ],
        requestBody: { required: true, content: { "application/json": { schema: ref("Thing") } } },
        responses: { "200": { description: "", content: { "application/json": { schema: ref("Thing") } } } },
      },
    },
  },
  components: {
    schemas: {
      Thing: {
        type: "object",
        required: ["id", "secret"],
        properties: {
          id: { type: "integer", readOnly: true },
          secret: { type: "string", writeOnly: true },
          colour: ref("Colour"),
          old: { type: "string", deprecated: true },
          size: { type: "integer", default: 1 },
          pair: { type: "array", items: { type: "number" }, minItems: 2, maxItems: 3 },
        },
      },
      Colour: { enum: ["dark-red", "blue"] },
      Pair: { type: "array", prefixItems: [{ type: "number" }] },
    },
  },
};

it.each<[keyof TypeSettings, RegExp, RegExp | undefined]>([
  [
    "enum",
    /export enum Colour \{\n {4}DarkRed = "dark-red",\n {4}Blue = "blue",\n\}/,
    /export type Colour =/,
  ],
  ["enumValues", /export const ColourValues: readonly Colour\[\] = \["dark-red", "blue"\];/, undefined],
  ["immutable", /readonly pair\?: readonly number\[\];/, /\n {4}colour\?: Colour;/],
  [
    "arrayLength",
    /pair\?: \[number, number, \(number\)\?\]|pair\?: \[number, number, number\?\]/,
    /pair\?: number\[\]/,
  ],
  ["excludeDeprecated", /size\?: number/, /old\?|dry\?/],
  ["alphabetize", /export interface Thing \{\n {4}colour\?/, undefined],
  ["additionalProperties", /export interface Thing \{[^}]*\[key: string\]: unknown;/, undefined],
  ["defaultNonNullable", /size: number;/, /size\?: number/],
])("%s", (setting, present, absent) => {
  const plain = typesOf(document);
  const types = typesOf(document, { [setting]: true });
  expect(types).toMatch(present);
  expect(plain).not.toMatch(present.source.startsWith("size\\?") ? /^$/ : present);
  if (absent !== undefined) {
    expect(types).not.toMatch(absent);
    expect(plain).toMatch(absent);
  }
});

const print = async (types: TypesConfig): Promise<Map<string, string>> => {
  const { files } = await emitTypes(buildModel(document).model, { importExtension: ".js", types });
  return new Map(files.map(({ path, content }) => [path, content]));
};

it("compiles with all settings at once, and beside an oracle that agrees", async () => {
  const all = await print({ enumValues: true, immutable: true, arrayLength: true, alphabetize: true });
  folder.write("package.json", '{ "type": "module" }');
  folder.write("all/types.ts", all.get("types.ts") ?? "");
  const files = await print({ oracle: "openapi-typescript" });
  expect([...files.keys()]).toEqual(["types.ts", "oracle/types.ts", "oracle/agrees.ts"]);
  for (const [path, content] of files) folder.write(`compared/${path}`, content);
  const agrees = files.get("oracle/agrees.ts") ?? "";
  expect(agrees).toContain(
    'ThingInput: Same<Agrees<ours.ThingInput, theirs.Writable<theirs.components["schemas"]["Thing"]>>>',
  );
  expect(agrees).toMatch(/closes tuples[^\n]*\n {2}Pair: Different</);
  expect(typeErrors([folder.path])).toEqual([]);
  // A type that differs is noticed.
  folder.write("compared/types.ts", (files.get("types.ts") ?? "").replace("id: number;", "id: string;"));
  expect(typeErrors([folder.path]).join("\n")).toMatch(/agrees\.ts:\d+: Type 'false' does not satisfy/);
});

it("writes what openapi-typescript writes where it is the engine, with the defaults that it has", async () => {
  const { default: openapiTS, astToString } = await import("openapi-typescript");
  const theirs = astToString(await openapiTS(JSON.stringify(document), { silent: true, alphabetize: true }));
  const files = await print({ engine: "openapi-typescript", alphabetize: true });
  expect(files.get("types.ts")?.endsWith(theirs)).toBe(true);
  expect(theirs).toContain("size: number");
});
