/** Runs the table of changes: every pair gives its findings and no other. */
import { describe, expect, it } from "vitest";
import type { Change } from "../../generator/diff/change.ts";
import { compareModels } from "../../generator/diff/compare.ts";
import { defaultSettings } from "../../generator/diff/settings.ts";
import { contract, modelOf, set, type Draft } from "../support/contract.ts";
import { retryStart, rows, twoSided } from "./diff-table.ts";

const settings = { ...defaultSettings, today: "2026-12-01" };

function print({ impact, rule, subject, operations }: Change): string {
  return `${impact} ${rule} ${subject} [${operations.join(", ")}]`;
}

function compare(base: Draft, revision: Draft): string[] {
  return compareModels(modelOf(base), modelOf(revision), settings).map(print).sort();
}

describe("changes of the error contract", () => {
  it("are at least 150, each of its own name", () => {
    expect(rows.length + twoSided.length).toBeGreaterThanOrEqual(150);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  });

  it.each(rows)("$name", ({ name, change, findings }) => {
    const base = contract();
    const revision = contract();
    const policy = retryStart.get(name);
    if (policy !== undefined) set(base, "code:expired/retry", policy);
    change(revision);
    expect(compare(base, revision)).toEqual([...findings].sort());
  });

  it.each(twoSided)("$name", ({ base, revision, findings }) => {
    const [before, after] = [contract(), contract()];
    base(before);
    revision(after);
    expect(compare(before, after)).toEqual([...findings].sort());
  });
});
