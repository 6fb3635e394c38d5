/** `lintApi`: what generating would complain of, and the rules of the project's redocly.yaml. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { lintApi } from "../../generator/cli/lint/lint-api.ts";
import { defaultOptions, type ApiConfig } from "../../generator/config/config.ts";
import { edited, sound } from "./rules-documents.ts";
import { TemporaryFolder } from "./temporary-folder.ts";

const folder = new TemporaryFolder();

async function codes(name: string, document: string, config?: string): Promise<string[]> {
  mkdirSync(join(folder.path, name));
  folder.write(`${name}/api.yaml`, document);
  if (config !== undefined) folder.write(`${name}/redocly.yaml`, config);
  const cwd = join(folder.path, name);
  const api: ApiConfig = {
    ...defaultOptions,
    name,
    document: join(cwd, "api.yaml"),
    out: join(cwd, "out"),
    docs: {},
  };
  const { outcome, dependencies } = await lintApi(api, { cwd, stage: () => undefined });
  expect(dependencies).toContain(join(cwd, "api.yaml"));
  return [
    ...new Set(
      outcome.diagnostics.map(
        ({ code, severity, location }) => `${severity} ${code} ${location?.line ?? ""}`,
      ),
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

it("keeps the rules of loading, and stops at a document that cannot be read", async () => {
  expect(await codes("warned", edited([["default: 1", "default: []"]]), "rules: {}\n")).toEqual([
    "warning lockstep/default-type 46",
  ]);
  expect(await codes("stopped", "openapi: [", "rules: {}\n")).toEqual(["error lockstep/syntax 1"]);
});

it("goes on after an error, and finds what only a validator's compiler sees", async () => {
  const document = edited([
    ["size: { type: integer, minimum: 1, default: 1 }", "size: { type: intger }"],
    ["x-errors: [thing_locked]", "x-errors: [thing_lokced]"],
    ['name: { type: [string, "null"] }', 'name: { type: string, pattern: "([" }'],
  ]);
  expect(await codes("all", document, "rules: { info-license: warn }\n")).toEqual([
    "error lockstep/schema-type 46",
    "error lockstep/error-code-unreachable 72",
    "error lockstep/operation-errors 11",
    "error lockstep/pattern-invalid 47",
    "warning info-license 2",
  ]);
});

it("reports a configuration that cannot be used", async () => {
  expect(await codes("broken", sound, "plugins: [./nowhere.js]\n")).toEqual([
    "error lockstep/redocly-config ",
  ]);
});

it("reports a rule that fails, and asks none about references that lead to themselves", async () => {
  const broken = edited([["servers: [{ url: https://api.example.org }]", "servers: [null]"]]);
  expect(await codes("fails", broken)).toContain("error lockstep/redocly-config ");
  const round = (name: string, other: string): string =>
    `    ${name}: { $ref: "#/components/schemas/${other}" }\n`;
  const loop = `    Thing:\n      properties: { far: { $ref: "#/x-far" } }\n${round("A", "B")}${round("B", "A")}    Other:\n`;
  const cyclic = `${edited([["    Thing:\n", loop]])}x-far: { items: { $ref: "#/components/schemas/A" } }\n`;
  const found = await codes("cyclic", cyclic);
  expect(found.filter((line) => line.includes("ref-cycle"))).toHaveLength(1);
});
