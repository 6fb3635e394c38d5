/** Imports between generated files, for compilers, for programs that run sources, and for bundlers. */
import { cpSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { typeErrors } from "../support/type-check.ts";
import { Project } from "./cli-run.ts";

const root = join(import.meta.dirname, "../..");
const project = new Project();

beforeAll(() => {
  cpSync(join(root, "openapi"), project.path("openapi"), { recursive: true });
  // Where the runtime is found by its package name.
  symlinkSync(join(root, "node_modules"), project.path("node_modules"), "dir");
});
afterAll(() => {
  project.remove();
});

/** The ends of all relative imports in a folder of generated code. */
function extensions(folder: string): Set<string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".ts"),
  );
  const specifiers = files.flatMap((path) => [
    ...readFileSync(join(folder, path), "utf8").matchAll(/(?:from|import)\s*\(?"(\.{1,2}\/[^"]+)"/g),
  ]);
  return new Set(specifiers.map(([, specifier = ""]) => /\.\w+$/.exec(specifier)?.[0] ?? "none"));
}

test.each([".js", ".ts", "none"])("%s is what every import between files ends in", async (extension) => {
  const out = `generated-${extension.replace(".", "")}`;
  const flags = ["--out", out, "--import-extension", extension];
  expect((await project.run(["generate", "openapi/openapi.yaml", ...flags])).code).toBe(0);
  expect(extensions(project.path(out))).toEqual(new Set([extension]));
});

test("none compiles as bundlers resolve, and bundles", async () => {
  const folder = project.path("generated-none");
  const bundler = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler };
  expect(typeErrors([folder], bundler)).toEqual([]);
  const { outputFiles } = await build({
    entryPoints: [join(folder, "client.ts")],
    conditions: ["lockstep-source"],
    bundle: true,
    write: false,
    format: "esm",
    logLevel: "silent",
  });
  expect(outputFiles[0]?.text).toContain("createClient");
});
