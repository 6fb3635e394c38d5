/** `types.ts`: what its types allow and refuse, as the compiler sees it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import type { JsonObject } from "../../generator/json/json.ts";
import { typeErrors } from "../support/type-check.ts";
import { typesOf } from "../support/types-of.ts";

function errorsOf(source: string): readonly string[] {
  const folder = mkdtempSync(path.join(tmpdir(), "types-"));
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(path.join(folder, "types.ts"), source);
  try {
    return typeErrors([folder]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const ok = { "200": { description: "" } };

it("compiles where operation ids repeat", () => {
  const paths = {
    "/a": { get: { operationId: "same", responses: ok }, put: { operationId: "same", responses: ok } },
    "/b": { get: { operationId: "same", responses: ok } },
  };
  const types = typesOf({ openapi: "3.1.0", paths });
  expect(types.match(/^ {4}same: \{/gm)).toHaveLength(1);
  expect(errorsOf(types)).toEqual([]);
});

it("keeps what the author wrote about a discriminating property", () => {
  const kind = (value: string): JsonObject => ({
    type: "object",
    required: ["kind"],
    properties: { kind: { const: value, description: `Always ${value}.` } },
  });
  const schemas = {
    Pet: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
      discriminator: { propertyName: "kind" },
    },
    Cat: kind("cat"),
    Dog: kind("dog"),
  };
  const types = typesOf({ openapi: "3.1.0", paths: {}, components: { schemas } });
  expect(types).toContain("Always cat.");
  expect(types).not.toContain("openapi-typescript");
  expect(
    errorsOf(
      `${types}\nexport const f = (pet: components["schemas"]["Pet"]): "dog" | null => pet.kind === "cat" ? null : pet.kind;`,
    ),
  ).toEqual([]);
});

it("pins what a discriminator says of an alternative in the union, not in the alternative or in what extends a schema", () => {
  const kind = { type: "object", required: ["kind"], properties: { kind: { type: "string" } } };
  const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
  const schemas = {
    Pet: {
      oneOf: [ref("Cat"), ref("Dog")],
      discriminator: { propertyName: "kind", mapping: { cat: "Cat", kitten: "#/components/schemas/Cat" } },
    },
    Cat: {
      ...kind,
      properties: { ...kind.properties, lives: { type: "integer" } },
      required: ["kind", "lives"],
    },
    Dog: kind,
    Cow: { type: "object", properties: { kind: { const: "Cow" } } },
    // The union names them, the place in it does not.
    First: { $ref: "#/components/schemas/Pet/oneOf/0" },
    Any: { oneOf: [ref("Cat"), ref("Calf"), { type: "null" }], discriminator: { propertyName: "kind" } },
    Calf: { type: "object", properties: { kind: { const: "Calf" } } },
    Farm: { anyOf: [ref("Dog"), ref("Cow")], discriminator: { propertyName: "kind" } },
    Base: { ...kind, discriminator: { propertyName: "kind" } },
    Child: { allOf: [ref("Base"), { type: "object", properties: { name: { type: "string" } } }] },
  };
  const types = typesOf({ openapi: "3.1.0", paths: {}, components: { schemas } });
  const use = `
    type Schemas = components["schemas"];
    export const cat: Schemas["Cat"] = { kind: "Dog", lives: 9 };
    export const child: Schemas["Child"] = { kind: "anything" };
    export const pet: Schemas["Pet"]["kind"] extends "cat" | "kitten" | "Dog" ? true : false = true;
    export const first: Schemas["First"] = cat;
    export const h = (any: Schemas["Any"]): number | "Calf" | null =>
      any === null ? null : any.kind === "Calf" ? any.kind : any.lives;
    export const g = (farm: Schemas["Farm"]): "Dog" | "Cow" => farm.kind;
    export const f = (pet: Schemas["Pet"]): number | "Dog" => (pet.kind === "Dog" ? pet.kind : pet.lives);`;
  expect(errorsOf(types + use)).toEqual([]);
});

it("does not write into the document", () => {
  const schemas = {
    Pet: { oneOf: [{ $ref: "#/components/schemas/Cat" }], discriminator: { propertyName: "kind" } },
    Cat: { type: "object", properties: { kind: { type: "string" } } },
  };
  const document = { openapi: "3.1.0", paths: {}, components: { schemas } };
  const before = JSON.stringify(document);
  typesOf(document);
  expect(JSON.stringify(document)).toBe(before);
});

it("leaves members with a default optional, and untyped objects open", () => {
  const schemas = {
    A: { type: "object", properties: { size: { type: "integer", default: 20 }, any: { type: "object" } } },
  };
  const types = typesOf({ openapi: "3.1.0", paths: {}, components: { schemas } });
  expect(types).toMatch(/size\?: number/);
  expect(types).toMatch(/any\?: Record<string, unknown>|any\?: \{\s*\[key: string\]: unknown/);
});

it("compiles where `allOf` requires members of a nullable schema, or members that it does not have", () => {
  const schemas = {
    Base: { type: ["object", "null"], properties: { a: { type: "string" } } },
    Strict: { allOf: [{ $ref: "#/components/schemas/Base" }], type: "object", required: ["a", "b"] },
    Mixed: {
      allOf: [
        { $ref: "#/components/schemas/Base" },
        { type: "object", properties: { c: { type: "number" } } },
      ],
      required: ["a", "c"],
    },
  };
  const types = typesOf({ openapi: "3.1.0", paths: {}, components: { schemas } });
  const use = `export const f = (strict: NonNullable<components["schemas"]["Mixed"]>): string => strict.a;`;
  expect(errorsOf(`${types}\n${use}`)).toEqual([]);
});

it("types what references find anywhere", () => {
  const name = { type: "string", enum: ["a", "b"] };
  const schemas = {
    Tag: {
      allOf: [
        { type: "object", required: ["id"], properties: { id: { type: "number" } } },
        { type: "object" },
      ],
    },
    Part: { $ref: "#/components/schemas/Tag/allOf/0" },
    Loose: {
      type: "object",
      required: ["name", "kind", "again", "odd"],
      properties: {
        name: { $ref: "#/components/schemas/Nullable/properties/name" },
        kind: { $ref: "#/components/parameters/kind/schema" },
        again: { $ref: "#/paths/~1a~1{50%25}/get/responses/200/content/application~1json/schema" },
        odd: { $ref: "#/x-shared/odd" },
      },
    },
    Nullable: { type: ["object", "null"], properties: { name } },
  };
  const response = { description: "", content: { "application/json": { schema: { type: "boolean" } } } };
  const document = {
    openapi: "3.1.0",
    paths: { "/a/{50%}": { get: { responses: { "200": response } } } },
    components: { schemas, parameters: { kind: { name: "kind", in: "query", schema: { const: 1 } } } },
    "x-shared": { odd: { type: "array", items: { $ref: "#/x-shared/even" } }, even: { type: "null" } },
  };
  const types = typesOf(document);
  const use = `
    type Schemas = components["schemas"];
    type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
    export const same: [
      Same<Schemas["Part"]["id"], number>,
      Same<Schemas["Loose"]["name"], "a" | "b">,
      Same<Schemas["Loose"]["kind"], 1>,
      Same<Schemas["Loose"]["again"], boolean>,
      Same<Schemas["Loose"]["odd"], null[]>,
    ] = [true, true, true, true, true];`;
  expect(errorsOf(`${types}\n${use}`)).toEqual([]);
});

it("takes names for what they are: a percent sign in one encodes nothing", () => {
  const nested = { type: "object", required: ["a"], properties: { a: { type: "string" } } };
  const odd = {
    type: "object",
    required: ["discount_%", "%41", "a#/%b"],
    properties: {
      "discount_%": nested,
      "%41": nested,
      "a#/%b": { ...nested, discriminator: { propertyName: "a" } },
    },
  };
  const operation = (operationId: string): JsonObject => ({ operationId, responses: ok });
  const types = typesOf({
    openapi: "3.1.0",
    paths: { "/50%/{b}": { get: operation("a%b"), put: operation("%41"), post: operation("50%") } },
    components: { schemas: { Odd: odd } },
  });
  const use = `
    export const read = (odd: components["schemas"]["Odd"]): string => odd["discount_%"].a + odd["%41"].a + odd["a#/%b"].a;
    export const same: paths["/50%/{b}"]["post"] extends operations["50%"] ? true : false = true;`;
  expect(errorsOf(`${types}\n${use}`)).toEqual([]);
});

it("keeps both levels of lists of lists, however the inner one is said", () => {
  const inner: Record<string, JsonObject> = {
    A: { type: "array", items: { type: "string" } },
    B: { type: ["array"], items: { type: "string" } },
    C: { oneOf: [{ type: "array", items: { type: "string" } }] },
    D: { description: "d", allOf: [{ anyOf: [{ type: "array", items: { type: "string" } }] }] },
    E: { const: ["x"] },
    F: { enum: [["x"], ["y"]] },
    G: { oneOf: [{ type: "array", prefixItems: [{ type: "string" }] }] },
  };
  const schemas = Object.fromEntries(
    Object.entries(inner).map(([name, items]) => [name, { type: "array", items }]),
  );
  const types = typesOf({ openapi: "3.1.0", paths: {}, components: { schemas } });
  const uses = Object.keys(inner).map((name) => {
    const use = `components["schemas"]["${name}"]`;
    return `export const f${name} = (value: ${use}): string | undefined => value[0]?.[0];\nexport const g${name}: ${use} = [["x"]];`;
  });
  expect(errorsOf(`${types}\n${uses.join("\n")}`)).toEqual([]);
});

it("takes the values of an enum of objects for values, not for schemas", () => {
  const values = [{ kind: "a" }, { kind: "b", type: "string" }];
  const schemas = {
    Objects: { type: "object", enum: values },
    Strings: { type: "object", enum: ["a", "b"] },
    Described: { type: "object", enum: values, properties: { kind: { type: "string" } }, required: ["kind"] },
  };
  const types = typesOf({ openapi: "3.1.0", paths: {}, components: { schemas } });
  const uses = [
    'type Schemas = components["schemas"];',
    'export const kindOf = (value: Schemas["Objects"]): "a" | "b" => value.kind;',
    'export const none = (value: Schemas["Strings"]): never => value;',
    'export const text = (value: Schemas["Described"]): string => value.kind;',
  ];
  expect(errorsOf(`${types}\n${uses.join("\n")}`)).toEqual([]);
});

it("types booleans as parts of allOf", () => {
  const schemas = {
    All: { allOf: [true, { type: "string" }] },
    None: { allOf: [false, { type: "string" }] },
  };
  const types = typesOf({ openapi: "3.1.0", paths: {}, components: { schemas } });
  expect(types).toContain("export type All = string;");
  expect(types).toContain("export type None = never;");
  expect(errorsOf(types)).toEqual([]);
});

it("takes no extension for a path or a response, the root's `$defs` for schemas, anything for a title", () => {
  const described = { description: "Done.", title: { a: 1 }, summary: 3, format: [] };
  const extended = { "x-text": "no response", "x-object": { description: 5 }, "200": described };
  const item = { "x-item": "no operation", get: { operationId: "a", responses: extended } };
  const document = {
    openapi: "3.1.0",
    paths: { "x-text": "no path", "x-object": { get: { responses: "none" } }, "/a": item },
    webhooks: { told: { post: { responses: extended } } },
    $defs: { title: "no schema", used: { type: "string" } },
    components: { schemas: { A: { $ref: "#/$defs/used" } } },
  };
  const types = typesOf(document);
  expect(types).not.toMatch(/x-|no schema/);
  expect(types).toContain("Done.");
  expect(typesOf({ ...document, components: {} })).toContain("export type $defs = ");
  expect(errorsOf(`${types}\nexport const a: components["schemas"]["A"] = "text";`)).toEqual([]);
});
