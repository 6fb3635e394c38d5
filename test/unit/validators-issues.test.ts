/** What emitted validators say of values that are not valid: where, by which rule, what was expected. */
import { describe, expect, test } from "vitest";
import type { JsonSchema } from "../../generator/model/api-model.ts";
import { emitAndLoadOne as load } from "../conformance/validators/emitted.ts";

describe("issues", () => {
  test("of a value for which only a count of variants is left", async () => {
    const range = (name: string): JsonSchema => ({ type: "object", required: [name] });
    const { is, check, collect } = await load({
      oneOf: [
        { type: "string" },
        { type: "number" },
        { type: "array", items: { type: "string" } },
        range("a"),
        range("b"),
      ],
    });
    for (const value of ["x", 1, ["x"], { a: 1 }, { b: 1 }])
      expect([is(value), check(value)]).toEqual([true, undefined]);
    for (const value of [true, null, [1], {}, { a: 1, b: 1 }]) {
      expect(is(value)).toBe(false);
      expect(collect(value)).toEqual([check(value)]);
    }
  });

  test("of members that are called like what the functions use", async () => {
    const names = ["token", "value", "issues", "at", "depth", "reject", "quick", "asObject", "same"];
    const properties = Object.fromEntries(
      names.map((name): [string, JsonSchema] => [name, { type: "string" }]),
    );
    const { is, collect } = await load({ type: "object", properties, additionalProperties: false });
    const sound = Object.fromEntries(names.map((name): [string, string] => [name, "x"]));
    expect(is(sound)).toBe(true);
    expect(
      collect({ ...sound, "a/b": 1, at: 1 })
        .map(({ pointer }) => pointer)
        .sort(),
    ).toEqual(["/at", "/a~1b"]);
  });

  test("say what was expected, whatever that looks like", async () => {
    const texts = [
      "a",
      "a!",
      "a_2",
      "a$2",
      "ü",
      "",
      "_2",
      "x".repeat(40),
      `${"x".repeat(40)}y`,
      "$",
      "*/ `${a}` \\",
    ];
    const numbers = [1, -1, 1.5, 15, 1e300];
    const { collect } = await load({
      prefixItems: [...texts, ...numbers].map((value) => ({ const: value })),
    });
    const wrong = [...texts, ...numbers].map(() => null);
    expect(collect(wrong, 100).map(({ expected }) => expected)).toEqual([...texts, ...numbers]);
    expect(collect(wrong)[0]).toEqual({ pointer: "/0", rule: "const", message: "must be a", expected: "a" });
  });

  test("helpers are imported for calls only, not for what a document calls alike", async () => {
    const { source } = await load({
      type: "object",
      required: ["token"],
      properties: { token: { type: "string" }, kind: { enum: ["token", "list1", "values1"] } },
    });
    expect(/^import \{(.*)\} from/m.exec(source)?.[1]).not.toMatch(/\btoken\b/);
    expect(source).not.toContain("const values1");
  });

  test("of objects with many simple members are those of each member", async () => {
    const names = ["a", "b", "c/d", "e", "f", "g", "h"];
    const uri: JsonSchema = { type: ["string", "null"], format: "uri", maxLength: 12 };
    const { is, check, collect } = await load({
      type: "object",
      required: ["a", "b", "c/d", "x"],
      properties: {
        ...Object.fromEntries(names.map((name): [string, JsonSchema] => [name, { type: "integer" }])),
        u: uri,
      },
    });
    const sound = { a: 1, b: 1, "c/d": 1, x: 1, u: null };
    expect([is(sound), check(sound), collect(sound)]).toEqual([true, undefined, []]);
    const wrong = { a: 1, "c/d": "1", g: 0.5, h: undefined, u: "https://example.com" };
    const issues = collect(wrong).map(({ pointer, rule }) => `${pointer} ${rule}`);
    expect(issues).toEqual(["/b required", "/c~1d type", "/g type", "/u maxLength", "/x required"]);
    expect([is(wrong), check(wrong)]).toEqual([false, collect(wrong)[0]]);
    expect(collect(wrong, 2)).toEqual(collect(wrong).slice(0, 2));
    // A member that is wrong only when it is first looked at is wrong.
    let reads = 0;
    const changing = Object.defineProperty({ ...sound }, "a", {
      enumerable: true,
      get: () => reads++ || "x",
    });
    expect(collect(changing).map(({ rule }) => rule)).toEqual(["unreadable"]);
  });

  test("of members tested together keep their order, whatever they are", async () => {
    const { is, collect } = await load({
      type: "object",
      required: ["any", "long", "list"],
      properties: {
        free: { type: "integer" },
        any: { not: { const: 1 } },
        long: { minLength: 3 },
        list: {
          type: "array",
          items: { type: "object", required: ["a"], properties: { a: { type: "string" } } },
        },
        inner: { type: "object", required: ["b/c"], properties: { "b/c": { $ref: "#/$defs/Small" } } },
        small: { $ref: "#/$defs/Small", description: "With a note." },
      },
      $defs: { Small: { type: "number", maximum: 9 } },
    });
    const sound = { any: 2, long: "long", list: [{ a: "x" }], inner: { "b/c": 1 }, small: 2 };
    expect([is(sound), collect(sound)]).toEqual([true, []]);
    expect([is({ ...sound, long: 0 }), is({ ...sound, any: undefined })]).toEqual([true, false]);
    const issues = (value: unknown): string[] => collect(value).map((one) => `${one.pointer} ${one.rule}`);
    expect(issues({})).toEqual(["/any required", "/long required", "/list required"]);
    expect(
      issues({ small: 10, inner: { "b/c": 10 }, list: [{}, { a: 1 }], long: "no", any: 1, free: 0.5 }),
    ).toEqual([
      "/free type",
      "/any not",
      "/long minLength",
      "/list/0/a required",
      "/list/1/a type",
      "/inner/b~1c maximum",
      "/small maximum",
    ]);
    expect(issues({ ...sound, list: {}, inner: [] })).toEqual(["/list type", "/inner type"]);
  });

  test("of items begin behind those that have schemas of their own", async () => {
    const { is, collect } = await load({
      type: "object",
      properties: {
        list: { type: "array", prefixItems: [{ type: "string" }], items: { $ref: "#/$defs/Named" } },
      },
      $defs: { Named: { type: "object", required: ["name"], properties: { name: { type: "string" } } } },
    });
    expect([is({ list: ["x", { name: "y" }] }), is({ list: [] })]).toEqual([true, true]);
    expect(collect({ list: [1, { name: "y" }, {}] }).map(({ pointer }) => pointer)).toEqual([
      "/list/0",
      "/list/2/name",
    ]);
  });

  test("of members that may be missing: absent or undefined, nothing is asked of them", async () => {
    const properties: Record<string, JsonSchema> = {
      text: { type: "string" },
      flag: { type: "boolean" },
      whole: { type: "integer" },
      part: { type: ["number", "null"] },
      nothing: { type: "null" },
      choice: { enum: [{ a: 1 }, "b"] },
      // The first of the values is none that the schema accepts.
      never: { type: "string", enum: [1, "no", "b"] },
      long: { type: "string", enum: ["", "long"], minLength: 2 },
      one: { const: 7 },
      time: { type: "string", format: "date-time" },
    };
    const { is, collect } = await load({ type: "object", properties });
    const undefinedOnes = Object.fromEntries(Object.keys(properties).map((name) => [name, undefined]));
    for (const value of [{}, undefinedOnes]) expect([is(value), collect(value)]).toEqual([true, []]);
    for (const name of Object.keys(properties)) {
      const value = { [name]: ["of no type"] };
      expect([is(value), collect(value).map(({ pointer }) => pointer)]).toEqual([false, [`/${name}`]]);
    }
    expect([is({ choice: { a: 1 } }), is({ never: "b" }), is({ long: "" })]).toEqual([true, true, false]);
  });

  test("of many simple members one of which is of any type", async () => {
    const simple = ["a", "b", "c", "d", "e"].map((name): [string, JsonSchema] => [name, { type: "string" }]);
    const properties = { ...Object.fromEntries(simple), long: { minLength: 3 } };
    const { is, collect } = await load({ type: "object", required: ["long"], properties });
    expect([is({ long: "long" }), is({ long: 1 }), is({ long: "no" }), is({})]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(collect({}).map(({ rule }) => rule)).toEqual(["required"]);
  });

  test("of types and of few values, as a word in the table of an object's members", async () => {
    const properties: Record<string, JsonSchema> = {
      text: { type: "string" },
      other: { type: "string" },
      zero: { const: 0 },
      literal: { const: { a: 1 } },
      either: { enum: [{ a: 1 }, "b"] },
      choice: { type: ["string", "null"], enum: ["a b", "&& ||", null, 3] },
      none: { type: "null" },
      flag: { type: "boolean" },
      whole: { type: "integer" },
      part: { type: ["number", "null"] },
      list: { type: "array" },
      object: { type: "object" },
    };
    const required = ["text", "other", "zero", "choice", "none"];
    const { is, collect, check } = await load({ type: "object", properties, required });
    const good: Record<string, unknown> = {
      ...{ text: "", other: "", zero: -0, choice: "&& ||", none: null },
      ...{ flag: false, whole: 1e3, part: 0.5, list: [], object: {}, literal: { a: 1 }, either: { a: 1 } },
    };
    expect([is(good), is({ ...good, choice: null }), is({ ...good, part: null })]).toEqual([
      true,
      true,
      true,
    ]);
    const wrong: Record<string, readonly unknown[]> = {
      text: [1, null, ["x"]],
      zero: [1, "0", false],
      literal: [{ a: 2 }, "b"],
      either: [{ a: 2 }, "a"],
      choice: [3, "a", "a b ", undefined],
      none: [0, undefined],
      flag: ["true", 0, null],
      whole: [0.5, NaN, "1"],
      part: [Infinity, "1"],
      list: [{ length: 0 }, "", null],
      object: [[], null, "", 1],
    };
    for (const [name, values] of Object.entries(wrong)) {
      for (const value of values) {
        const one = { ...good, [name]: value };
        expect([
          name,
          value,
          is(one),
          collect(one).map(({ pointer }) => pointer),
          check(one)?.pointer,
        ]).toEqual([name, value, false, [`/${name}`], `/${name}`]);
      }
    }
    expect(check({ ...good, choice: 3 })).toEqual({
      pointer: "/choice",
      rule: "enum",
      expected: ["a b", "&& ||", null],
      message: "must be one of a b, && ||, null",
    });
    expect(new Set(collect({}).map(({ pointer, rule }) => `${pointer} ${rule}`))).toEqual(
      new Set(required.map((name) => `/${name} required`)),
    );
  });

  test("of a value of another type name that type", async () => {
    const wrong = { object: [], array: {}, string: 1 };
    for (const [type, value] of Object.entries(wrong)) {
      const { check } = await load({ type, items: { minLength: 1 }, properties: { a: { minLength: 1 } } });
      expect(check(value)).toMatchObject({ pointer: "", rule: "type", expected: type });
    }
  });

  test("of members of one type, of which only some must be there", async () => {
    const names = ["a", "b", "c", "d", "e", "f"];
    const properties = Object.fromEntries(
      names.map((name): [string, JsonSchema] => [name, { type: "string" }]),
    );
    const { collect } = await load({ type: "object", properties, required: ["a", "b", "c"] });
    const issues = (value: unknown): string[] =>
      collect(value).map(({ pointer, rule }) => `${pointer} ${rule}`);
    expect(issues({ a: "", b: "", c: "", d: 1 })).toEqual(["/d type"]);
    expect(issues({ a: "", c: 1, f: 1 })).toEqual(["/b required", "/c type", "/f type"]);
  });

  test("belong to whoever asked for them", async () => {
    const { collect } = await load({ type: "string" });
    collect("x").push({ pointer: "", rule: "mine", message: "" });
    expect(collect("x")).toEqual([]);
  });

  test("of a value whose type rules it out: nothing is valid", async () => {
    for (const schema of [
      { type: "number", const: false },
      { type: "string", enum: [1, null] },
    ]) {
      const { is } = await load(schema);
      expect([false, 1, null, "", 0].map(is)).toEqual([false, false, false, false, false]);
    }
  });

  test("say where, which rule and what was expected, and nothing of the value", async () => {
    const { collect } = await load({
      type: "object",
      required: ["name", "a/b~"],
      additionalProperties: false,
      properties: {
        name: { type: "string", maxLength: 3 },
        "a/b~": { type: "array", items: { type: "integer", minimum: 1 } },
      },
    });
    expect(collect({ name: "secret", "a/b~": [1, 0, "x"], surplus: 1 })).toEqual([
      {
        pointer: "/name",
        rule: "maxLength",
        expected: 3,
        message: "must have at most 3 characters",
      },
      { pointer: "/a~1b~0/1", rule: "minimum", expected: 1, message: "must be at least 1" },
      { pointer: "/a~1b~0/2", rule: "type", expected: "integer", message: "must be of type integer" },
      { pointer: "/surplus", rule: "additionalProperties", message: "is not a known member" },
    ]);
    expect(collect({})).toMatchObject([
      { pointer: "/name", rule: "required" },
      { pointer: "/a~1b~0", rule: "required" },
    ]);
  });

  test("are bounded, by 20 unless the caller says otherwise", async () => {
    const { collect, check } = await load({ type: "array", items: { type: "string" } });
    const value = Array.from({ length: 1_000_000 }, () => 0);
    expect(collect(value)).toHaveLength(20);
    expect(collect(value, 3)).toHaveLength(3);
    expect(collect(value, 0)).toHaveLength(1);
    expect(check(value)?.pointer).toBe("/0");
  });

  test("come from the alternative that a constant member names", async () => {
    const variant = (tag: string, member: string): JsonSchema => ({
      type: "object",
      required: ["tag", member],
      properties: { tag: { const: tag }, [member]: { type: "string" } },
    });
    const { collect, source } = await load({
      oneOf: [{ type: "null" }, variant("a", "x"), variant("b", "y")],
    });
    expect(source).toContain('switch (members["tag"])');
    expect(collect(null)).toEqual([]);
    expect(collect({ tag: "b", y: 1 })).toMatchObject([{ pointer: "/y", rule: "type" }]);
    expect(collect({ tag: "c" })).toMatchObject([{ pointer: "/tag", rule: "oneOf", expected: ["a", "b"] }]);
  });
});
