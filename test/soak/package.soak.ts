/** The package as a stranger gets it: packed, installed beside TypeScript 7, run, its output compiled and run. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
// Our own package.json.
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
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

const releaseFolder = join(project, "release");

beforeAll(() => {
  run(process.execPath, [join(root, "scripts/release.mjs"), "--rehearse", "--out", releaseFolder], root);
  const tarball = (name: string): string => join(releaseFolder, `${name}-${version}.tgz`);
  write("package.json", { name: "stranger", version: "1.0.0", type: "module", private: true });
  run("npm", ["install", "--no-audit", "--no-fund", "--save-dev", "typescript@7", "@types/node@20"]);
  run("npm", ["install", "--no-audit", "--no-fund", tarball("lockstep-openapi-runtime")]);
  run("npm", ["install", "--no-audit", "--no-fund", "--save-dev", tarball("lockstep-openapi")]);
  cpSync(join(root, "openapi"), join(project, "openapi"), { recursive: true });
});
afterAll(() => {
  rmSync(project, { recursive: true, force: true });
});

test("the release has the bill of materials of each package, and the checksums of all files", () => {
  const names = readdirSync(releaseFolder).filter((name) => name !== "SHA256SUMS");
  expect(names.sort()).toEqual([
    `lockstep-openapi-${version}.cdx.json`,
    `lockstep-openapi-${version}.tgz`,
    `lockstep-openapi-runtime-${version}.cdx.json`,
    `lockstep-openapi-runtime-${version}.tgz`,
  ]);
  const sums = readFileSync(join(releaseFolder, "SHA256SUMS"), "utf8").trimEnd().split("\n");
  expect(sums).toEqual(
    names.map((name) => {
      const content = readFileSync(join(releaseFolder, name));
      return `${createHash("sha256").update(content).digest("hex")}  ${name}`;
    }),
  );
  const bill = (name: string): Bill =>
    // A CycloneDX document, as npm writes it.
    JSON.parse(readFileSync(join(releaseFolder, `${name}-${version}.cdx.json`), "utf8")) as Bill;
  expect(bill("lockstep-openapi-runtime").components).toEqual([]);
  const listed = bill("lockstep-openapi").components.map(({ name }) => name);
  // Our own package.json.
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    dependencies: object;
  };
  expect(listed).toEqual(expect.arrayContaining(Object.keys(dependencies)));
});

interface Bill {
  readonly components: readonly { readonly name: string }[];
}

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
