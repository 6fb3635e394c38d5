/** The compiled contract. */
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../generator/json/json.ts";
import { buildModel } from "../../generator/model/build.ts";

function model(document: JsonObject) {
  return buildModel({ openapi: "3.1.1", info: { title: "T", version: "1" }, ...document }).model;
}

const json = (schema: JsonObject): JsonObject => ({
  description: "",
  content: { "application/json": { schema } },
});

describe("operations", () => {
  it("merges parameters of the path and gives OpenAPI's defaults", () => {
    const [operation] = model({
      paths: {
        "/a/{id}": {
          parameters: [
            { name: "id", in: "path", schema: { type: "string" } },
            { name: "q", in: "query", schema: { type: "string" }, description: "shared" },
          ],
          get: {
            parameters: [
              { name: "q", in: "query", schema: { type: "integer" } },
              { name: "X-A", in: "header", schema: {} },
              { name: "authorization", in: "header", schema: {} },
              { name: "f", in: "query", content: { "application/JSON": { schema: { type: "object" } } } },
            ],
            responses: {},
          },
        },
      },
    }).operations;
    expect(operation?.parameters).toMatchObject([
      { name: "id", in: "path", required: true, style: "simple", explode: false },
      { name: "q", in: "query", required: false, style: "form", explode: true, schema: { type: "integer" } },
      { name: "X-A", in: "header", style: "simple" },
      { name: "f", in: "query", content: "application/json", schema: { type: "object" } },
    ]);
    expect(operation).toMatchObject({ id: "get /a/{id}", named: false, identifier: "getAById" });
  });

  it("gives unique names where the document does not", () => {
    const operation = { operationId: "same", responses: {} };
    const names = model({
      paths: { "/a": { get: operation, put: operation }, "/b": { get: { responses: {} } } },
    });
    expect(names.operations.map(({ id, identifier }) => [id, identifier])).toEqual([
      ["same", "same"],
      ["put /a", "putA"],
      ["get /b", "getB"],
    ]);
  });

  it("leaves a schema its own name, whichever names become the same", () => {
    const names = ["foo-bar", "foo_bar2", "FooBar2", "FooBar", "fooBar", "FOO_BAR"];
    const schemas = Object.fromEntries(names.map((name) => [name, { type: "string" }]));
    const built = model({ paths: {}, components: { schemas } });
    expect(built.schemas.map(({ name, identifier }) => [name, identifier])).toEqual([
      ["foo-bar", "FooBar_7d89"],
      ["foo_bar2", "FooBar2_8a79"],
      ["FooBar2", "FooBar2"],
      ["FooBar", "FooBar"],
      ["fooBar", "FooBar_5a90"],
      ["FOO_BAR", "FOOBAR_964d"],
    ]);
  });

  it("is frozen", () => {
    const built = model({ paths: { "/a": { get: { responses: { "200": { description: "" } } } } } });
    expect(Object.isFrozen(built.operations[0]?.responses[0])).toBe(true);
  });

  it("leaves out methods that cannot be typed, and says so", () => {
    const paths = { "/a": { query: { responses: {} }, additionalOperations: { COPY: { responses: {} } } } };
    const { model: built, findings } = buildModel({ openapi: "3.2.0", paths });
    expect(built.operations).toEqual([]);
    expect(findings.map(({ pointer }) => pointer)).toEqual(["/paths/~1a", "/paths/~1a/query"]);
  });

  it("says so, once, where a parameter stands for the whole query string, and leaves it out", () => {
    const whole = { name: "q", in: "querystring", content: { "application/json": { schema: {} } } };
    const paths = {
      "/a": { parameters: [whole], get: { responses: {} }, post: { responses: {} } },
      "/b": { get: { parameters: [{ name: "x", in: "query" }, whole], responses: {} } },
    };
    const { model: built, findings } = buildModel({ openapi: "3.2.0", paths });
    expect(built.operations.flatMap(({ parameters }) => parameters.map(({ name }) => name))).toEqual(["x"]);
    expect(findings).toEqual(
      ["/paths/~1a/parameters/0", "/paths/~1b/get/parameters/1"].map((pointer) => ({
        code: "lockstep/parameter-place",
        message: "The parameter `q` is in `querystring`, which nothing reads; it is left out.",
        pointer,
      })),
    );
  });

  it("survives a reference that leads nowhere or in a circle", () => {
    const loop = { $ref: "#/components/parameters/Loop" };
    const built = model({
      paths: { "/a": { get: { parameters: [loop, { $ref: "#/nowhere" }], responses: { "200": loop } } } },
      components: { parameters: { Loop: loop } },
    });
    expect(built.operations[0]).toMatchObject({ parameters: [], responses: [] });
  });
});

describe("inferred codes", () => {
  const operation = (responses: JsonObject): JsonObject => ({
    paths: { "/a": { get: { operationId: "a", responses } } },
  });
  const flat = (...codes: string[]): JsonObject => ({
    type: "object",
    properties: { error: { type: "string", enum: codes }, message: { type: "string" } },
  });

  it("finds enums of a flat envelope by status", () => {
    const { errors, operations } = model(
      operation({ "404": json(flat("gone", "missing")), "5XX": json(flat("broken")) }),
    );
    expect(errors).toMatchObject({
      origin: "inferred",
      envelope: { shape: "flat", code: ["error"], message: ["message"] },
    });
    expect(operations[0]?.errors.map(({ status, code }) => `${status} ${code}`)).toEqual([
      "404 gone",
      "404 missing",
      "5XX broken",
    ]);
  });

  it.each(["details", "data", "params"])(
    "finds the details of a code under %s, where the envelope has them",
    (name) => {
      const body = {
        type: "object",
        required: ["code", name],
        properties: { code: { const: "gone" }, message: { type: "string" }, [name]: { type: "object" } },
      };
      const { errors } = model(operation({ "404": json(body) }));
      expect(errors.envelope).toMatchObject({ code: ["code"], details: [name] });
      expect(errors.codes).toMatchObject([
        { code: "gone", details: { schema: { type: "object" }, required: true } },
      ]);
    },
  );

  it("finds consts of a nested envelope through unions, with the details of each", () => {
    const variant = (code: string, details?: JsonObject): JsonObject => ({
      properties: {
        error: { properties: { code: { const: code }, ...(details === undefined ? {} : { details }) } },
      },
    });
    const { errors } = model(
      operation({ default: json({ oneOf: [variant("a", { type: "object" }), { allOf: [variant("b")] }] }) }),
    );
    expect(errors.envelope).toMatchObject({
      shape: "nested",
      code: ["error", "code"],
      details: ["error", "details"],
    });
    expect(errors.codes.map(({ code, details }) => [code, details?.schema])).toEqual([
      ["a", { type: "object" }],
      ["b", undefined],
    ]);
  });

  it("says none where the code is free text, but keeps the place", () => {
    const { errors } = model(
      operation({ "400": json({ properties: { code: { type: "string" }, message: { type: "string" } } }) }),
    );
    expect(errors).toMatchObject({ origin: "none", codes: [], envelope: { code: ["code"] } });
  });

  it("ends on schemas that contain themselves", () => {
    const { errors } = model({
      ...operation({ "400": json({ $ref: "#/components/schemas/Loop" }) }),
      components: { schemas: { Loop: { oneOf: [{ $ref: "#/components/schemas/Loop" }, flat("a")] } } },
    });
    expect(errors.codes.map(({ code }) => code)).toEqual(["a"]);
  });
});
