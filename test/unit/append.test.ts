/** Lists of any length are joined without a stack overflow. */
import { expect, test } from "vitest";
import { append } from "../../generator/json/append.ts";

test("adds as many items as there are, in order", () => {
  const list = [-1];
  append(
    list,
    Array.from({ length: 500_000 }, (_, index) => index),
  );
  expect(list.length).toBe(500_001);
  expect([list[0], list[1], list.at(-1)]).toEqual([-1, 0, 499_999]);
});
