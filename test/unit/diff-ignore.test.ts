/** Findings that a team accepts: which entries are read, what they cover, and when they no longer count. */
import { describe, expect, test } from "vitest";
import type { Change } from "../../generator/diff/change.ts";
import { applyIgnores, isDate, readIgnores, type IgnoreEntry } from "../../generator/diff/ignore.ts";
import type { Json, JsonObject } from "../../generator/json/json.ts";

const entry = { rule: "code-removed", reason: "Agreed on 12 May.", expires: "2027-01-31" };
const place = (tokens: readonly string[]) => ({
  file: tokens.join("/"),
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 2,
  pointer: "",
  excerpt: [],
});
const read = (value: Json | undefined) => readIgnores(value, place);

describe("an ignore file", () => {
  test.each([undefined, null])("may be empty: %j", (value) => {
    expect(read(value)).toEqual({ entries: [], diagnostics: [] });
  });

  test.each<Json>([[], "text", {}, { ignore: {} }, { ignored: [] }])("must have a list: %j", (value) => {
    expect(read(value)).toMatchObject({
      entries: [],
      diagnostics: [
        {
          code: "lockstep/diff-ignore-entry",
          severity: "error",
          message: "The ignore file must have a list under `ignore`.",
          location: { file: "" },
        },
      ],
    });
  });

  test("gives each entry with its place, and only what it says", () => {
    const whole = { ...entry, subject: "not_found", operations: ["getA", "getB"] };
    expect(read({ ignore: [entry, whole] })).toEqual({
      entries: [
        { ...entry, location: place(["ignore", "0"]) },
        { ...whole, location: place(["ignore", "1"]) },
      ],
      diagnostics: [],
    });
  });

  test.each<[JsonObject | string, string]>([
    ["code-removed", "An entry of the ignore file must name a `rule`."],
    [{}, "An entry of the ignore file must name a `rule`."],
    [{ ...entry, rule: 1 }, "An entry of the ignore file must name a `rule`."],
    [{ ...entry, until: "2027" }, "An entry of the ignore file has no member `until`."],
    [{ ...entry, rule: "code-remove" }, "There is no rule `code-remove`. Did you mean `code-removed`?"],
    [{ ...entry, rule: "zzz" }, "There is no rule `zzz`."],
    [{ ...entry, reason: " \n" }, "Ignoring `code-removed` needs a `reason`."],
    [{ rule: entry.rule, expires: entry.expires }, "Ignoring `code-removed` needs a `reason`."],
    [{ ...entry, expires: "soon" }, "Ignoring `code-removed` needs `expires`, a date such as 2027-01-31."],
    [{ ...entry, subject: 5 }, "`subject` of `code-removed` must be a string."],
    [{ ...entry, operations: [] }, "`operations` of `code-removed` must be a list of operation ids."],
    [{ ...entry, operations: "getA" }, "`operations` of `code-removed` must be a list of operation ids."],
  ])("refuses %j", (wrong, message) => {
    const { entries, diagnostics } = read({ ignore: [wrong, entry] });
    expect(entries).toHaveLength(1);
    expect(diagnostics).toMatchObject([
      { code: "lockstep/diff-ignore-entry", message, location: { file: "ignore/0" } },
    ]);
  });
});

test("dates are full and exist", () => {
  expect(["2027-01-31", "2028-02-29"].every(isDate)).toBe(true);
  const wrong: Json[] = [
    "2027-02-29",
    "2027-13-01",
    "2027-1-31",
    "x2027-01-31",
    "2027-01-31T00:00:00Z",
    2027,
  ];
  expect([...wrong, null, undefined].filter(isDate)).toEqual([]);
});

describe("an entry", () => {
  const change = (subject: string, operations: readonly string[], rule = "code-removed"): Change => ({
    rule,
    impact: "breaking",
    clients: { "old-client": "breaking", "new-client": "safe", exhaustive: "breaking" },
    bump: "major",
    subject,
    message: `${subject} is gone.`,
    advice: "",
    operations,
  });
  const both = change("not_found", ["getA", "getB"]);
  const apply = (changes: readonly Change[], ...entries: Partial<IgnoreEntry>[]) =>
    applyIgnores(
      changes,
      entries.map((one) => ({ ...entry, location: undefined, ...one })),
      "2026-12-01",
    );

  test("covers its rule, and nothing of another", () => {
    const other = change("not_found", ["getA"], "code-added");
    expect(apply([both, other], {})).toEqual({
      kept: [other],
      ignored: [{ change: both, reason: entry.reason, expires: entry.expires }],
      diagnostics: [],
    });
  });

  test.each<[Partial<IgnoreEntry>, boolean]>([
    [{ subject: "not_found" }, true],
    [{ subject: "gone" }, false],
    [{ operations: ["getA", "getB"] }, true],
    [{ operations: ["getB", "getC", "getA"] }, true],
    [{ operations: ["getA"] }, false],
    [{ operations: ["getC"] }, false],
    [{ subject: "not_found", operations: ["getA"] }, false],
  ])("%j covers a finding of two operations: %s", (one, expected) => {
    const { kept, ignored, diagnostics } = apply([both], one);
    expect([kept.length, ignored.length]).toEqual(expected ? [0, 1] : [1, 0]);
    expect(diagnostics.map(({ code }) => code)).toEqual(expected ? [] : ["lockstep/diff-ignore-stale"]);
  });

  test("counts on its last day, and is reported from the next on", () => {
    expect(apply([both], { expires: "2026-12-01" })).toMatchObject({ kept: [], diagnostics: [] });
    const { kept, ignored, diagnostics } = apply([both], { expires: "2026-11-30", location: place(["at"]) });
    expect([kept, ignored]).toEqual([[both], []]);
    expect(diagnostics).toMatchObject([
      {
        code: "lockstep/diff-ignore-expired",
        message: "Ignoring `code-removed` ended on 2026-11-30.",
        location: { file: "at" },
      },
    ]);
  });

  test("that still counts wins over one that has ended, which is reported", () => {
    const { ignored, diagnostics } = apply(
      [both],
      { expires: "2026-11-30", reason: "Old." },
      { reason: "New." },
    );
    expect(ignored).toMatchObject([{ reason: "New." }]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["lockstep/diff-ignore-expired"]);
  });

  test("that matches nothing is stale, whenever it ends", () => {
    const { diagnostics } = apply([], { subject: "x", expires: "2026-01-01" }, { location: place(["at"]) });
    expect(diagnostics).toMatchObject([
      { code: "lockstep/diff-ignore-stale", message: "No finding is `code-removed` of `x` any more." },
      { message: "No finding is `code-removed` any more.", location: { file: "at" } },
    ]);
  });
});
