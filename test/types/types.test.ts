/** Runs the compiler over the type tests of this folder: `expectTypeOf` and `@ts-expect-error` are its assertions. */
import { expect, it } from "vitest";
import { typeErrors } from "../support/type-check.ts";

it("holds every promise of the generated types", () => {
  expect(typeErrors([import.meta.dirname], { types: ["node"] })).toEqual([]);
});
