/** What emitted validators answer where the official suite has no tests: hostile values and schemas, OpenAPI's own keywords. */
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../generator/json/json.ts";
import type { JsonSchema } from "../../generator/model/api-model.ts";
import { emitAndLoadOne as load, emitDocument } from "../conformance/validators/emitted.ts";

describe("hostile values", () => {
  const node: JsonSchema = {
    type: "object",
    required: ["next"],
    properties: { next: { anyOf: [{ $ref: "#" }, { type: "null" }] } },
  };

  test("nesting without end is a depth issue", async () => {
    const { is, collect } = await load(node);
    const cyclic: { next: unknown } = { next: null };
    expect(is(cyclic)).toBe(true);
    cyclic.next = cyclic;
    expect(is(cyclic)).toBe(false);
    expect(collect(cyclic)).toMatchObject([{ rule: "depth" }]);
    let deep: unknown = null;
    for (let i = 0; i < 100_000; i++) deep = { next: deep };
    expect(is(deep)).toBe(false);
    expect(collect(deep)).toMatchObject([{ rule: "depth" }]);
  });

  test("getters and proxies that throw are an issue, not an exception", async () => {
    const { is, check } = await load({ type: "object", properties: { a: { type: "string" } } });
    const values = [
      Object.defineProperty({}, "a", {
        enumerable: true,
        get: () => {
          throw new Error("no");
        },
      }),
      new Proxy(
        {},
        {
          getPrototypeOf: () => {
            throw new Error("no");
          },
        },
      ),
    ];
    for (const value of values) {
      expect(is(value)).toBe(false);
      expect(check(value)).toMatchObject({ pointer: "", rule: "unreadable" });
    }
  });

  test("only own members count", async () => {
    const { is } = await load({ type: "object", required: ["a"], properties: { a: { type: "string" } } });
    expect(is(Object.create({ a: "inherited" }))).toBe(false);
    expect(is(Object.assign(Object.create({ b: 1 }), { a: "own" }))).toBe(true);
    expect(is(Object.assign(Object.create(null), { a: "own" }))).toBe(true);
    Reflect.set(Object.prototype, "a", "polluted");
    const answers = [is({}), is({ a: "own" })];
    Reflect.deleteProperty(Object.prototype, "a");
    expect(answers).toEqual([false, true]);
  });

  test("names that every object has are members like others", async () => {
    const properties = JSON.parse(
      '{"__proto__":{"type":"string"},"constructor":{"type":"number"}}',
    ) as JsonSchema; // a JSON text
    const { is, collect } = await load({
      type: "object",
      required: ["__proto__", "constructor"],
      properties,
    });
    expect(is({})).toBe(false);
    expect(is(JSON.parse('{"__proto__":"x","constructor":1}'))).toBe(true);
    expect(collect(JSON.parse('{"__proto__":1,"constructor":1}'))).toMatchObject([
      { pointer: "/__proto__", rule: "type" },
    ]);
  });

  test("numbers that JSON cannot write are none", async () => {
    const { is } = await load({ type: "number" });
    expect([NaN, Infinity, 1n, new Number(1)].map(is)).toEqual([false, false, false, false]);
  });

  test("nothing is mutated", async () => {
    const { collect } = await load({ type: "object", properties: { a: { type: "string", default: "x" } } });
    expect(collect(Object.freeze({ b: Object.freeze([]) }))).toEqual([]);
  });
});

describe("numbers with fractions", () => {
  const texts = { enum: ["x", 1.5] };
  const integer = { type: "integer" };

  test.each<[JsonSchema, readonly unknown[]]>([
    [{ type: "number", oneOf: [{ enum: [1.5] }, integer] }, [1, 1.5]],
    [{ oneOf: [texts, integer] }, [1, 1.5, "x"]],
    [{ oneOf: [integer, texts] }, [1, 1.5, "x"]],
    [{ anyOf: [integer, { oneOf: [texts, { const: null }] }] }, [1, 1.5, "x", null]],
  ])("are a type of their own beside integers: %j", async (schema, sound) => {
    const { is, check } = await load(schema);
    const values = [1, 1.5, 2.5, NaN, Infinity, "x", "y", null, true];
    expect(values.filter((value) => is(value))).toEqual(sound);
    expect(values.filter((value) => check(value) === undefined)).toEqual(sound);
  });

  test("are numbers to people", async () => {
    const { check } = await load({ oneOf: [{ type: "integer" }, { enum: [1.5], type: "number" }] });
    expect(check(true)).toEqual({
      pointer: "",
      rule: "type",
      message: "must be of type number",
      expected: "number",
    });
  });
});

