/** The guard's smaller parts: versions, the ignore file, ratings, hostile names in every format, edits in place. */
import { describe, expect, it } from "vitest";
import { compareModels } from "../../generator/diff/compare.ts";
import type { JsonObject } from "../../generator/json/json.ts";
import { findCounterexample } from "../../generator/diff/schema/compare.ts";
import { readIgnores } from "../../generator/diff/ignore.ts";
import { annotate } from "../../generator/diff/report/annotations.ts";
import { renderHtml } from "../../generator/diff/report/html.ts";
import { renderJunit } from "../../generator/diff/report/junit.ts";
import { renderMarkdown } from "../../generator/diff/report/markdown.ts";
import type { DiffReport } from "../../generator/diff/report/report.ts";
import { renderSarif } from "../../generator/diff/report/sarif.ts";
import { renderDiffText } from "../../generator/diff/report/text.ts";
import { ruleTable } from "../../generator/diff/rule-table.ts";
import { generalRules } from "../../generator/diff/rule-table-general.ts";
import { defaultSettings } from "../../generator/diff/settings.ts";
import { announces, bumpOf, nextVersion } from "../../generator/diff/version.ts";
import { EditableText, FormatError } from "../../generator/retire/text-edit.ts";
import { renderGithub } from "../../generator/diagnostics/machine.ts";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  addCode,
  contract,
  inferred,
  modelOf,
  removeCode,
  retire,
  set,
  type Draft,
} from "../support/contract.ts";
import { rows } from "./diff-table.ts";

const settings = { ...defaultSettings, today: "2026-12-01" };
const changed = (
  change: (d: Draft) => void,
  more: Partial<typeof settings> = {},
): ReturnType<typeof compareModels> => {
  const revision = contract();
  change(revision);
  return compareModels(modelOf(contract()), modelOf(revision), { ...settings, ...more });
};

describe("places", () => {
  const place = (change: (d: Draft) => void): unknown => {
    const [{ rule, base, revision } = {}] = changed(change);
    return { rule, base, revision };
  };
  const reason = "/components/schemas/ExpiredDetails/properties/reason";

  it("are the keyword that differs, and not only the field", () => {
    expect(
      place((d) => {
        set(d, "schema:ExpiredDetails/properties/reason/enum", ["lapsed", "used", "stolen"]);
      }),
    ).toEqual({ rule: "details-widened", base: `${reason}/enum`, revision: `${reason}/enum` });
    expect(
      place((d) => {
        set(d, "schema:ExpiredDetails/properties/reason/maxLength", 5);
      }),
    ).toEqual({ rule: "details-narrowed", base: reason, revision: `${reason}/maxLength` });
  });

  it("are the credentials and the codes of an operation where they changed", () => {
    expect(
      place((d) => {
        set(d, "op:health/security", [{ key: ["things:read"] }]);
      }),
    ).toMatchObject({ revision: "/paths/~1health/get/security" });
    expect(
      place((d) => {
        set(d, "op:deleteThing/x-errors", ["legacy"]);
      }),
    ).toMatchObject({ rule: "code-no-longer-returned", base: "/paths/~1things~1{id}/delete/x-errors" });
  });
});

it("varies so many schemas of a value and no more, the late ones like the early ones", () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  const node = (last: JsonObject): JsonObject => ({
    type: "object",
    properties: {
      ...Object.fromEntries(names.map((name) => [name, { $ref: "#/components/schemas/Node" }])),
      last,
    },
  });
  // Six members in each of ten levels would be sixty million objects.
  const side = (last: JsonObject): { document: JsonObject; schema: JsonObject } => ({
    document: { components: { schemas: { Node: node(last) } } },
    schema: { $ref: "#/components/schemas/Node" },
  });
  const found = findCounterexample(side({ type: "string" }), side({ type: "string", maxLength: 3 }));
  expect(JSON.stringify(found)).toContain('"last":"aaaa"');
});

it("says of each operation which status its code has moved to", () => {
  const [before, after] = [modelOf(inferred("410", "410", "410")), modelOf(inferred("404", "409", "404"))];
  expect(compareModels(before, after, settings).map(({ message }) => message)).toEqual([
    "`gone` moved from 410 to 404 in `get0` and `get2`.",
    "`gone` moved from 410 to 409 in `get1`.",
  ]);
});

