/** Bodies by media type, responses by status, and the shape of what they complain about: run as emitted. */
import { beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../generator/json/json.ts";
import { documentOf, emitDocument, headers, type Emitted } from "./validators-operations-emitted.ts";

const json = (schema: JsonObject): JsonObject => ({ "application/json": { schema } });
const thing = {
  type: "object",
  required: ["name", "id", "secret"],
  additionalProperties: false,
  properties: {
    name: { type: "string" },
    id: { type: "string", readOnly: true },
    secret: { type: "string", writeOnly: true },
  },
};

describe("request bodies", () => {
  let emitted: Emitted;
  const media = (schema: JsonObject, encoding: JsonObject = {}): JsonObject => ({ schema, encoding });
  const form = {
    type: "object",
    required: ["n"],
    additionalProperties: { type: "string" },
    properties: {
      n: { type: "integer" },
      on: { type: "boolean" },
      tags: { type: "array", items: { type: "string" } },
      ids: { type: "array", items: { type: "integer" } },
      meta: { type: "object", properties: { a: { type: "integer" } } },
      deep: { type: "object", properties: { list: { type: "array", items: { type: "number" } } } },
    },
  };
  const encoding = { ids: { explode: false }, deep: { style: "deepObject", explode: true } };
  const upload = {
    type: "object",
    required: ["file"],
    additionalProperties: false,
    properties: {
      file: { type: "string", format: "binary" },
      more: { type: "array", items: { type: "string", format: "binary" } },
      count: { type: "integer" },
      meta: { type: "object", required: ["a"], properties: { a: { type: "integer" } } },
    },
  };

  beforeAll(async () => {
    const content = {
      "application/json": { schema: { $ref: "#/components/schemas/Thing" } },
      "application/x-www-form-urlencoded": media(form, encoding),
      "multipart/form-data": media(upload),
      "text/plain": media({ type: "integer" }),
      "image/*": {},
    };
    const versioned = {
      "application/json; version=2": media({ type: "integer" }),
      "application/json": media({ type: "string" }),
      "application/*": media({ type: "boolean" }),
      "*/*": {},
    };
    const operations = {
      send: { requestBody: { required: true, content } },
      versioned: { requestBody: { content: versioned } },
      none: {},
      vendor: { requestBody: { content: { "application/vnd.x+json": media({ type: "integer" }) } } },
      anything: { requestBody: { content: { "application/json": { schema: {} } } } },
      xml: { requestBody: { content: { "application/xml": media(thing) } } },
    };
    emitted = await emitDocument(documentOf(operations, { schemas: { Thing: thing } }));
  });

  const read = (type: string, raw: unknown): unknown => {
    const { value, issues } = emitted.request("send").body.read(type, raw);
    return issues?.map((one) => `${one.in} ${one.pointer} ${one.rule}`) ?? value;
  };

  it("finds the media type: exact, parameters, ranges, without regard to case", () => {
    const match = (type: string | null): string | undefined =>
      emitted.request("versioned").body.match(type)?.mediaType;
    expect(match("application/json")).toBe("application/json");
    expect(match("Application/JSON ; charset=utf-8")).toBe("application/json");
    expect(match('application/json;charset="utf-8"; Version="2"')).toBe("application/json; version=2");
    expect(match("application/json; version=1")).toBe("application/json");
    expect(match("application/xml")).toBe("application/*");
    expect(match("text/html")).toBe("*/*");
    expect(match(null)).toBeUndefined();
    expect(match("")).toBeUndefined();
    expect(emitted.request("none").body.match("application/json")).toBeUndefined();
    expect(emitted.request("versioned").body.match("application/x+json")?.kind).toBe("json");
    expect(emitted.request("versioned").body.match("application/x+json")?.is(true)).toBe(true);
    expect(emitted.request("versioned").body.match("application/x+json")?.is(1)).toBe(false);
    expect(emitted.request("vendor").body.match("application/vnd.x+json")?.read("5")).toEqual({ value: 5 });
  });

  it("tells a missing body from a body of the wrong type", () => {
    expect(read("application/json", undefined)).toEqual(["body  required"]);
    expect(emitted.request("versioned").body.read("application/json", undefined)).toEqual({});
    expect(read("application/xml", "<a/>")).toEqual(["body  mediaType"]);
    expect(emitted.request("none").body.read("application/json", "{}").issues).toMatchObject([
      { rule: "mediaType" },
    ]);
  });

  it("checks JSON, for a request", () => {
    expect(read("application/json", '{"name":"a","secret":"b"}')).toEqual({ name: "a", secret: "b" });
    expect(read("application/json", '{"name":"a","id":"x","secret":"b"}')).toEqual(["body /id readOnly"]);
    expect(read("application/json", '{"name":')).toEqual(["body  json"]);
    expect(read("application/json", "")).toEqual(["body  json"]);
    const anything = emitted.request("anything").body.match("application/json");
    expect(anything?.read("null")).toEqual({ value: null });
    expect(anything?.read('{"name":').issues).toMatchObject([{ rule: "json" }]);
    expect(read("application/json", "[".repeat(200_000))).toHaveLength(1);
    const body = emitted.request("send").body.match("application/json");
    expect(body?.is({ name: "a", secret: "b" })).toBe(true);
    expect(body?.check({ name: 1, secret: "b" })).toEqual({
      in: "body",
      pointer: "/name",
      rule: "type",
      message: "must be of type string",
    });
    expect(body?.collect({})).toHaveLength(2);
    expect(body?.collect({}, 1)).toHaveLength(1);
  });

  it("reads a form by its encoding", () => {
    const raw =
      "n=5&on=true&tags=a+b&tags=c%26&ids=1,2&meta=%7B%22a%22%3A1%7D&deep[list][]=1.5&deep[list][]=2&x=y";
    expect(read("application/x-www-form-urlencoded", raw)).toEqual({
      n: 5,
      on: true,
      tags: ["a b", "c&"],
      ids: [1, 2],
      meta: { a: 1 },
      deep: { list: [1.5, 2] },
      x: "y",
    });
    expect(read("application/x-www-form-urlencoded", "n=1e1&on=1")).toEqual([
      "body /n type",
      "body /on type",
    ]);
    expect(read("application/x-www-form-urlencoded", "on=true")).toEqual(["body /n required"]);
    expect(read("application/x-www-form-urlencoded", "n=1&n=2")).toEqual(["body /n repeated"]);
    expect(read("application/x-www-form-urlencoded", "n=1&meta={")).toEqual(["body /meta json"]);
    expect(read("application/x-www-form-urlencoded", "n=1&x=%")).toEqual(["body /x encoding"]);
    expect(read("application/x-www-form-urlencoded", "n=1&x=1&x=2")).toEqual(["body /x type"]);
    expect(read("application/x-www-form-urlencoded", "a=1&".repeat(100_000))).toEqual(["body  pairs"]);
    expect(read("application/x-www-form-urlencoded", 5)).toEqual(["body  type"]);
  });

  it("reads parts, and keeps files as they are", () => {
    const file = new Blob(["x"]);
    const data = new FormData();
    data.append("file", file);
    data.append("more", file);
    data.append("count", "3");
    data.append("meta", '{"a":1}');
    const value = emitted.request("send").body.read("multipart/form-data; boundary=x", data).value;
    expect(value).toMatchObject({ count: 3, meta: { a: 1 } });
    // FormData wraps a Blob in a File of its own.
    expect((value as { file: unknown }).file).toBeInstanceOf(Blob);
    expect((value as { more: unknown[] }).more[0]).toBeInstanceOf(Blob); // see above
    expect(emitted.request("send").body.match("multipart/form-data")?.is(value)).toBe(true);
    expect(read("multipart/form-data", [["count", "x"]])).toEqual(["body /count type"]);
    expect(read("multipart/form-data", [["count", "1"]])).toEqual(["body /file required"]);
    expect(
      read("multipart/form-data", [
        ["file", file],
        ["meta", "{}"],
      ]),
    ).toEqual(["body /meta/a required"]);
    expect(
      read("multipart/form-data", [
        ["file", file],
        ["meta", "{"],
      ]),
    ).toEqual(["body /meta json"]);
    expect(
      read("multipart/form-data", [
        ["file", file],
        ["file", file],
      ]),
    ).toEqual(["body /file type"]);
    expect(read("multipart/form-data", null)).toEqual(["body /file required"]);
  });

  it("reads text by its schema, and passes bytes", () => {
    expect(read("text/plain", "12")).toBe(12);
    expect(read("text/plain", "12.5")).toEqual(["body  type"]);
    expect(read("image/png", new Uint8Array([1]))).toEqual(new Uint8Array([1]));
  });

  it("says what it cannot check", () => {
    const found = emitted.findings.map(({ code, message }) => `${code} ${message}`);
    expect(found).toEqual([
      'lockstep/body-unchecked Bodies of "application/*" are checked where JSON, a form or text comes, and pass unchecked where anything else does.',
      'lockstep/body-unchecked Bodies of "application/xml" are not decoded, so their schemas are not checked.',
    ]);
  });
});

describe("responses", () => {
  let emitted: Emitted;
  const rate = { required: true, schema: { type: "integer", minimum: 0 } };
  const responses = {
    200: {
      description: "",
      headers: { "X-Rate": rate, "Content-Type": { schema: { type: "integer" } } },
      content: json(thing),
    },
    204: { description: "" },
    "4XX": { description: "", content: json({ type: "object", required: ["error"] }) },
    404: { description: "", content: { "text/plain": { schema: { type: "string", maxLength: 5 } } } },
    600: { description: "no status" },
    default: { description: "", content: json({ type: "integer" }) },
  };
  beforeAll(async () => {
    const document = documentOf({ get: { responses }, closed: { responses: { 200: { description: "" } } } });
    const head = { operationId: "probe", responses: { 200: { description: "", content: json(thing) } } };
    const paths = { ...(document["paths"] as JsonObject), "/probe": { head } }; // documentOf writes an object
    emitted = await emitDocument({ ...document, paths });
  });
  const check = (
    status: number,
    body: unknown,
    contentType = "application/json",
    rateField = "1",
  ): string[] =>
    emitted
      .responses("get")
      .check({ status, contentType, body, header: headers({ "x-rate": rateField }) })
      .map((one) => `${one.in} ${one.pointer} ${one.rule}`);

  it("takes the exact status, then its range, then the default", () => {
    const match = (status: number): string | undefined => emitted.responses("get").match(status)?.status;
    expect([200, 204, 404, 418, 500, 600].map(match)).toEqual([
      "200",
      "204",
      "404",
      "4XX",
      "default",
      "default",
    ]);
    expect(emitted.responses("closed").match(500)).toBeUndefined();
    expect(emitted.responses("closed").match(Number.NaN)).toBeUndefined();
    const [issue] = emitted.responses("closed").check({ status: 500, header: headers({}) });
    expect(issue).toEqual({ in: "status", pointer: "", rule: "status", message: "is not a declared status" });
    expect(emitted.findings.map((finding) => finding.code)).toEqual(["lockstep/response-status"]);
  });

  it("checks body, media type and headers, for a response", () => {
    expect(check(200, { name: "a", id: "b" })).toEqual([]);
    expect(check(200, { name: "a", id: "b", secret: "c" })).toEqual(["body /secret writeOnly"]);
    expect(check(200, { name: "a" })).toEqual(["body /id required"]);
    expect(check(200, undefined)).toEqual(["body  required"]);
    expect(check(200, "x", "text/plain")).toEqual(["body  mediaType"]);
    expect(check(204, undefined)).toEqual([]);
    expect(check(204, {})).toEqual(["body  surplus"]);
    expect(check(404, "short", "text/plain")).toEqual([]);
    expect(check(404, "too long", "text/plain")).toEqual(["body  maxLength"]);
    expect(check(418, {})).toEqual(["body /error required"]);
    expect(check(200, { name: "a", id: "b" }, "application/json", "-1")).toEqual(["header /X-Rate minimum"]);
    const answer = { status: 200, contentType: "application/json", body: { name: "a", id: "b" } };
    expect(emitted.responses("get").check({ ...answer, header: headers({}) })).toMatchObject([
      { in: "header", pointer: "/X-Rate", rule: "required" },
    ]);
    expect(emitted.responses("probe").check({ status: 200, header: headers({}) })).toEqual([]);
  });
});

describe("values that fight back", () => {
  it("never throws, never repeats what was sent, never grows without bound", async () => {
    const { request } = await emitDocument(
      documentOf({ send: { requestBody: { content: json({ additionalProperties: { type: "integer" } }) } } }),
    );
    const body = request("send").body.match("application/json");
    const cyclic: Record<string, unknown> = {};
    cyclic["self"] = cyclic;
    const trap = new Proxy({}, { ownKeys: () => { throw new Error("no"); } }); // prettier-ignore
    const getter = Object.defineProperty({}, "a", { enumerable: true, get: () => { throw new Error("no"); } }); // prettier-ignore
    for (const value of [cyclic, trap, getter, undefined, () => 1, Symbol("x"), 10n]) {
      expect(() => body?.is(value)).not.toThrow();
      expect(() => body?.collect(value)).not.toThrow();
    }
    const long = { ["x".repeat(1_000_000)]: "hunter2", ["y/".repeat(500_000)]: "hunter2" };
    const text = JSON.stringify(body?.collect(long));
    expect(text).not.toContain("hunter2");
    expect(text.length).toBeLessThan(4000);
  });
});
