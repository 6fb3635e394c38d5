/** The work that a hostile value can make: linear in its size, whatever overlapping schemas refer to each other. */
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../generator/json/json.ts";
import { emitAndLoadOne as load } from "../conformance/validators/emitted.ts";

/** Objects in objects under `a`, which count how often they are looked at. */
function nested(levels: number, inner: object): { readonly value: object; readonly reads: () => number } {
  let reads = 0;
  let value = inner;
  for (let i = 0; i < levels; i++) {
    const held = value;
    const get = (): object => {
      reads++;
      return held;
    };
    value = Object.defineProperty({}, "a", { enumerable: true, get });
  }
  return { value, reads: () => reads };
}

const has = (name: string, then: JsonObject = { $ref: "#" }): JsonObject => ({
  properties: { a: then },
  required: [name],
});
const open: JsonObject = { type: "object", properties: { a: { $ref: "#" } } };

/** All of them ask about the member `a` in two ways or more, and lead back to themselves. */
const overlapping: Record<string, JsonObject> = {
  anyOf: { anyOf: [has("x"), has("y")] },
  "anyOf in anyOf": { anyOf: [{ anyOf: [has("x"), has("y")] }, { anyOf: [has("z"), has("x")] }] },
  oneOf: { oneOf: [has("x"), has("y"), open] },
  allOf: { allOf: [open, { ...open, maxProperties: 9 }] },
  "by reference": {
    $defs: { x: has("x"), y: { allOf: [{ $ref: "#/$defs/x" }, has("y")] } },
    anyOf: [{ $ref: "#/$defs/x" }, { $ref: "#/$defs/y" }],
  },
  not: { properties: { a: { not: { $ref: "#" } } }, not: has("x", { $ref: "#" }) },
  if: { if: has("x"), then: open, else: has("y") },
  unevaluatedProperties: { anyOf: [has("x"), has("y"), open], unevaluatedProperties: false },
};

describe("overlapping schemas that refer to each other", () => {
  const levels = 40;
  // Each alternative may read a member once, for each of few functions; twice two to the fortieth it would be.
  const most = levels * 40;

  test.each(Object.keys(overlapping))("%s: work is linear in all modes", async (name) => {
    const { is, check, collect } = await load(overlapping[name] ?? {});
    for (const inner of [{}, { x: 1 }, { a: 1 }, { x: 1, y: 1, z: 1 }]) {
      for (const ask of [is, check, collect]) {
        const { value, reads } = nested(levels, inner);
        ask(value);
        expect(reads()).toBeLessThan(most);
      }
      const { value } = nested(levels, inner);
      expect(check(value) === undefined).toBe(is(value));
      expect(collect(value)[0]).toEqual(check(value));
    }
  });

  // Asked at each of two references, it would be forever.
  test.each(["allOf", "anyOf", "oneOf"])(
    "%s: a value that is not an object is asked once, too",
    async (keyword) => {
      const chain = Array.from({ length: 40 }, (_, i): [string, JsonObject] => {
        const next = { $ref: `#/$defs/d${String(i + 1)}` };
        return [`d${String(i)}`, { [keyword]: [next, { ...next, title: "again" }] }];
      });
      const $defs = Object.fromEntries([...chain, ["d40", { type: "string", minLength: 2 }] as const]);
      const { is, check, collect } = await load({ $defs, $ref: "#/$defs/d0" });
      const answers = ["long", "s", 1].map((value) => [
        is(value),
        check(value)?.rule,
        collect(value).length > 0,
      ]);
      const [wrong, other] = keyword === "allOf" ? ["minLength", "type"] : [keyword, keyword];
      // Of two alternatives that are the same, both fit or none does.
      const sound = keyword === "oneOf" ? [false, "oneOf", true] : [true, undefined, false];
      expect(answers).toEqual([sound, [false, wrong, true], [false, other, true]]);
    },
  );

  test("a chain of references without a cycle is not a way around", async () => {
    const chain = Array.from({ length: 30 }, (_, i): [string, JsonObject] => {
      const next = { $ref: `#/$defs/d${String(i + 1)}` };
      return [`d${String(i)}`, { anyOf: [has("x", next), has("y", next)] }];
    });
    const $defs = Object.fromEntries([...chain, ["d30", { type: "object" }] as const]);
    const { is, check, collect } = await load({ $defs, $ref: "#/$defs/d0" });
    for (const ask of [is, check, collect]) {
      const { value, reads } = nested(30, {});
      ask(value);
      expect(reads()).toBeLessThan(30 * 500);
    }
  });

  test("answers are not remembered for the next document", async () => {
    const { is, check } = await load({ anyOf: [has("x"), has("y")] });
    const shared: Record<string, unknown> = { x: 1 };
    const value = { a: shared, x: 1 };
    expect([is(value), check(value)]).toEqual([true, undefined]);
    delete shared["x"];
    expect([is(value), check(value)?.rule]).toEqual([false, "anyOf"]);
  });

  test("the same object in two places has issues in both", async () => {
    const { collect } = await load({
      type: "object",
      properties: { n: { type: "integer" }, a: { allOf: [{ $ref: "#" }, open] }, b: { $ref: "#" } },
    });
    const shared = { n: "x" };
    const pointers = collect({ a: shared, b: shared }).map(({ pointer }) => pointer);
    expect(new Set(pointers)).toEqual(new Set(["/a/n", "/b/n"]));
  });

  test("schemas that look once at each value remember nothing", async () => {
    const { source } = await load({ type: "object", properties: { a: { $ref: "#" }, b: { $ref: "#" } } });
    expect(source).not.toContain("once(");
  });
});

test("what is too deep is not a response that not could turn around", async () => {
  const list: JsonObject = { type: "object", properties: { a: { $ref: "#/$defs/list" } } };
  const { is, check, collect } = await load({ $defs: { list }, not: { $ref: "#/$defs/list" } });
  const { value } = nested(2000, {});
  expect(is(value)).toBe(false);
  expect(check(value)?.rule).toBe("depth");
  expect(collect(value).map(({ rule }) => rule)).toEqual(["depth"]);
});
