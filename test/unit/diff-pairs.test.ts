/** Pairs of documents in test/diff: each gives the findings that `expected.yaml` lists, and no other. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load as parse } from "js-yaml";
import { expect, it } from "vitest";
import { compareModels } from "../../generator/diff/compare.ts";
import { ruleTable } from "../../generator/diff/rule-table.ts";
import { generalRules } from "../../generator/diff/rule-table-general.ts";
import { defaultSettings } from "../../generator/diff/settings.ts";
import type { ApiModel } from "../../generator/model/api-model.ts";
import { readSide } from "../../generator/revision/read.ts";

const root = join(import.meta.dirname, "../diff");
const settings = { ...defaultSettings, today: "2026-12-01" };
// The file is ours: a list of findings for each folder.
const expected = parse(readFileSync(join(root, "expected.yaml"), "utf8")) as Record<string, string[]>;
const names = readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

async function read(name: string, side: "base" | "revision"): Promise<ApiModel> {
  const result = await readSide(side, `${side}.yaml`, { allowRemote: false, cwd: join(root, name) });
  if (result.side === undefined) throw new Error(result.diagnostics.map(({ message }) => message).join("\n"));
  return result.side.model;
}

it("lists each folder, at least 300", () => {
  expect(Object.keys(expected).sort()).toEqual(names.sort());
  expect(names.length).toBeGreaterThanOrEqual(300);
});

it("has an example of every general rule", () => {
  const found = new Set(Object.values(expected).flatMap((list) => list.map((one) => one.split(" ")[1])));
  expect(Object.keys(generalRules).filter((rule) => !found.has(rule))).toEqual([]);
});

it.each(names)("%s", async (name) => {
  const [base, revision] = [await read(name, "base"), await read(name, "revision")];
  const changes = compareModels(base, revision, settings);
  const printed = changes.map(({ impact, rule, subject }) => `${impact} ${rule} ${subject}`);
  expect(printed.sort()).toEqual([...(expected[name] ?? [])].sort());
  for (const { rule, counterexample, impact, clients } of changes) {
    expect(Object.hasOwn(ruleTable, rule)).toBe(true);
    // What proves a finding for old clients is sent by what they meet, or by themselves.
    if (impact !== "breaking" || clients["new-client"] === "breaking" || counterexample === undefined)
      continue;
    const reversed = name.startsWith("webhook") || name.startsWith("callback");
    const wanted = (counterexample.kind === "request") === reversed ? "revision" : "base";
    if (counterexample.kind === "request" || reversed) expect(counterexample.acceptedBy).toBe(wanted);
  }
});
