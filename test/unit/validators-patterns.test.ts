/** Patterns in which a backtracking engine would lose itself: replaced where that is possible, else left out. */
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../generator/json/json.ts";
import { emitAndLoadOne as load } from "../conformance/validators/emitted.ts";

describe("patterns that can run away", () => {
  test.each([
    ...["^(a+)+$", "^(a|a)*$", "^(a|b|ab)*$", "^(a?){30}a{30}$", "(x+x+)+y", "^(?:\\w+\\s?)*$"],
    ...["\\b[ab.]+a\\b", "\\b[ab ]+b|\\b(x+)+y", "(a+)+b\\b", "\\b(a|a)*b", "\\B(a+)+\\B", "^(?:(a+)+|\\W)$"],
    ...[
      "b|^(a+)+$",
      "^(a+)+(?=b)",
      "^(a+)+(?!a|!|$)",
      "^\\s+|\\s+$",
      "(?=.*b)^(a|a)*",
      "(?<=^.*a)b",
      "(?<!^.*a)b",
    ],
    ...["x(?=.*\\d)", "^(?:a(?!.*b))*$", "(?=(?!.*x.*y).+)(a|a)+$", "(?<=(?=.*b)a.*)b", "(a|b??)+$"],
    ...["(?:)|(a+)+$", "(?=[^]*$)(?:.|\\n)*a", "(?<=(a|b)(x|y)*)y"],
  ])("%s is replaced by a matcher that does not", async (pattern) => {
    const { is, findings } = await load({ type: "string", pattern });
    expect(findings.map(({ code }) => code)).toEqual(["lockstep/pattern-replaced"]);
    const regExp = new RegExp(pattern, "u");
    for (const text of [
      "",
      "a",
      "aa",
      "ab",
      "aab",
      "b",
      "xxy",
      "xx",
      "a b",
      " ",
      "a".repeat(18),
      "💩",
      "-a.",
      "b.a b",
      "ba",
      "💩aa",
      "aa💩",
    ]) {
      expect([text, is(text)]).toEqual([text, regExp.test(text)]);
    }
    const start = performance.now();
    is(`${"a".repeat(20_000)}!`);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test("is left out where nothing can replace it, and kept where the string is short", async () => {
    const refused = await load({ pattern: "^(a*)\\1$" });
    expect(refused.findings.map(({ code }) => code)).toEqual(["lockstep/pattern-backtracking"]);
    expect(refused.is("anything")).toBe(true);
    const bounded = await load({ pattern: "a*b", maxLength: 100 });
    expect(bounded.findings).toEqual([]);
    for (const maxLength of [1001, -1, "100"]) {
      const { findings } = await load({ pattern: "a*b", maxLength });
      expect(findings.map(({ code }) => code)).toContain("lockstep/pattern-replaced");
    }
  });

  test("say what takes their place, and advise a bound only where it helps", async () => {
    const finding = async (schema: JsonObject): Promise<readonly (string | undefined)[]> => {
      const { findings } = await load(schema);
      return findings.flatMap(({ code, message, fix }) => [code, message, fix]);
    };
    expect(await finding({ pattern: "^(a+)+$" })).toEqual([
      "lockstep/pattern-replaced",
      'The time for the pattern "^(a+)+$" can grow much faster than the string; a slower matcher that cannot takes its place.',
      "Rewrite the pattern without nested or overlapping repetitions.",
    ]);
    expect(await finding({ pattern: "a*b" })).toEqual([
      "lockstep/pattern-replaced",
      'The time for the pattern "a*b" can grow much faster than the string; a slower matcher that cannot takes its place.',
      "Rewrite the pattern without nested or overlapping repetitions, or bound the string with a `maxLength` of at most 1000.",
    ]);
    expect(await finding({ pattern: "^((a+)+)\\1$", maxLength: 30 })).toEqual([
      "lockstep/pattern-backtracking",
      'The time for the pattern "^((a+)+)\\\\1$" can grow much faster than the string, and no safe matcher can take its place.',
      "Rewrite the pattern without nested or overlapping repetitions and back-references.",
    ]);
  });

  test.each([
    ...[
      "(?!^\\d+$)^.+$",
      "^(?=.*\\d)(?=.*[a-z]).{8,}$",
      "^[A-Z]{2}(?!.*--)[\\w-]+$",
      "^(?:(?=.*\\d)[a-z\\d]+)$",
    ],
    ...["(?=^.*\\d)(?!^.*\\s)^\\S+$", "^(?!foo)(?:(?!bar).)*$"],
  ])("%s looks around at a few places only, and stays as it is", async (pattern) => {
    const { is, findings } = await load({ type: "string", pattern });
    expect(findings).toEqual([]);
    const text = "a1-b2-c3".repeat(50_000);
    expect(is(text)).toBe(new RegExp(pattern, "u").test(text));
  });

  test("a pattern is told by its beginning", async () => {
    const { findings } = await load({ pattern: `^(${"x".repeat(80)})(a+)+$` });
    expect(findings[0]?.message).toMatch(/^The time for the pattern ".{59,62}…" can grow/);
  });

  test.each(["^(a{1,1000}){1,1000}$", "(a?){2500}b", "^(([a-z]{0,50}){0,50}){0,50}$"])(
    "%s, which would be enormous as an automaton, costs little to refuse",
    async (pattern) => {
      const { findings } = await load({ pattern });
      expect(findings.map(({ code }) => code)).toEqual(["lockstep/pattern-backtracking"]);
    },
  );
});
