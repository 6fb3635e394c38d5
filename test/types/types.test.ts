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

it("checks what asks not to be checked: what does not depend on the project around it, and no other file", () => {
  const generated = path.join(import.meta.dirname, "../../generated");
  const unchecked = readdirSync(generated, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .filter((file) => readFileSync(path.join(generated, file), "utf8").includes("@ts-nocheck"))
    .map((file) => file.replaceAll("\\", "/"));
  const [client, validators] = ["client/", "validators/"].map((folder) =>
    unchecked.filter((file) => file.startsWith(folder)).map((file) => file.slice(folder.length)),
  );
  expect(client?.sort()).toEqual(["guards.ts", "operations.ts", "runtime.ts"]);
  expect(validators?.filter((file) => !file.startsWith("operations/")).sort()).toEqual([
    "components.ts",
    "http.ts",
    "index.ts",
    "operations.ts",
    "parameters.ts",
    "runtime.ts",
    "schemas.ts",
  ]);
  expect(unchecked.filter((file) => !/^(?:client|validators)\//.test(file))).toEqual([]);
  broken.write("data.ts", "// @ts-nocheck\nexport const wrong: string = 1;\n");
  expect(typeErrors([broken.path]).join()).toContain("data.ts:2: Type 'number' is not assignable");
});
