/** What validators cost to generate: their size, and the time it takes, whatever refers to what in a document. */
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../generator/json/json.ts";
import { emitAndLoadOne as load } from "../conformance/validators/emitted.ts";
import { documentOf, emitDocument, type Emitted } from "./validators-operations-emitted.ts";

/** Schemas of which each refers to the next one twice: there are two to the power of `length` ways to the last. */
function diamonds(keyword: string, length: number, last: JsonObject): Record<string, JsonObject> {
  const links = Array.from({ length }, (_, i): [string, JsonObject] => {
    const $ref = `#/$defs/d${String(i + 1)}`;
    return [`d${String(i)}`, { [keyword]: [{ $ref }, { $ref, minProperties: 1 }] }];
  });
  return Object.fromEntries([...links, [`d${String(length)}`, last]]);
}

describe.each(["allOf", "anyOf"])("many ways to one schema, through %s", (keyword) => {
  const length = 40;

  test("are searched once for members that are evaluated", async () => {
    const $defs = diamonds(keyword, length, { type: "object", properties: { a: { type: "string" } } });
    const { is, source } = await load({ $defs, $ref: "#/$defs/d0", unevaluatedProperties: false });
    expect(source.length).toBeLessThan(length * 2000);
    expect([{ a: "x" }, { a: "x", b: 1 }, { a: 1 }].map(is)).toEqual([true, false, false]);
  });

  test("are searched once for items that are evaluated", async () => {
    const $defs = diamonds(keyword, length, { type: "array", prefixItems: [{ type: "string" }] });
    const { is, source } = await load({ $defs, $ref: "#/$defs/d0", unevaluatedItems: false });
    expect(source.length).toBeLessThan(length * 2000);
    expect([["x"], ["x", 1], [1]].map(is)).toEqual([true, false, false]);
  });
});

describe("what a document repeats", () => {
  // Every one an object of its own, as parsers give them.
  const user = (): JsonObject => ({
    type: "object",
    required: ["id"],
    properties: { id: { type: "string", format: "uuid" } },
  });
  const day = (): JsonObject => ({ type: "string", format: "date" });
  const span = (): JsonObject => ({ type: "object", properties: { day: day() } });
  const parts = (): JsonObject => ({
    type: "object",
    required: ["a"],
    properties: { a: user(), b: user(), span: span(), day: day() },
  });
  const json = (schema: JsonObject): JsonObject => ({ content: { "application/json": { schema } } });
  const schemas = { User: user(), Same: user(), Named: day(), Parts: parts() };
  const operations = {
    one: { tags: ["one"], requestBody: json(user()) },
    two: { tags: ["two"], requestBody: json({ ...parts(), required: [] }) },
  };

  test("is one function, called after the schema that has a name", async () => {
    const { files, request } = await emitDocument(documentOf(operations, { schemas }));
    const text = (path: string): string =>
      files.find((file) => file.path === `validators/${path}`)?.content ?? "";
    const [all, one, two] = [text("schemas.ts"), text("operations/one.ts"), text("operations/two.ts")];
    expect(all).toContain("okUser(members.a)");
    expect(all).toContain("optional(members.b, okUser)");
    // A named schema keeps a function of its own; what only tests a value is not called after one that does so, too.
    expect(all).toContain("function okSame(");
    expect(all).not.toContain("okNamed)");
    expect(one).toContain("json: okUser");
    expect(one).not.toMatch(/^function /m);
    // What has no name is shared with the schemas' file.
    expect(all).toContain("export function okSpan_1(");
    expect(two).toContain("optional(members.span, okSpan_1)");
    expect(two.match(/^function /gm)).toHaveLength(1);
    const [bodyOne, bodyTwo] = ["one", "two"].map((id) => request(id).body.match("application/json"));
    expect(bodyOne?.collect({ id: "x" })).toMatchObject([{ pointer: "/id", rule: "format" }]);
    expect(bodyTwo?.collect({ b: {}, span: { day: "x" } })).toMatchObject([
      { pointer: "/b/id", rule: "required" },
      { pointer: "/span/day", rule: "format" },
    ]);
  });
});

describe("parameters and bodies", () => {
  const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
  const json = (schema: JsonObject): JsonObject => ({ content: { "application/json": { schema } } });
  const sizeOf = ({ files }: Emitted): number => files.reduce((sum, { content }) => sum + content.length, 0);

  test("a mesh of objects is read as deep as it stays small", async () => {
    const names = Array.from({ length: 10 }, (_, i) => `M${String(i)}`);
    const properties = {
      ...Object.fromEntries(names.map((name) => [name, ref(name)])),
      n: { type: "integer" },
    };
    const schemas = Object.fromEntries(names.map((name) => [name, { type: "object", properties }]));
    const deep = { in: "query", name: "q", style: "deepObject", explode: true, schema: ref("M0") };
    const content = {
      "application/x-www-form-urlencoded": { schema: ref("M0") },
      "multipart/form-data": { schema: ref("M1") },
    };
    const whole = { in: "query", name: "w", ...json(ref("M0")) };
    const operation = { parameters: [deep, whole], requestBody: { content } };
    const emitted = await emitDocument(documentOf({ op: operation }, { schemas }));
    const bare = await emitDocument(documentOf({ op: { ...operation, parameters: [] } }));
    expect(sizeOf(emitted) - sizeOf(bare)).toBeLessThan(100_000);
    const { value } = emitted
      .request("op")
      .parameters({ query: "q[M1][n]=5&w=%7B%22M1%22:%7B%22n%22:5%7D%7D" });
    expect(value).toEqual({ query: { q: { M1: { n: 5 } }, w: { M1: { n: 5 } } } });
  });

  test.each(["allOf", "anyOf"])("many ways to one schema, through %s, are read once", async (keyword) => {
    const last = { type: "integer", minimum: 3 };
    const schemas: Record<string, JsonObject> = { D24: last };
    for (let i = 0; i < 24; i++) {
      const next = ref(`D${String(i + 1)}`);
      schemas[`D${String(i)}`] = { [keyword]: [next, { ...next, title: "x" }] };
    }
    const parameters = [
      { in: "query", name: "a", schema: ref("D0") },
      { in: "query", name: "b", schema: { ...ref("D1"), default: 4 } },
    ];
    const { request } = await emitDocument(documentOf({ op: { parameters } }, { schemas }));
    expect(request("op").parameters({ query: "a=5" }).value).toEqual({ query: { a: 5, b: 4 } });
  });

  test.each([
    ["allOf", 400],
    ["anyOf", 1200],
  ])("a long chain of schemas, through %s", async (keyword, length) => {
    const schemas: Record<string, JsonObject> = {};
    for (let i = 0; i < length; i++) {
      const own = { type: "object", properties: { [`p${String(i)}`]: { type: "string" } } };
      schemas[`C${String(i)}`] = { [keyword]: [ref(`C${String(i + 1)}`), own] };
    }
    const id = { type: "string", readOnly: true };
    schemas[`C${String(length)}`] = { type: "object", required: ["id"], properties: { id } };
    const requestBody = json(ref(`C${String(length - 100)}`));
    const emitted = await emitDocument(
      documentOf({ op: { requestBody }, top: { requestBody: json(ref("C0")) } }, { schemas }),
    );
    const read = (raw: unknown): unknown =>
      emitted.request("op").body.read("application/json", JSON.stringify(raw)).value;
    expect(read({})).toEqual({});
    expect(sizeOf(emitted)).toBeLessThan(2000 * length);
  });
});
