/** `lintDocument`: the rules of loading and those of the project's redocly.yaml. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { lintDocument } from "../../generator/load/lint-document.ts";
import { edited, sound } from "./rules-documents.ts";
import { TemporaryFolder } from "./temporary-folder.ts";

const folder = new TemporaryFolder();

async function codes(name: string, document: string, config?: string): Promise<string[]> {
  mkdirSync(join(folder.path, name));
  folder.write(`${name}/api.yaml`, document);
  if (config !== undefined) folder.write(`${name}/redocly.yaml`, config);
  const { diagnostics, asked } = await lintDocument("api.yaml", {
    cwd: join(folder.path, name),
    allowRemote: false,
  });
  expect(asked).toContain(join(folder.path, name, "redocly.yaml"));
  return [
    ...new Set(
      diagnostics.map(({ code, severity, location }) => `${severity} ${code} ${location?.line ?? ""}`),
    ),
  ];
}

it("runs the recommended rules where there is no configuration", async () => {
  const found = await codes("none", sound);
  expect(found).toContain("error operation-summary 9");
  expect(found.filter((line) => line.includes("lockstep/"))).toEqual([]);
});

it("runs the rules that the configuration names for this document", async () => {
  const config =
    "apis:\n  here: { root: api.yaml, rules: { info-license: warn } }\n  other: { root: b.yaml, rules: { tag-description: error } }\n";
  expect(await codes("own", sound, config)).toEqual(["warning info-license 2"]);
});

it("keeps the rules of loading, and stops at a document that cannot be loaded", async () => {
  expect(await codes("warned", edited([["default: 1", "default: []"]]), "rules: {}\n")).toEqual([
    "warning lockstep/default-type 46",
  ]);
  expect(await codes("stopped", "openapi: [", "rules: {}\n")).toEqual(["error lockstep/syntax 1"]);
});

it("reports a configuration that cannot be used", async () => {
  expect(await codes("broken", sound, "plugins: [./nowhere.js]\n")).toEqual([
    "error lockstep/redocly-config ",
  ]);
});
