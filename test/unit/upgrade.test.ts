/** OpenAPI 3.0 becomes 3.1: the same values stay valid. */
import { describe, expect, it } from "vitest";
import { upgrade } from "../../generator/expand/upgrade.ts";
import type { Json, JsonObject } from "../../generator/json/json.ts";
import { resolvePointer } from "../../generator/json/pointer.ts";

function upgradeSchema(schema: JsonObject, openapi = "3.0.3"): Json | undefined {
  const document = upgrade({ openapi, components: { schemas: { S: schema } } });
  return resolvePointer(document, "/components/schemas/S");
}

describe("upgrade", () => {
  it.each<[string, JsonObject, Json]>([
    ["nullable type", { type: "string", nullable: true }, { type: ["string", "null"] }],
    ["nullable that is not a boolean", { type: "string", nullable: "yes" }, { type: "string" }],
    ["nullable: false", { type: "string", nullable: false }, { type: "string" }],
    [
      "nullable enum",
      { type: "string", nullable: true, enum: ["a"] },
      { type: ["string", "null"], enum: ["a", null] },
    ],
    [
      "nullable enum that has null",
      { type: "string", nullable: true, enum: ["a", null] },
      { type: ["string", "null"], enum: ["a", null] },
    ],
    [
      "nullable allOf",
      { description: "d", nullable: true, allOf: [{ $ref: "#/a" }] },
      { description: "d", anyOf: [{ allOf: [{ $ref: "#/a" }] }, { type: "null" }] },
    ],
    [
      "nullable anyOf",
      { nullable: true, anyOf: [{ type: "string" }] },
      { anyOf: [{ type: "string" }, { type: "null" }] },
    ],
    [
      "nullable oneOf that has null",
      { nullable: true, oneOf: [{ type: "string" }, { type: "null" }] },
      { oneOf: [{ type: "string" }, { type: "null" }] },
    ],
    [
      "nullable oneOf with a discriminator",
      { nullable: true, oneOf: [{ $ref: "#/a" }], discriminator: { propertyName: "k" } },
      { anyOf: [{ oneOf: [{ $ref: "#/a" }], discriminator: { propertyName: "k" } }, { type: "null" }] },
    ],
    [
      "nullable members without type, which allow any value by the letter",
      { nullable: true, properties: { a: { type: "string" } } },
      { properties: { a: { type: "string" } } },
    ],
    ["exclusive bound", { minimum: 1, exclusiveMinimum: true }, { exclusiveMinimum: 1 }],
    ["inclusive bound", { maximum: 1, exclusiveMaximum: false }, { maximum: 1 }],
    ["exclusive without bound", { exclusiveMinimum: true }, {}],
    ["siblings of $ref", { $ref: "#/a", description: "d" }, { $ref: "#/a" }],
    [
      "nullable beside $ref",
      { $ref: "#/a", nullable: true, description: "d" },
      { anyOf: [{ $ref: "#/a" }, { type: "null" }] },
    ],
    [
      "inner schemas",
      { items: { properties: { a: { type: "integer", nullable: true } } } },
      { items: { properties: { a: { type: ["integer", "null"] } } } },
    ],
    [
      "a property named nullable",
      { properties: { nullable: { type: "string" } } },
      { properties: { nullable: { type: "string" } } },
    ],
    ["examples are not schemas", { example: { nullable: true } }, { example: { nullable: true } }],
  ])("%s", (_name, schema, expected) => {
    expect(upgradeSchema(schema)).toEqual(expected);
  });

  it("adds no null to a union that has it behind a reference", () => {
    const schemas = {
      A: { type: "string", nullable: true },
      Either: { nullable: true, oneOf: [{ $ref: "#/components/schemas/A" }, { type: "integer" }] },
    };
    const document = upgrade({ openapi: "3.0.3", components: { schemas } });
    expect(resolvePointer(document, "/components/schemas/Either")).toEqual({
      oneOf: [{ $ref: "#/components/schemas/A" }, { type: "integer" }],
    });
  });

  it("leaves siblings of $ref in a 3.1 document alone", () => {
    const schema = { $ref: "#/a", description: "d" };
    expect(upgradeSchema(schema, "3.1.0")).toBe(schema);
  });

  it("names the new version", () => {
    expect(upgrade({ openapi: "3.0.3" })["openapi"]).toBe("3.1.1");
    expect(upgrade({ openapi: "3.1.0" })["openapi"]).toBe("3.1.0");
  });

  it("writes status ranges in upper case", () => {
    const document = upgrade({
      openapi: "3.1.0",
      paths: { "/a": { get: { responses: { "4xx": {}, "200": {} } } } },
    });
    expect(Object.keys(resolvePointer(document, "/paths/~1a/get/responses") ?? {})).toEqual(["200", "4XX"]);
  });

  it("returns the very document where nothing changes", () => {
    const document = {
      openapi: "3.1.0",
      paths: { "/a": { get: { responses: { "200": { description: "" } } } } },
    };
    expect(upgrade(document)).toBe(document);
  });
});
