/** How a reported change becomes a rated one: clients, settings, stability. */
import { describe, expect, test } from "vitest";
import type { Draft } from "../../generator/diff/change.ts";
import { rate } from "../../generator/diff/rate.ts";
import type { RuleEntry } from "../../generator/diff/rule-entry.ts";
import { defaultSettings, type DiffSettings } from "../../generator/diff/settings.ts";

const draft: Draft = { rule: "code-removed", subject: "not_found", message: "It is gone." };
const entry: RuleEntry = {
  impact: ["risky", "safe", "breaking"],
  bump: "minor",
  summary: "A code is gone.",
  advice: "Keep it.",
};
const rated = (settings: Partial<DiffSettings> = {}, stability?: string, more: Partial<Draft> = {}) =>
  rate({ ...draft, ...more }, entry, { ...defaultSettings, today: "2026-12-01", ...settings }, stability);

test("the impact is that of old clients, for each kind of client as the rule has it", () => {
  expect(rated()).toStrictEqual({
    rule: "code-removed",
    impact: "risky",
    clients: { "old-client": "risky", "new-client": "safe", exhaustive: "breaking" },
    bump: "minor",
    subject: "not_found",
    message: "It is gone.",
    advice: "Keep it.",
    operations: [],
  });
});

test("what the draft knows is kept", () => {
  const counterexample = {
    kind: "response",
    acceptedBy: "base",
    title: "404 response",
    message: {},
  } as const;
  const known = { operations: ["getA"], base: "/paths", revision: "/info", counterexample };
  expect(rated({}, undefined, known)).toMatchObject(known);
});

test.each<[DiffSettings["clients"], string, string]>([
  [["new-client"], "safe", "minor"],
  [["new-client", "old-client"], "risky", "minor"],
  [["old-client", "exhaustive", "new-client"], "breaking", "major"],
  [[], "safe", "minor"],
])("of the clients %j the worst counts", (clients, impact, bump) => {
  expect(rated({ clients })).toMatchObject({ impact, bump });
});

describe("settings", () => {
  test("turn a rule off, or rate it alike for every client", () => {
    expect(rated({ impacts: { "code-removed": "off" } })).toBeUndefined();
    expect(rated({ impacts: { "code-removed": "breaking" } })).toMatchObject({
      impact: "breaking",
      bump: "major",
      clients: { "old-client": "breaking", "new-client": "breaking", exhaustive: "breaking" },
    });
  });

  test("of other rules, also of names that objects have, change nothing", () => {
    expect(rated({ impacts: { "code-added": "off" } })?.impact).toBe("risky");
    expect(rated({}, undefined, { rule: "constructor" })?.impact).toBe("risky");
    expect(rated({}, "toString")?.impact).toBe("risky");
  });
});

describe("stability", () => {
  test.each([
    ["experimental", "safe"],
    ["draft", "safe"],
  ])("%s caps the impact for every client, and is named", (level, impact) => {
    expect(rated({ clients: ["exhaustive"] }, level)).toMatchObject({
      impact,
      stability: level,
      clients: { "old-client": "safe", "new-client": "safe", exhaustive: "safe" },
    });
  });

  test("caps what the settings raise, too", () => {
    const raised = rated({ impacts: { "code-removed": "breaking" } }, "beta");
    expect(raised).toMatchObject({ impact: "risky", bump: "minor", stability: "beta" });
  });

  test("raises nothing, and is not named where it lowers nothing", () => {
    const same = rated({ clients: ["new-client"] }, "beta");
    expect(same).toMatchObject({ impact: "safe" });
    expect(same).not.toHaveProperty("stability");
    expect(rated({}, "beta")).not.toHaveProperty("stability");
    expect(rated({}, "stable")).toMatchObject({ impact: "risky" });
    expect(rated({}, "stable")).not.toHaveProperty("stability");
  });
});
