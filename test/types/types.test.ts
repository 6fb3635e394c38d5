/** Runs the compiler over the type tests of this folder: `expectTypeOf` and `@ts-expect-error` are its assertions. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { typeErrors } from "../support/type-check.ts";
import { TemporaryFolder } from "../unit/temporary-folder.ts";

const broken = new TemporaryFolder();

it("holds every promise of the generated types", () => {
  expect(typeErrors([import.meta.dirname], { types: ["node"] })).toEqual([]);
});

it("checks what asks not to be checked: data that does not depend on the project around it, and no other file", () => {
  const generated = path.join(import.meta.dirname, "../../generated");
  const unchecked = readdirSync(generated, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .filter((file) => readFileSync(path.join(generated, file), "utf8").includes("@ts-nocheck"));
  expect(unchecked.map((file) => file.replaceAll("\\", "/")).sort()).toEqual([
    "client/guards.ts",
    "client/operations.ts",
    "client/runtime.ts",
  ]);
  broken.write("data.ts", "// @ts-nocheck\nexport const wrong: string = 1;\n");
  expect(typeErrors([broken.path]).join()).toContain("data.ts:2: Type 'number' is not assignable");
});
