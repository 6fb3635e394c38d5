/** The type tests of clients under every TypeScript from 5.4 on, in a project that has installed the package. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const cases = ["client.ts", "derived.ts"];
const versions = ["5.4", "5.5", "5.6", "5.7", "5.8", "5.9", "6", "7"];

let project: string;
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "lockstep-compilers-"));
  installRuntime();
  cpSync(join(root, "generated"), join(project, "generated"), { recursive: true });
  checkAll(join(project, "generated"));
  for (const name of cases) {
    const text = readFileSync(join(root, "test/types", name), "utf8");
    const moved = text
      .replace(/"\.\.\/\.\.\/generated\/([\w/]+)\.ts"/g, '"./generated/$1.js"')
      .replace('"../../runtime/client/index.ts"', '"lockstep-openapi-runtime/client"');
    writeFileSync(join(project, name), moved);
  }
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    module: "NodeNext",
    moduleResolution: "NodeNext",
    target: "ES2022",
    lib: ["ES2022", "DOM", "DOM.Iterable"],
    types: [],
    noEmit: true,
  };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: cases }));
  const aliases = versions.map((version) => [`typescript-${version}`, `npm:typescript@${version}`]);
  // The library types what it makes of entries as `any`.
  const manifest = { private: true, type: "module", devDependencies: Object.fromEntries(aliases) as object };
  writeFileSync(join(project, "package.json"), JSON.stringify(manifest));
  run("npm", ["install", "--no-audit", "--no-fund", "--no-save", "--no-package-lock"]);
  installRuntime();
}, 300_000);
afterAll(() => {
  rmSync(project, { recursive: true, force: true });
});

/** Takes `@ts-nocheck` out of all files: here they are checked. */
function checkAll(folder: string): void {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  for (const file of files.map((name) => join(folder, name))) {
    writeFileSync(file, readFileSync(file, "utf8").replace(/^\/\/ @ts-nocheck\n/m, ""));
  }
}

/** What the published runtime has of the client; npm would clear it away as unknown. */
function installRuntime(): void {
  const target = join(project, "node_modules/lockstep-openapi-runtime");
  mkdirSync(target, { recursive: true });
  cpSync(join(root, "runtime/package.json"), join(target, "package.json"));
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const entry = join(root, "runtime/client/index.ts");
  const options = [
    "--declaration",
    "--rewriteRelativeImportExtensions",
    "--skipLibCheck",
    "--strict",
    "--types",
    "node",
  ];
  const places = [
    "--rootDir",
    join(root, "runtime"),
    "--outDir",
    join(target, "dist"),
    "--module",
    "NodeNext",
    "--target",
    "ES2023",
  ];
  const { status, stdout } = spawnSync(process.execPath, [compiler, entry, ...options, ...places], {
    cwd: root,
  });
  if (status !== 0) throw new Error(String(stdout));
}

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: project, encoding: "utf8" });
  return status === 0 ? "" : `${stdout}${stderr}`;
}

describe.each(versions)("TypeScript %s", (version) => {
  const compile = (): string =>
    run(process.execPath, [join(project, "node_modules", `typescript-${version}`, "bin", "tsc"), "-p", "."]);

  test("holds every promise of the types", () => {
    expect(compile()).toBe("");
  });

  test("notices a code that is left out", () => {
    const file = join(project, "client.ts");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace('    case "send_not_allowed":\n', ""));
    try {
      expect(compile()).toContain("send_not_allowed");
    } finally {
      writeFileSync(file, text);
    }
  });
});
