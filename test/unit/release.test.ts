/** What forbids a release. That a release is built and packed as it should be is a long test. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lockstep-release-"));
  mkdirSync(join(folder, "runtime"));
  for (const name of ["runtime/package.json", "package.json"]) cpSync(join(root, name), join(folder, name));
  mkdirSync(join(folder, "scripts"));
  cpSync(join(root, "scripts/release.mjs"), join(folder, "scripts/release.mjs"));
  writeFileSync(join(folder, "CHANGELOG.md"), "# Changelog\n\n## [Unreleased]\n");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const git = (...args: readonly string[]): string =>
  execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args], {
    cwd: folder,
    encoding: "utf8",
  });

function edit(name: string, change: (manifest: Record<string, unknown>) => Record<string, unknown>): void {
  // Our own package.json is an object.
  const manifest = JSON.parse(
    execFileSync("git", ["show", `HEAD:${name}`], { cwd: folder, encoding: "utf8" }),
  ) as Record<string, unknown>;
  writeFileSync(join(folder, name), JSON.stringify(change(manifest)));
}

const release = (...args: readonly string[]): { status: number | null; stderr: string } =>
  spawnSync(process.execPath, ["scripts/release.mjs", ...args], { cwd: folder, encoding: "utf8" });

test("lists all obstacles at once, and writes nothing", () => {
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "-m", "first");
  git("tag", "v9.0.0");
  const withoutAddress = ({
    repository: _repository,
    ...rest
  }: Record<string, unknown>): Record<string, unknown> => rest;
  edit("package.json", (manifest) => ({ ...withoutAddress(manifest), version: "9.0.0" }));
  edit("runtime/package.json", withoutAddress);
  const { status, stderr } = release();
  expect(status).toBe(1);
  expect(stderr.trim().split("\n")).toEqual([
    "lockstep-openapi-runtime: `repository` in its package.json has no address, which provenance is checked against.",
    "lockstep-openapi: `repository` in its package.json has no address, which provenance is checked against.",
    "The generator 9.0.0 must depend on exactly 9.0.0 of lockstep-openapi-runtime.",
    "CHANGELOG.md has no section for 9.0.0.",
    "The work tree has changes that are not committed.",
    "The tag v9.0.0 exists already.",
    "Nothing was released.",
  ]);
  expect(readdirSync(folder)).not.toContain("release");
});

test("keeps a folder that holds something", () => {
  const { status, stderr } = release("--rehearse", "--out", "runtime");
  expect(status).toBe(1);
  expect(stderr).toBe("runtime is not empty.\nNothing was released.\n");
  expect(readdirSync(join(folder, "runtime"))).toEqual(["package.json"]);
});
