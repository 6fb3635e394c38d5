/** What CONTRIBUTING.md says about the repository is true. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const text = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");

test("each dependency of the generator has a reason and a keeper", () => {
  // Our own package.json.
  const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const rows = text.slice(text.indexOf("| the generator installs"), text.indexOf("Exact versions"));
  const listed = [...rows.matchAll(/^\| `([^`]+)` +\| [^|]*\w[^|]* \| [^|]*\w[^|]* \|$/gm)].map(
    ([, name]) => name,
  );
  const installed = Object.keys(dependencies).filter((name) => name !== "lockstep-openapi-runtime");
  expect(listed.sort()).toEqual(installed.sort());
});

test("each path that it names exists", () => {
  const paths = [...text.matchAll(/`((?:generator|runtime|test|docs|bench|example|scripts)\/[\w./*-]*)`/g)]
    .map(([, path = ""]) => path)
    .filter((path) => !path.includes("*"));
  expect(paths.length).toBeGreaterThan(30);
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