describe("rules", () => {
  it("are all in docs/diff.md with their impacts, and nearly all in the table of tests", () => {
    const docs = readFileSync(join(import.meta.dirname, "../../docs/diff.md"), "utf8").replaceAll(/ +/g, " ");
    for (const [name, { impact }] of Object.entries(ruleTable))
      expect(docs).toContain(`| \`${name}\` | ${impact.join(" | ")} |`);
    const tested = new Set(rows.flatMap(({ findings }) => findings.map((finding) => finding.split(" ")[1])));
    const elsewhere = [
      "version-not-raised",
      "code-removed",
      "envelope-lost",
      "catalogue-dropped",
      "details-optional",
      "details-required",
      "details-changed",
      "envelope-changed",
      "header-dropped",
      "header-optional",
      "header-changed",
      "header-added",
    ];
    expect(
      Object.keys(ruleTable)
        .filter((name) => !tested.has(name) && !Object.hasOwn(generalRules, name))
        .sort(),
    ).toEqual(elsewhere.sort());
  });

  it("rate for the clients that count, and as the configuration says", () => {
    const add = (d: Draft): void => {
      addCode(d, "full");
    };
    expect(changed(add)[0]).toMatchObject({ impact: "safe", bump: "minor" });
    expect(changed(add, { clients: ["old-client", "exhaustive"] })[0]).toMatchObject({
      impact: "breaking",
      bump: "major",
    });
    expect(changed(add, { impacts: { "code-added": "risky" } })[0]).toMatchObject({ impact: "risky" });
    expect(changed(add, { impacts: { "code-added": "off" } })).toEqual([]);
    const drop = (d: Draft): void => {
      removeCode(d, "trial");
    };
    expect(changed(drop)[0]).toMatchObject({ impact: "safe", stability: "experimental" });
    expect(changed(drop, { stability: {} })[0]).toMatchObject({ impact: "breaking" });
  });

  it("name the status that a renamed code has moved to", () => {
    const [change] = changed((d) => {
      addCode(d, "clash", ["createThing", "deleteThing"], { status: 422 });
      retire(d, "conflict", { replacedBy: "clash" });
    });
    expect(change?.message).toBe(
      "`conflict` was renamed to `clash`, and moved from 409 to 422, in `createThing` and `deleteThing`.",
    );
  });

  it("tell inferred codes that go from catalogued ones, and a lost catalogue and envelope", () => {
    const plain = (...codes: string[]): Draft => ({
      openapi: "3.1.1",
      info: { title: "Plain", version: "1.0.0" },
      paths: {
        "/a": {
          get: {
            operationId: "a",
            responses: {
              "200": { description: "x" },
              "400": {
                description: "x",
                content: {
                  "application/json": {
                    schema: {
                      type: "object",
                      required: ["error"],
                      properties: { error: { type: "string", enum: codes }, message: { type: "string" } },
                    },
                  },
                },
              },
            },
          },
        },
      },
    });
    const found = compareModels(modelOf(plain("bad", "worse")), modelOf(plain("bad")), settings);
    expect(found.map(({ rule, subject }) => [rule, subject])).toEqual([["code-removed", "worse"]]);
    expect(
      changed((d) => {
        set(d, "schema:ErrorCode/x-error-codes", undefined);
      }).map(({ rule }) => rule),
    ).toContain("catalogue-dropped");
    expect(
      compareModels(
        modelOf(contract()),
        modelOf({ openapi: "3.1.1", info: { title: "x", version: "1" }, paths: {} }),
        settings,
      ).map(({ rule }) => rule),
    ).toContain("envelope-lost");
  });
});

