/** The changelog: what it says to callers, and that it never loses what stands in the file. */
import { describe, expect, it } from "vitest";
import { adviceOf, headingOf } from "../../generator/changelog/caller.ts";
import { sectionName, withoutUnreleased, withSection } from "../../generator/changelog/file.ts";
import { renderSection } from "../../generator/changelog/section.ts";
import type { Change, Impact } from "../../generator/diff/change.ts";
import { ruleTable } from "../../generator/diff/rule-table.ts";
import { compareVersions } from "../../generator/diff/version.ts";

function change(rule: string, message: string, impact: Impact = "safe"): Change {
  const clients = { "old-client": impact, "new-client": impact, exhaustive: impact };
  return { rule, message, impact, clients, bump: "minor", subject: rule, advice: "Keep it.", operations: [] };
}

const changes = [
  change("operation-removed", "`GET /a` is gone.", "breaking"),
  change("request-undecided", "The request body changed.", "risky"),
  change("scope-required", "Operations need `write`.", "breaking"),
  change("code-deprecated", "`old` is deprecated."),
  change("operation-added", "`GET /b` is new."),
  change("remediation-rewritten", "Silent."),
];
const write = (
  text: string | undefined,
  version: string | undefined,
  previous: string,
  of = changes,
): string =>
  withSection(text, {
    name: sectionName(version),
    previous,
    text: renderSection({ version, previous, changes: of }),
  });

describe("a section", () => {
  it("speaks to callers, in the order of Keep a Changelog", () => {
    expect(renderSection({ version: "2.0.0", previous: "1.0.0", changes })).toBe(`## 2.0.0

Since 1.0.0:

### Added

- \`GET /b\` is new.

### Changed

- **May break:** The request body changed. Check what you send.

### Deprecated

- \`old\` is deprecated.

### Removed

- **Breaking:** \`GET /a\` is gone. Stop using it before you call this version.

### Security

- **Breaking:** Operations need \`write\`. Make sure that you hold the credentials.
`);
  });

  it("has advice for callers about every rule that may break them, and puts what is new under Added", () => {
    for (const [rule, { impact }] of Object.entries(ruleTable)) {
      if (rule !== "version-not-raised" && impact[0] !== "safe")
        expect([rule, adviceOf(change(rule, "", "breaking"))]).not.toEqual([rule, "Check your program."]);
      if (rule.endsWith("-added")) expect([rule, headingOf(change(rule, ""))]).toEqual([rule, "Added"]);
    }
  });

  it("cannot be broken by a version or a message", () => {
    const hostile = "</script>\u001b[31m`]|*<!-- --> \u202e::error::x\n&\"'";
    expect(sectionName("1 --> <b>")).not.toMatch(/>|--/);
    const text = renderSection({
      version: hostile,
      previous: hostile,
      changes: [change("code-added", hostile)],
    });
    expect(text).not.toContain("<!--");
    expect(text.replaceAll(/(?<!\\)`[^`]*`/g, "")).not.toMatch(/(?<!\\)<|\u001b/);
    const once = write(undefined, hostile, hostile);
    expect(write(once, hostile, hostile)).toBe(once);
  });
});

describe("the file", () => {
  const first = write("# Ours\n\nIntro.\n\n## 0.9.0\n\nOld.\n", "1.0.0", "0.9.0");

  it("takes a section before older ones, once, and gives it back", () => {
    expect(first).toMatch(
      /^# Ours\n\nIntro\.\n\n<!-- lockstep:1\.0\.0 -->\n\n## 1\.0\.0\n[^]*\n\n## 0\.9\.0\n\nOld\.\n$/,
    );
    expect(write(first, "1.0.0", "0.9.0")).toBe(first);
    expect(write(first, "1.0.0", "0.9.0", [])).toBe("# Ours\n\nIntro.\n\n## 0.9.0\n\nOld.\n");
    const titles = (text: string): string[] =>
      [...text.matchAll(/^## (.*)$/gm)].map(([, title = ""]) => title);
    const later = write(write(write(first, "1.10.0", "1.2.0"), "1.2.0", "1.0.0"), undefined, "1.10.0");
    expect(titles(later)).toEqual(["Unreleased", "1.10.0", "1.2.0", "1.0.0", "0.9.0"]);
    expect(titles(write("## [2.0.0] - 2026-01-01\n\n## Unreleased\n", "1.0.0", "0.9.0"))).toEqual([
      "[2.0.0] - 2026-01-01",
      "Unreleased",
      "1.0.0",
    ]);
  });

  it("replaces what nobody has edited", () => {
    const again = write(first, "1.0.0", "0.9.0", changes.slice(0, 1));
    expect(again).not.toContain("GET /b");
    expect(write(again, "1.0.0", "0.9.0")).toBe(first);
  });

  it("refuses to lose what a person wrote, or what another comparison found", () => {
    const edited = first.replace("`GET /b` is new.", "`GET /b` is new, at last.");
    expect(() => write(edited, "1.0.0", "0.9.0")).toThrow(/section 1\.0\.0 has been edited/);
    expect(() => write(edited, "1.0.0", "0.9.0", [])).toThrow(/has been edited/);
    expect(() => write(first, "1.0.0", "0.8.0")).toThrow(/follows another release than 0\.8\.0/);
    expect(() => write(first.replace(/ [0-9a-f]{8} -->/, " -->"), "1.0.0", "0.9.0", [])).toThrow(/edited/);
    expect(() => write("<!-- /lockstep:1.0.0 -->", "1.0.0", "0.9.0")).toThrow(/do not pair up/);
    expect(() => write("<!-- lockstep:1.0.0 -->", "1.0.0", "0.9.0")).toThrow(/do not pair up/);
  });

  it("lets a release take over the unreleased section since the same release, and no other", () => {
    const open = write(first, undefined, "1.0.0");
    expect(withoutUnreleased(open, "1.0.0")).toBe(first);
    expect(withoutUnreleased(open, "0.9.0")).toBe(open);
    expect(withoutUnreleased(first, "1.0.0")).toBe(first);
    expect(() => withoutUnreleased(open.replace("Operations need", "All need"), "1.0.0")).toThrow(/edited/);
  });
});

it("orders versions as semver does", () => {
  const sorted = [
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0",
    "1.0.1",
    "1.10.0",
  ];
  expect(sorted.toReversed().sort((a, b) => compareVersions(a, b) ?? 0)).toEqual(sorted);
  expect(compareVersions("1.0.0", "July")).toBeUndefined();
});
