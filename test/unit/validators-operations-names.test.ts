/** Documents that try to break out of the emitted code, or to make two things of one name: they compile, and run. */
import { describe, expect, it } from "vitest";
import { emitTypes } from "../../generator/emit/types/emit.ts";
import type { JsonObject } from "../../generator/json/json.ts";
import { buildModel } from "../../generator/model/build.ts";
import { typeErrors } from "../support/type-check.ts";
import { TemporaryFolder } from "./temporary-folder.ts";
import { emitDocument, headers } from "./validators-operations-emitted.ts";

const folder = new TemporaryFolder();
const nasty = '"];throw 1;//*/ ${x}` \u2028\n</script>';
const object = {
  type: "object",
  properties: { a: { type: "integer" } },
  additionalProperties: { type: "number" },
};
const content = {
  "application/json": { schema: { $ref: "#/components/schemas/PetRequest" } },
  "application/x-www-form-urlencoded": { schema: object, encoding: { a: { style: "deepObject" } } },
  "multipart/form-data": { schema: object },
  "text/plain": { schema: { type: "integer" } },
  [`application/${nasty}`]: { schema: object },
  "application/*+json": { schema: object },
};
const parameters = [
  { name: nasty, in: "query", schema: { type: "string", enum: [nasty], default: nasty } },
  {
    name: "__proto__",
    in: "query",
    schema: { type: "object", properties: { ["__proto__"]: { type: "integer" } } },
  },
  { name: "X-A", in: "header", schema: { type: ["integer", "null"] } },
  { name: "c", in: "cookie", style: "cookie", schema: object },
  { name: "deep", in: "query", style: "deepObject", schema: object },
  { $ref: "#/components/parameters/ok" },
];
const responses = {
  200: { description: "", content, headers: { [nasty]: { schema: { type: "integer" } } } },
  "4XX": { $ref: "#/components/responses/walk" },
  default: { $ref: "#/components/responses/walk" },
};
const operation = (operationId: string, more: JsonObject = {}): JsonObject => ({
  operationId,
  parameters,
  responses,
  requestBody: { content },
  ...more,
});
const document: JsonObject = {
  openapi: "3.1.1",
  info: { title: nasty, version: "1" },
  paths: {
    "/ok": { post: operation("ok_pet"), get: operation("walkPet", { requestBody: {} }), head: { responses } },
    "/pets/{id}": {
      post: operation("pet#one", { tags: [nasty] }),
      put: operation("class", { tags: ["../../x"] }),
    },
    [`/${nasty}`]: {
      post: operation(nasty, { tags: ["schemas"] }),
      get: operation("", { tags: ["con", "b"] }),
    },
    "/empty": { get: { operationId: "empty", responses: {} } },
  },
  components: {
    schemas: {
      PetRequest: { ...object, additionalProperties: false },
      PetResponses: { type: "object", properties: { next: { $ref: "#/components/schemas/PetResponses" } } },
      Parameter: { type: "integer" },
    },
    parameters: { ok: { name: "o", in: "query", schema: { $ref: "#/components/schemas/PetResponses" } } },
    responses: {
      walk: { description: "", content: { "application/json": { schema: { not: { type: "null" } } } } },
    },
  },
};

describe("hostile and colliding names", () => {
  it("compile under every strict flag", async () => {
    const { model } = buildModel(document);
    const { files } = await emitDocument(document);
    const types = await emitTypes(model, { importExtension: ".js" });
    for (const { path, content: text } of [...files, ...types.files]) folder.write(path, text);
    folder.write("package.json", '{"type":"module"}');
    expect(typeErrors([folder.path], { lib: ["lib.es2022.d.ts"], noUnusedLocals: true })).toEqual([]);
    const paths = files.map(({ path }) => path);
    expect(paths.every((path) => /^validators\/(?:operations\/)?[a-z0-9-]+\.ts$/.test(path))).toBe(true);
    expect(paths).not.toContain("validators/operations/con.ts");
    expect(new Set(paths).size).toBe(paths.length);
  });

  it("work", async () => {
    const { request, responses: answers } = await emitDocument(document);
    const { value } = request("okPet").parameters({
      query: "__proto__=7&deep[a]=1",
      header: headers({ "x-a": "" }),
    });
    expect(value).toMatchObject({ header: { "X-A": null }, query: { deep: { a: 1 }, [nasty]: nasty } });
    // The exploded object called `__proto__` has one member of that name.
    const own = Object.getOwnPropertyDescriptor(value?.["query"], "__proto__")?.value as object; // see above
    expect(Object.getOwnPropertyDescriptor(own, "__proto__")?.value).toBe(7);
    expect(request("walkPet").body.match("application/json")).toBeUndefined();
    expect(request("okPet").body.match("application/json")?.is({ a: 1 })).toBe(true);
    expect(request("okPet").body.match("application/vnd.x+json")?.is({ a: "1" })).toBe(false);
    expect(answers("walkPet").match(404)?.match("application/json")?.is(null)).toBe(false);
  });
});