describe("messages say what is expected", () => {
  const long = Array.from({ length: 60 }, (_, n) => `v${String(n)}`);
  test.each<[JsonSchema, unknown, string, unknown]>([
    [{ const: "a" }, 1, "must be a", "a"],
    [{ const: { a: 1 } }, 1, "must be the value that the schema gives", undefined],
    [{ enum: ["a", 2] }, 1, "must be one of a, 2", ["a", 2]],
    [{ enum: [["a"], 2] }, 1, "must be one of the values that the schema lists", undefined],
    [{ enum: long }, 1, "must be one of the values that the schema lists", undefined],
    [{ pattern: "^a/b$" }, "c", "must match the pattern ^a/b$", "^a/b$"],
    [{ pattern: "^(a+)+$" }, "b", "must match the pattern ^(a+)+$", "^(a+)+$"],
  ])("%j of %j", async (schema, value, message, expected) => {
    const issue = (await load(schema)).check(value);
    expect([issue?.message, issue?.expected]).toEqual([message, expected]);
  });
});

describe("hostile schemas", () => {
  test("names and texts of the document stay texts", async () => {
    const name = '"]; throw 1; // */ ${x} ` \u2028 \\';
    const { is, collect } = await load({
      type: "object",
      required: [name],
      properties: { [name]: { enum: [name, "y"], pattern: "[`/${\\u2028]" } },
    });
    expect(is({ [name]: name })).toBe(true);
    expect(collect({ [name]: "z" })[0]?.rule).toBe("enum");
  });

  test("contradictions accept nothing", async () => {
    const { is } = await load({
      type: "string",
      allOf: [{ type: "number", minimum: 3 }, { enum: ["a"] }, { not: { const: "a" } }],
    });
    expect(["a", 3, null].map(is)).toEqual([false, false, false]);
  });

  test("what cannot be checked is an error, never silent acceptance", async () => {
    const codes = async (schema: JsonSchema): Promise<string[]> =>
      (await load(schema)).findings.map(({ code }) => code);
    expect(await codes({ $ref: "#/nowhere" })).toEqual(["lockstep/schema-reference"]);
    const generic = {
      $id: "list",
      type: "array",
      items: { $dynamicRef: "#item" },
      $defs: { none: { $dynamicAnchor: "item" } },
    };
    const listOf = (id: JsonObject, type: string): JsonObject => ({
      ...id,
      $ref: "list",
      $defs: { item: { $dynamicAnchor: "item", type } },
    });
    const both = (first: JsonObject, second: JsonObject): JsonObject => ({
      $defs: { generic },
      properties: { a: listOf(first, "string"), b: listOf(second, "number") },
    });
    expect(await codes(both({ $id: "a" }, { $id: "b" }))).toEqual([]);
    expect(await codes(both({}, {}))).toEqual(["lockstep/schema-reference"]);
    expect(await codes({ pattern: "(" })).toEqual(["lockstep/pattern-invalid"]);
    expect(await codes({ pattern: "^\\-x$" })).toEqual(["lockstep/pattern-legacy"]);
    expect(await codes({ type: "text" })).toEqual(["lockstep/schema-invalid"]);
    expect(await codes({ minLength: -1 })).toEqual(["lockstep/schema-invalid"]);
    expect(await codes({ format: "colour" })).toEqual(["lockstep/format-unknown"]);
    expect(await codes({ type: "integer", format: "int46" })).toEqual(["lockstep/format-unknown"]);
    expect(await codes({ type: ["number", "null"], format: "flaot" })).toEqual(["lockstep/format-unknown"]);
    const [finding] = (await load({ type: "integer", format: "int46" })).findings;
    expect(finding?.fix).toContain("`int64`");
    for (const format of ["int32", "int64", "float", "double", "uuid"])
      expect(await codes({ type: "number", format })).toEqual([]);
    expect(await codes({ allOf: [{ $ref: "#" }] })).toEqual(["lockstep/schema-loop"]);
    expect(await codes({ properties: { a: { $ref: "#" } } })).toEqual([]);
  });
});

