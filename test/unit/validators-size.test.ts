/** What validators cost to generate: their size, and the time it takes, whatever refers to what in a document. */
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../generator/json/json.ts";
import { emitAndLoad, type Validator } from "../conformance/validators/emitted.ts";

async function load(schema: JsonObject): Promise<Validator> {
  const [validator] = await emitAndLoad([{ schema }]);
  if (validator === undefined) throw new Error("nothing was emitted");
  return validator;
}

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