describe("versions", () => {
  it.each([
    ["1.2.3", "major", "2.0.0"],
    ["1.2.3", "minor", "1.3.0"],
    ["1.2.3", "patch", "1.2.4"],
    ["1.2.3", "none", "1.2.3"],
    ["0.4.1", "major", "0.5.0"],
    ["0.4.1", "minor", "0.4.2"],
    ["v1.2", "minor", "1.3.0"],
    ["2026-01-01", "major", undefined],
  ] as const)("%s and %s give %s", (version, bump, next) => {
    expect(nextVersion(version, bump)).toBe(next);
  });

  it.each([
    ["1.0.0", "2.0.0", "major", true],
    ["1.0.0", "1.9.0", "major", false],
    ["1.0.0", "2.0.0-rc.1", "major", true],
    ["1.0.0", "1.0.0", "none", true],
    ["1.0.0", "0.9.0", "patch", false],
    ["0.1.0", "0.2.0", "major", true],
    ["2026-01-01", "2026-02-01", "major", true],
    ["2026-01-01", "2026-01-01", "minor", false],
  ] as const)("%s to %s for %s: %s", (base, revision, bump, fine) => {
    expect(announces(base, revision, bump)).toBe(fine);
  });
});

describe("the ignore file", () => {
  const read = (value: Parameters<typeof readIgnores>[0]): string[] =>
    readIgnores(value, () => undefined).diagnostics.map(({ message }) => message);
  it.each([
    [{ ignore: [{ rule: "code-added", expires: "2027-01-01" }] }, /needs a `reason`/],
    [{ ignore: [{ rule: "code-added", reason: "x" }] }, /needs `expires`/],
    [{ ignore: [{ rule: "code-added", reason: "x", expires: "2027-02-30" }] }, /needs `expires`/],
    [{ ignore: [{ rule: "constructor", reason: "x", expires: "2027-01-01" }] }, /no rule `constructor`/],
    [{ ignore: [{ rule: "code-added", reason: "x", expires: "2027-01-01", until: 1 }] }, /no member `until`/],
    [{ ignore: [null] }, /must name a `rule`/],
    [[], /must have a list/],
  ])("refuses %j", (value, message) => {
    expect(read(value)[0]).toMatch(message);
  });
  it("takes a complete entry, and nothing at all", () => {
    expect(read({ ignore: [{ rule: "operation-removed", reason: "x", expires: "2027-01-01" }] })).toEqual([]);
    expect(read(null)).toEqual([]);
  });
});

const hostile = "</script>\u001b[31m`]|*<!-- --> \u202e::error::x\n&\"'";

