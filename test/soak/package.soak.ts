/** The package as a stranger gets it: packed, installed beside TypeScript 7, run, its output compiled and run. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const project = mkdtempSync(join(tmpdir(), "lockstep-package-"));

/** Runs a command in the project; stdout, or an error with all that was printed. */
function run(command: string, args: readonly string[], cwd = project): string {
  // The variables of the npm that runs the tests must not reach the one of the project.
  const environment = Object.entries(process.env).filter(
    ([name]) => !name.startsWith("npm_") && name !== "NODE_ENV",
  );
  return execFileSync(command, args, {
    cwd,
    encoding: "utf8",
    env: Object.fromEntries(environment),
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function write(path: string, content: unknown): void {
  writeFileSync(join(project, path), typeof content === "string" ? content : JSON.stringify(content));
}

let packed: string[] = [];
let packedRuntime: string[] = [];

function pack(folder: string): PackReport {
  const report = run("npm", ["pack", "--silent", "--json", "--pack-destination", project], folder);
  // The build prints before npm does; what npm prints is one JSON array.
  const [packedPackage] = JSON.parse(report.slice(report.search(/^\[/m))) as [PackReport];
  return packedPackage;
}

const pathsOf = ({ files }: PackReport): string[] => files.map(({ path }) => path);

beforeAll(() => {
  const [generator, runtime] = [pack(root), pack(join(root, "runtime"))];
  packed = pathsOf(generator);
  packedRuntime = pathsOf(runtime);
  write("package.json", { name: "stranger", version: "1.0.0", type: "module", private: true });
  run("npm", ["install", "--no-audit", "--no-fund", "--save-dev", "typescript@7", "@types/node@20"]);
  run("npm", ["install", "--no-audit", "--no-fund", join(project, runtime.filename)]);
  run("npm", ["install", "--no-audit", "--no-fund", "--save-dev", join(project, generator.filename)]);
  cpSync(join(root, "openapi"), join(project, "openapi"), { recursive: true });
});
afterAll(() => {
  rmSync(project, { recursive: true, force: true });
});

interface PackReport {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

test("holds what a user needs, and nothing of how it is made", () => {
  const folders = new Set(packed.map((path) => path.split("/")[0]));
  const expected = ["LICENSE", "README.md", "dist", "docs", "package.json", "schemas"];
  expect([...folders].sort()).toEqual(expected);
  expect(packed.filter((path) => /(?:^|\/)(?:test|bench|example|scripts)\//.test(path))).toEqual([]);
  // The text of what generated validators contain is read when they are printed.
  const sources = packed.filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"));
  expect(sources.filter((path) => !path.startsWith("dist/generator/validator-library/"))).toEqual([]);
  const templates = readdirSync(join(root, "generator"), { recursive: true, encoding: "utf8" });
  for (const path of templates.filter((name) => name.endsWith(".hbs"))) {
    expect(packed).toContain(`dist/generator/${path}`);
  }
});

test("the runtime holds its modules and nothing else", () => {
  const folders = new Set(packedRuntime.map((path) => path.split("/")[0]));
  expect([...folders].sort()).toEqual(["LICENSE", "README.md", "dist", "package.json"]);
  expect(packedRuntime.filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))).toEqual([]);
});

test.each(["lockstep-openapi", "lockstep-openapi-runtime"])("%s has every file that it exports", (name) => {
  const installed = join(project, "node_modules", name);
  // Our own package.json.
  const { exports } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as {
    exports: object;
  };
  const files = JSON.stringify(exports).match(/\.\/dist\/[^"*]+"/g) ?? [];
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) expect(statSync(join(installed, file.slice(0, -1))).isFile()).toBe(true);
});

describe("in an empty project with TypeScript 7", () => {
  test("generates, and sees when nothing has changed", () => {
    expect(run("npx", ["--no-install", "tsc", "--version"])).toMatch(/^Version 7\./);
    expect(run("npx", ["--no-install", "lockstep", "generate", "openapi/openapi.yaml"])).toContain(
      "created) in generated",
    );
    expect(run("npx", ["--no-install", "lockstep", "check", "openapi/openapi.yaml"])).toContain(
      "generated is up to date",
    );
    expect(run("npx", ["--no-install", "lockstep", "generate", "openapi/openapi.yaml"])).toContain(
      "nothing has changed",
    );
  });

  test("its output is what this repository has generated from source", () => {
    // The documentation site has its own command and its own manifest; the oracle is a setting of this repository, which
    // the manifest names.
    const names = (folder: string): string[] =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((path) => !/^(?:(?:docs|oracle)(?:[/\\]|$)|manifest\.json$)/.test(path))
        .sort();
    const [ours, theirs] = [join(root, "generated"), join(project, "generated")];
    expect(names(theirs)).toEqual(names(ours));
    for (const name of names(theirs).filter((path) => statSync(join(theirs, path)).isFile())) {
      expect(readFileSync(join(theirs, name), "utf8"), name).toBe(readFileSync(join(ours, name), "utf8"));
    }
  });

  test("the generated code compiles there under the strictest options, and runs", () => {
    const compilerOptions = {
      target: "es2023",
      module: "nodenext",
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noPropertyAccessFromIndexSignature: true,
      verbatimModuleSyntax: true,
      types: ["node"],
      rootDir: ".",
      outDir: "out",
    };
    write("tsconfig.json", { compilerOptions, include: ["index.ts", "generated"] });
    write(
      "index.ts",
      `import { errorStatuses, isErrorCode, type ErrorBody } from "./generated/errors.js";
import type { components } from "./generated/types.js";

const body: ErrorBody<"insufficient_scope"> = { error: "insufficient_scope", message: "No", details: { required: ["a"] } };
const template: Pick<components["schemas"]["Template"], "name"> = { name: "t" };
console.log(isErrorCode(body.error), isErrorCode("nonsense"), errorStatuses.not_found, template.name);
`,
    );
    run("npx", ["--no-install", "tsc"]);
    expect(run("node", ["out/index.js"])).toBe("true false 404 t\n");
  });
});
