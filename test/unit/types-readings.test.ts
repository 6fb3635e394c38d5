/** How schemas are read as types: one row for each kind, as text. `types-emitter.test.ts` compiles what is printed. */
import { expect, it } from "vitest";
import type { JsonObject } from "../../generator/json/json.ts";
import { typesOf } from "../support/types-of.ts";

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const text = { type: "string" };
const number = { type: "number" };

/** The declarations on one line each, without what is below them. */
function declarations(schemas: JsonObject): string {
  const types = typesOf({
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: {},
    components: { schemas },
  });
  return types
    .slice(0, types.indexOf("export type paths"))
    .replace(/\/\*\*.*?\*\/\s*/gs, "")
    .replace(/\s+/g, " ")
    .replace(/ export /g, "\nexport ")
    .trim();
}

const variant = (value: number): JsonObject => ({
  type: "object",
  required: ["v"],
  properties: { v: { const: value } },
});

it.each<[string, JsonObject, string[]]>([
  [
    "readOnly and writeOnly members, and what refers to them",
    {
      U: {
        type: "object",
        required: ["id", "pw"],
        properties: { id: { ...number, readOnly: true }, pw: { ...text, writeOnly: true } },
      },
      List: { type: "array", items: ref("U") },
      Other: { type: "array", items: text },
    },
    [
      "export interface U { id: number; pw?: never; }",
      "export interface UInput { id?: never; pw: string; }",
      "export type List = U[];",
      "export type ListInput = UInput[];",
      "export type Other = string[];",
    ],
  ],
  [
    "recursion through lists, members and unions",
    {
      Tree: { type: "array", items: ref("Tree") },
      Json: {
        oneOf: [
          { type: ["string", "null"] },
          { type: "array", items: ref("Json") },
          { type: "object", additionalProperties: ref("Json") },
        ],
      },
    },
    ["export type Tree = Tree[];", "export type Json = string | null | Json[] | { [key: string]: Json; };"],
  ],
  [
    "tuples",
    {
      Open: { type: "array", prefixItems: [number, number] },
      Closed: { type: "array", prefixItems: [number, text], items: false },
      Full: { type: "array", prefixItems: [number, text], unevaluatedItems: false, minItems: 2 },
      Rest: { type: "array", prefixItems: [number], items: text, minItems: 1 },
      Most: { type: "array", prefixItems: [number, text], maxItems: 1 },
    },
    [
      "export type Open = [number?, number?, ...unknown[]];",
      "export type Closed = [number?, string?];",
      "export type Full = [number, string];",
      "export type Rest = [number, ...string[]];",
      "export type Most = [number?];",
    ],
  ],
  [
    "members beside other members",
    {
      A: { type: "object", properties: { n: number }, required: ["n"], additionalProperties: text },
      B: {
        type: "object",
        properties: { n: number },
        additionalProperties: false,
        patternProperties: { "^x": text },
      },
      C: { type: "object", required: ["m"], additionalProperties: text },
    },
    [
      "export interface A { n: number; [key: string]: string | number; }",
      "export interface B { n?: number; [key: string]: string | number | undefined; }",
      "export interface C { m: string; [key: string]: string; }",
    ],
  ],
  [
    "unions of required only, and required beside allOf",
    {
      Either: {
        type: "object",
        properties: { a: text, b: number },
        oneOf: [{ required: ["a"] }, { required: ["b"] }],
      },
      Base: { type: "object", properties: { a: text } },
      Strict: { allOf: [ref("Base")], required: ["a"] },
      Whole: { allOf: [{ type: "object", properties: { a: text, b: text } }], required: ["a"] },
    },
    [
      "export type Either = { a?: string; b?: number; } & ({ a: string; } | { b: number; });",
      "export interface Base { a?: string; }",
      "export type Strict = Base & { a: string; };",
      "export interface Whole { a: string; b?: string; }",
    ],
  ],
  [
    "siblings of a reference, and $defs",
    {
      Base: { type: "object", properties: { a: text } },
      More: { ...ref("Base"), properties: { b: number }, required: ["b"], unevaluatedProperties: false },
      Money: {
        type: "object",
        required: ["m"],
        properties: { m: { $ref: "#/components/schemas/Money/$defs/sum" } },
        $defs: { sum: { type: "number" } },
      },
    },
    [
      "export interface Base { a?: string; }",
      "export type More = Base & { b: number; };",
      "export interface Money { m: Sum; }",
      "export type Sum = number;",
    ],
  ],
  [
    "discriminators: numbers, constants without a mapping, names, a default",
    {
      One: variant(1),
      Two: variant(2),
      Numbers: {
        oneOf: [ref("One"), ref("Two")],
        discriminator: { propertyName: "v", mapping: { "1": "One", "2": "Two" } },
      },
      Implicit: { oneOf: [ref("One"), ref("Two")], discriminator: { propertyName: "v" } },
      Free: { type: "object", required: ["v"], properties: { v: text } },
      Named: { oneOf: [ref("Free")], discriminator: { propertyName: "v" } },
      Default: {
        oneOf: [ref("One"), ref("Free")],
        discriminator: { propertyName: "v", defaultMapping: "Free" },
      },
    },
    [
      "export interface One { v: 1; }",
      "export interface Two { v: 2; }",
      "export type Numbers = One | Two;",
      "export type Implicit = One | Two;",
      "export interface Free { v: string; }",
      'export type Named = Free & { v: "Free"; };',
      "export type Default = One | Free;",
    ],
  ],
  [
    "a parent whose union lists children that extend it, and a schema that is its own part",
    {
      Pet: { type: "object", properties: { kind: text }, oneOf: [ref("Cat")] },
      Cat: { allOf: [ref("Pet"), { type: "object", properties: { lives: number } }] },
      Self: { allOf: [ref("Self"), { type: "object", properties: { a: text } }] },
    },
    [
      "export type Pet = Cat & { kind?: string; };",
      "export interface Cat { kind?: string; lives?: number; }",
      "export interface Self { a?: string; }",
    ],
  ],
  [
    "keywords without a type, by the letter",
    { Any: { properties: { a: number } }, Nothing: { not: true }, All: { minLength: 3 } },
    [
      "export type Any = string | number | boolean | unknown[] | { a?: number; } | null;",
      "export type Nothing = never;",
      "export type All = unknown;",
    ],
  ],
])("%s", (_kind, schemas, expected) => {
  expect(
    declarations(schemas)
      .split("\n")
      .map((line) => line.trim()),
  ).toEqual(expected);
});

it("names what stands elsewhere, and keeps names that the document has", () => {
  const schemas = {
    "user-name": { type: "string" },
    Template: { type: "object", properties: { id: { ...number, readOnly: true } } },
    TemplateInput: { type: "object" },
  };
  expect(declarations(schemas)).toMatch(
    /type UserName = .*interface Template \{.*interface TemplateInput2 \{.*interface TemplateInput \{/s,
  );
});

it("says in comments what TypeScript cannot", () => {
  const schemas = {
    A: {
      description: "A size.\n\nNot */ more.",
      type: "integer",
      minimum: 1,
      maximum: 9,
      default: 3,
      examples: [4],
      deprecated: true,
    },
  };
  const types = typesOf({ openapi: "3.1.0", paths: {}, components: { schemas } });
  const lines = [
    "A size.",
    "",
    "Not *\\/ more.",
    "@minimum 1",
    "@maximum 9",
    "@default 3",
    "@example 4",
    "@deprecated",
  ];
  expect(types).toContain(
    `/**\n${lines.map((line) => ` *${line === "" ? "" : ` ${line}`}\n`).join("")} */\nexport type A = number;`,
  );
});