describe("OpenAPI", () => {
  const pet = (members: Record<string, JsonSchema>): JsonSchema => ({
    type: "object",
    required: ["kind"],
    properties: { kind: { type: "string" }, ...members },
  });
  const properties = {
    id: { type: "string", readOnly: true },
    password: { $ref: "#/components/schemas/Password" },
    name: { type: "string" },
  };
  const schemas: Record<string, JsonSchema> = {
    Cat: pet({ lives: { type: "integer" } }),
    Dog: pet({ breed: { type: "string" } }),
    Pet: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
      discriminator: { propertyName: "kind", mapping: { cat: "#/components/schemas/Cat", kitty: "Cat" } },
    },
    User: { type: "object", required: ["id", "password", "name"], properties },
    Password: { type: "string", writeOnly: true },
  };

  const id: JsonObject = { properties: { id: { type: "string", readOnly: true } } };
  const many = Object.fromEntries(
    Array.from({ length: 20 }, (_, i): [string, JsonSchema] => [`m${String(i)}`, { type: "string" }]),
  );
  const asked: Record<string, JsonObject> = {
    "a large part of allOf": { allOf: [id, { required: ["id"], properties: many }] },
    then: { ...id, if: { required: ["t"] }, then: { required: ["id"] } },
    "a large then": { ...id, if: { required: ["t"] }, then: { required: ["id"], properties: many } },
    else: { ...id, if: { required: ["s"] }, then: {}, else: { required: ["id"] } },
    dependentRequired: { ...id, dependentRequired: { t: ["id"] } },
    dependentSchemas: { ...id, dependentSchemas: { t: { required: ["id"] } } },
    "a part of allOf that is referred to": { allOf: [id, { $ref: "#/components/schemas/Asks" }] },
  };

  test.each(Object.keys(asked))("what is read only is not asked for in requests by %s", async (name) => {
    const Root: JsonSchema = { type: "object", ...asked[name] };
    const all = { Root, Asks: { dependentRequired: { t: ["id"] } } };
    const request = await emitDocument(all, "Root", "request");
    expect([request.collect({ t: 1 }), request.is({ t: 1 })]).toEqual([[], true]);
    expect(request.collect({ t: 1, id: "x" }).map(({ rule }) => rule)).toEqual(["readOnly"]);
    const response = await emitDocument(all, "Root", "response");
    expect([{ t: 1, id: "x" }, { t: 1 }].map(response.is)).toEqual([true, false]);
  });

  test("a discriminator with mapping names the alternative that decides", async () => {
    const { is, collect } = await emitDocument(schemas, "Pet", "both");
    expect(["cat", "kitty", "Dog"].map((kind) => is({ kind }))).toEqual([true, true, true]);
    expect(["Cat", "dog", "", undefined].map((kind) => is({ kind }))).toEqual([false, false, false, false]);
    expect(collect({ kind: "kitty", lives: "nine" })).toMatchObject([{ pointer: "/lives", rule: "type" }]);
    expect(collect({ kind: "cow" })).toMatchObject([
      { pointer: "/kind", rule: "discriminator", expected: ["cat", "kitty", "Dog"] },
    ]);
  });

  test("a discriminator decides where null is allowed beside the alternatives that it names", async () => {
    const { Pet, ...others } = schemas;
    const { oneOf, discriminator } = Pet as { oneOf: JsonObject[]; discriminator: JsonObject }; // as above
    const MaybePet: JsonSchema = { oneOf: [...oneOf, { type: "null" }], discriminator };
    const { is, collect } = await emitDocument({ ...others, MaybePet }, "MaybePet", "both");
    expect([null, { kind: "cat" }, { kind: "Dog" }].map(is)).toEqual([true, true, true]);
    expect([undefined, {}, "cat", 0, { kind: "Cat" }].map(is)).toEqual([false, false, false, false, false]);
    expect(collect({ kind: "kitty", lives: "nine" })).toMatchObject([{ pointer: "/lives", rule: "type" }]);
    expect(collect(1)).toMatchObject([{ pointer: "", rule: "type" }]);
  });

  test("readOnly members stay out of requests, writeOnly members out of responses", async () => {
    const both = await emitDocument(schemas, "User", "both");
    const request = await emitDocument(schemas, "User", "request");
    const response = await emitDocument(schemas, "User", "response");
    const full = { id: "1", password: "x", name: "n" };
    expect([both, request, response].map(({ is }) => is(full))).toEqual([true, false, false]);
    expect(request.collect(full)).toMatchObject([{ pointer: "/id", rule: "readOnly" }]);
    expect(response.collect(full)).toMatchObject([{ pointer: "/password", rule: "writeOnly" }]);
    expect(request.collect({ password: "x", name: "n" })).toEqual([]);
    expect(response.collect({ id: "1", name: "n" })).toEqual([]);
  });

  const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
  test.each([
    ["beside the reference", { $ref: "#/components/schemas/Base", required: ["id", "password"] }],
    ["beside allOf", { allOf: [{ $ref: "#/components/schemas/Base" }], required: ["id", "password"] }],
    ["in another part", { allOf: [{ $ref: "#/components/schemas/Base" }, { required: ["id", "password"] }] }],
    ["in another schema", { allOf: [reference("Base"), reference("Asking")] }],
    ["in a schema that another one extends", { allOf: [reference("Extended"), reference("Base")] }],
    ["in the schema that is referred to", { ...reference("Asking"), allOf: [reference("Base")] }],
  ])("are not required where another schema than theirs asks for them: %s", async (_, schema) => {
    const Base = { type: "object", properties, required: ["name"] };
    const Asking = {
      type: "object",
      required: ["id", "password"],
      properties: { age: { type: "integer" }, note: { type: "string" } },
    } as const;
    const Extended = { allOf: [reference("Asking"), { minProperties: 1 }] };
    const more = { ...schemas, Base, Asking, Extended, Strict: schema };
    const request = await emitDocument(more, "Strict", "request");
    const response = await emitDocument(more, "Strict", "response");
    expect(request.collect({ password: "x", name: "n" })).toEqual([]);
    expect(request.collect({ name: "n" })).toMatchObject([{ pointer: "/password", rule: "required" }]);
    expect(request.collect({ id: "1", password: "x", name: "n" })).toMatchObject([
      { pointer: "/id", rule: "readOnly" },
    ]);
    expect(response.collect({ id: "1", name: "n" })).toEqual([]);
    expect(response.collect({ name: "n" })).toMatchObject([{ pointer: "/id", rule: "required" }]);
  });

  test("what asks for a readOnly member in a choice or a negation means just that", async () => {
    const Choice: JsonSchema = {
      allOf: [
        { $ref: "#/components/schemas/User" },
        { anyOf: [{ required: ["id"] }, { required: ["nick"] }] },
        { not: { required: ["id"] } },
      ],
    };
    const { is } = await emitDocument({ ...schemas, Choice }, "Choice", "request");
    expect([is({ password: "x", name: "n", nick: "m" }), is({ password: "x", name: "n" })]).toEqual([
      true,
      false,
    ]);
  });

  test("numeric and binary formats assert", async () => {
    const { is: int32 } = await load({ type: "integer", format: "int32" });
    expect([2 ** 31 - 1, 2 ** 31, -(2 ** 31)].map(int32)).toEqual([true, false, true]);
    const { is: int64 } = await load({ type: "integer", format: "int64" });
    // 2^63 - 1, the greatest, is 2^63 as a double.
    expect([2 ** 53, 2 ** 63, -(2 ** 63), 2 ** 63 + 2048].map(int64)).toEqual([true, true, true, false]);
    const { is: byte } = await load({ type: "string", format: "byte" });
    expect(["aGk=", "aGk", "", "a==="].map(byte)).toEqual([true, false, true, false]);
  });

  test("$ref, oneOf and unevaluatedProperties together accept what is valid (ajv#2559)", async () => {
    const { is } = await load({
      $defs: {
        base: { type: "object", properties: { kind: { type: "string" } }, required: ["kind"] },
        leaf: {
          $ref: "#/$defs/base",
          oneOf: [
            { properties: { kind: { const: "a" }, x: { type: "number" } }, required: ["x"] },
            { properties: { kind: { const: "b" }, y: { type: "number" } }, required: ["y"] },
          ],
        },
      },
      $ref: "#/$defs/leaf",
      properties: { note: { type: "string" } },
      unevaluatedProperties: false,
    });
    expect(is({ kind: "a", x: 1, note: "n" })).toBe(true);
    expect(is({ kind: "b", y: 1 })).toBe(true);
    expect(is({ kind: "a", x: 1, y: 1 })).toBe(false);
    expect(is({ kind: "b", y: 1, z: 1 })).toBe(false);
  });

  test("what a discriminator does not name evaluates nothing", async () => {
    const open = (name: string): JsonSchema => ({
      type: "object",
      required: ["kind"],
      properties: { kind: { type: "string" }, [name]: { type: "number" } },
    });
    const refs: JsonObject[] = [{ $ref: "#/components/schemas/A" }, { $ref: "#/components/schemas/B" }];
    const closed: JsonObject = { discriminator: { propertyName: "kind" }, unevaluatedProperties: false };
    for (const oneOf of [refs, [...refs, { type: "null" }]]) {
      const schemas = { A: open("a"), B: open("b"), Root: { oneOf, ...closed } };
      const { is, collect } = await emitDocument(schemas, "Root", "both");
      expect([{ kind: "A", a: 1 }, { kind: "B", b: 1 }, { kind: "B" }].map(is)).toEqual([true, true, true]);
      expect(collect({ kind: "A", b: 1 })).toMatchObject([{ pointer: "/b", rule: "unevaluatedProperties" }]);
    }
  });
});