describe("reports", () => {
  const changes = [
    ...changed((d) => {
      addCode(d, hostile);
      removeCode(d, "conflict");
      set(d, "schema:ExpiredDetails/properties/reason", { type: "string" });
    }),
  ];
  const report: DiffReport = {
    title: hostile,
    base: { label: hostile, version: hostile },
    revision: { label: "b", version: "2" },
    changes,
    ignored: changes.slice(0, 1).map((change) => ({ change, reason: hostile, expires: "2027-01-01" })),
    bump: bumpOf(changes),
    diagnostics: [],
  };
  const texts = {
    text: renderDiffText(report, { color: false, verbose: true }),
    markdown: renderMarkdown(report),
    html: renderHtml(report),
    junit: renderJunit(report, "breaking"),
    github: renderGithub(annotate(changes)),
  };

  it.each(Object.entries(texts))("%s lets nothing out", (_name, text) => {
    expect(text).not.toMatch(/[\u001b\u202e]/);
    expect(text).not.toMatch(/^::error::x/m);
  });

  it("markup is escaped", () => {
    for (const text of [texts.html, texts.junit]) expect(text).not.toMatch(/<\/script>|<!-- -->/);
    expect(texts.markdown.replaceAll(/^ {4}.*$|(?<!\\)`[^`\n]*`/gm, "")).not.toMatch(/(?<!\\)<\/script>/);
    expect(texts.junit.match(/<testcase/g)?.length).toBe(changes.length + 1);
  });

  it("SARIF names each rule once and marks what is ignored", () => {
    const log = JSON.parse(renderSarif(report, "1.0.0")) as {
      runs: { tool: { driver: { rules: { id: string }[] } }; results: { suppressions?: unknown }[] }[];
    }; // as SARIF 2.1.0 has it
    const ids = log.runs[0]?.tool.driver.rules.map(({ id }) => id) ?? [];
    expect(new Set(ids).size).toBe(ids.length);
    expect(log.runs[0]?.results.filter(({ suppressions }) => suppressions !== undefined)).toHaveLength(1);
  });

  it("SARIF has no links, no control characters, and no names in what it says about rules", () => {
    const message = "Required `[a](https://evil.example)\u001b` query parameter in `b[].c` was added.";
    const [change] = changes;
    if (change === undefined) throw new Error("nothing has changed");
    const others = [{ ...change, rule: "parameter-required", message }];
    const sarif = renderSarif({ ...report, changes: others, ignored: [] }, "1.0.0");
    expect(JSON.parse(sarif)).toMatchObject({
      runs: [
        {
          tool: {
            driver: {
              rules: [
                { shortDescription: { text: "A parameter must be sent that need not be sent before." } },
              ],
            },
          },
          results: [
            {
              message: {
                // Vitest types its matchers as any.
                text: expect.stringMatching(
                  /^Required `\\\[a\]\(https:\/\/evil\.example\)[^\u001b]` query parameter in `b\[\]\.c`/,
                ) as string,
              },
            },
          ],
        },
      ],
    });
  });

  it("fits a screen however much has changed", () => {
    const many = Array.from({ length: 200 }, () => changes).flat();
    expect(
      renderDiffText({ ...report, changes: many }, { color: false, verbose: false }).split("\n").length,
    ).toBeLessThan(120);
  });

  it("colours where it may", () => {
    expect(renderDiffText(report, { color: true, verbose: false })).toContain("\u001b[31mBREAKING");
  });
});

describe("edits in place", () => {
  const after = (text: string, edit: (text: EditableText) => void): string => {
    const editable = new EditableText(text);
    edit(editable);
    return editable.toString();
  };

  it.each([
    ["a: [x, y, z] # c\n", "0", "a: [y, z] # c\n"],
    ["a: [x, y, z] # c\n", "2", "a: [x, y] # c\n"],
    ["a:\n  - x # one\n  # two\n  - y\n", "0", "a:\n  # two\n  - y\n"],
    ["b: 1\na: [x]\nc: 2\n", "0", "b: 1\nc: 2\n"],
    ['{\n  "a": ["x", "y"]\n}\n', "1", '{\n  "a": ["x"]\n}\n'],
  ])("removes an item of %j", (text, index, result) => {
    expect(
      after(text, (editable) => {
        editable.removeItem(["a", index], { mayEmpty: true });
      }),
    ).toBe(result);
  });

  it.each([
    ["a:\n  b: 1 # c\n\nd: 2\n", "a:\n  b: 1 # c\n  retired: 1.0.0\n\nd: 2\n"],
    ["a:\n  b: |\n    text\n\nd: 2\n", "a:\n  b: |\n    text\n  retired: 1.0.0\n\nd: 2\n"],
    ["a: { b: 1 }\n", "a: { b: 1, retired: 1.0.0 }\n"],
    ["a:\n  b: 1", "a:\n  b: 1\n  retired: 1.0.0\n"],
    ["a:\n  retired: x # c\n  b: 1\n", "a:\n  retired: 1.0.0 # c\n  b: 1\n"],
    ['{\n  "a": {\n    "b": 1\n  }\n}\n', '{\n  "a": {\n    "b": 1,\n    "retired": "1.0.0"\n  }\n}\n'],
  ])("adds a member to %j", (text, result) => {
    expect(
      after(text, (editable) => {
        editable.setMembers(["a"], [["retired", "1.0.0"]]);
      }),
    ).toBe(result);
    const crlf = (lf: string): string => lf.replaceAll("\n", "\r\n");
    if (!text.includes("\n  ")) return;
    expect(
      after(crlf(text), (editable) => {
        editable.setMembers(["a"], [["retired", "1.0.0"]]);
      }),
    ).toBe(crlf(result));
  });

  it("quotes what YAML would read otherwise, and refuses what it cannot edit", () => {
    expect(
      after("a: { b: 1 }\n", (editable) => {
        editable.setMembers(["a"], [["retired", "1.10"]]);
      }),
    ).toBe('a: { b: 1, retired: "1.10" }\n');
    expect(() =>
      after("a: &x [y]\nb: *x\n", (editable) => {
        editable.removeItem(["b", "0"], { mayEmpty: true });
      }),
    ).toThrow(FormatError);
    expect(() =>
      after("a: [x]\n", (editable) => {
        editable.removeItem(["a", "0"], { mayEmpty: false });
      }),
    ).toThrow(FormatError);
  });
});
