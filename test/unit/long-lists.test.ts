/** Documents with lists that overflow the stack where they become arguments of a call. */
import { expect, it } from "vitest";
import { sanitizeMarkdown } from "../../generator/emit/docs/sanitize.ts";
import { distinctNames } from "../../generator/json/distinct-names.ts";
import { greatest, smallest } from "../../generator/json/extremes.ts";
import { markdownBlock } from "../../generator/print/markdown.ts";
import { emitAndLoad } from "../conformance/validators/emitted.ts";

const count = 200_000;
const names = Array.from({ length: count }, (_, index) => `m${index}`);

it("finds extremes", () => {
  expect(greatest(names.map((_, index) => index))).toBe(count - 1);
  expect(smallest(names.map((_, index) => -index))).toBe(1 - count);
  expect([greatest([]), smallest([]), greatest([], 3), smallest([], 3)]).toEqual([-Infinity, Infinity, 3, 3]);
});

it("names equals in one pass", () => {
  const wanted = distinctNames(names.slice(0, 50_000).map((origin) => ({ name: "same", origin })));
  expect(new Set(wanted).size).toBe(50_000);
});

it("prints and reads text with as many runs of code", () => {
  expect(markdownBlock("` ".repeat(count), "").startsWith("```\n")).toBe(true);
  const headings = "# a\n".repeat(count / 10);
  expect(sanitizeMarkdown(headings)).toBe(headings);
});

it("compiles 80,000 properties and 80,000 values", async () => {
  const some = names.slice(0, 80_000);
  const [validator] = await emitAndLoad([
    { schema: { properties: Object.fromEntries(some.map((name) => [name, true])), enum: some } },
  ]);
  expect(validator?.findings).toEqual([]);
});
