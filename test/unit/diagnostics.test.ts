/** Diagnostics: order, repetitions, hostile text, and the three formats. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../generator/diagnostics/diagnostic.ts";
import { jsonDiagnostics, renderGithub } from "../../generator/diagnostics/machine.ts";
import { registry } from "../../generator/diagnostics/registry.ts";
import { renderText } from "../../generator/diagnostics/render.ts";
import { sortDiagnostics } from "../../generator/diagnostics/sort.ts";

function diagnostic(file: string, line: number, more: Partial<Diagnostic> = {}): Diagnostic {
  return {
    code: "lockstep/structure",
    severity: "error",
    message: "Wrong.",
    fix: "Mend it.",
    location: {
      file,
      line,
      column: 3,
      endLine: line,
      endColumn: 8,
      pointer: "/a",
      frame: "> 1 |   hello\n    |   ^^^^^",
    },
    ...more,
  };
}

const escape = "\u001b";
const hostile = diagnostic("a\u001b[31m,b:%\n::error::x.yaml", 1, {
  message: `name \u001b[2J\u0007\r\n::set-output name=x::y \u202e\u2028 100%`,
  fix: "do\n::warning::it",
});

describe("sortDiagnostics", () => {
  it("orders by file, line, column, code and message, without repetitions", () => {
    const unplaced: Diagnostic = { code: "x", severity: "error", message: "m" };
    const list = [
      diagnostic("b", 1),
      diagnostic("a", 10),
      diagnostic("B", 1),
      diagnostic("a", 9),
      diagnostic("a", 9),
      unplaced,
    ];
    expect(
      sortDiagnostics(list).map(({ location }) => `${location?.file ?? ""}${location?.line ?? ""}`),
    ).toEqual(["", "B1", "a9", "a10", "b1"]);
  });

  it("keeps the error of two that differ in severity only", () => {
    const twice = [diagnostic("a", 1, { severity: "warning" }), diagnostic("a", 1)];
    expect(sortDiagnostics(twice).map(({ severity }) => severity)).toEqual(["error"]);
  });
});

describe("renderText", () => {
  it("is empty for nothing", () => {
    expect(renderText([], { color: true })).toBe("");
  });

  it("prints place, code, message, frame and fix", () => {
    expect(renderText([diagnostic("a.yaml", 1)], { color: false })).toMatchInlineSnapshot(`
      "a.yaml:1:3 error lockstep/structure
      Wrong.

      > 1 |   hello
          |   ^^^^^

      Fix: Mend it.

      1 error
      "
    `);
  });

  it("counts what it leaves out", () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      diagnostic("a.yaml", index + 1, { severity: "warning" }),
    );
    const text = renderText(many, { color: false, perCode: 2 });
    expect(text.match(/Wrong\./g)).toHaveLength(1);
    expect(text).toContain("… and 8 more lockstep/structure: a.yaml:2, a.yaml:3, a.yaml:4, …");
    expect(text).toContain("9 warnings: read with 9 assumptions\n");
    const errors = many.map((one) => ({ ...one, severity: "error" as const }));
    const strict = renderText(errors, { color: false, perCode: 2 });
    expect(strict.match(/Wrong\./g)).toHaveLength(2);
    expect(strict).toContain("… and 7 more lockstep/structure: ");
    expect(strict).toContain("\n9 errors\n");
  });

  it("colours only when asked, and never passes on what the author wrote", () => {
    expect(renderText([diagnostic("a.yaml", 1)], { color: true })).toContain(
      `${escape}[31merror${escape}[39m`,
    );
    const text = renderText([hostile], { color: false });
    // Line feeds are ours; any other control character would be the author's.
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e]/);
    expect(text).not.toMatch(/^::/m);
  });
});

describe("renderGithub", () => {
  it("escapes what could begin another command", () => {
    const text = renderGithub([hostile, diagnostic("b.yaml", 2, { severity: "warning" })]);
    expect(text).toMatchInlineSnapshot(`
      "::error file=a·[31m%2Cb%3A%25 %3A%3Aerror%3A%3Ax.yaml,line=1,endLine=1,col=3,endColumn=8,title=lockstep/structure::name ·[2J·  ::set-output name=x::y ·  100%25%0AFix: do ::warning::it
      ::warning file=b.yaml,line=2,endLine=2,col=3,endColumn=8,title=lockstep/structure::Wrong.%0AFix: Mend it.
      "
    `);
    expect(text.trimEnd().split("\n")).toHaveLength(2);
  });
});

describe("jsonDiagnostics", () => {
  it("has no frames and survives a round trip", () => {
    const data = jsonDiagnostics([diagnostic("a.yaml", 1), { code: "x", severity: "error", message: "m" }]);
    expect(JSON.parse(JSON.stringify(data))).toEqual([
      { code: "x", severity: "error", message: "m" },
      {
        code: "lockstep/structure",
        severity: "error",
        message: "Wrong.",
        fix: "Mend it.",
        location: { file: "a.yaml", line: 1, column: 3, endLine: 1, endColumn: 8, pointer: "/a" },
      },
    ]);
  });
});

describe("docs/diagnostics.md", () => {
  const page = readFileSync(new URL("../../docs/diagnostics.md", import.meta.url), "utf8");
  const sections = new Map(
    page
      .split(/^### /m)
      .slice(1)
      .map((section) => [/^`([^`]+)`/.exec(section)?.[1] ?? section.split("\n", 1)[0] ?? "", section]),
  );

  it("has one section for every code of the registry", () => {
    expect([...sections.keys()].sort()).toEqual(Object.keys(registry).sort());
  });

  it.each(Object.entries(registry))(
    "describes %s as the registry does",
    (code, { severity, summary, fix }) => {
      const section = sections.get(code) ?? "";
      expect(section.split("\n", 1)[0]).toBe(`\`${code}\` (${severity})`);
      expect(section).toContain(summary);
      expect(section).toContain(fix);
      expect(section).toMatch(/\*\*Why\.\*\* \S/);
      expect(section).toMatch(/\*\*Wrong\*\*[\s\S]*```[\s\S]*\*\*Right\*\*[\s\S]*```/);
    },
  );
});
