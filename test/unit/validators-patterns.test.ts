/** Patterns in which a backtracking engine would lose itself: replaced where that is possible, else refused. */
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../generator/json/json.ts";
import { emitAndLoadOne as load } from "../conformance/validators/emitted.ts";

describe("patterns that can run away", () => {
  test.each([
    ...["^(a+)+$", "^(a|a)*$", "^(a|b|ab)*$", "^(a?){30}a{30}$", "(x+x+)+y", "^(?:\\w+\\s?)*$"],
    ...["\\b[ab.]+a\\b", "\\b[ab ]+b|\\b(x+)+y", "(a+)+b\\b", "\\b(a|a)*b"],
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

  test("is refused where nothing can replace it, and tolerated where the string is short", async () => {
    const refused = await load({ pattern: "^(?=(a+)+$)" });
    expect(refused.findings.map(({ code }) => code)).toEqual(["lockstep/pattern-backtracking"]);
    const bounded = await load({ pattern: "a*b", maxLength: 100 });
    expect(bounded.findings).toEqual([]);
  });

  test("say what takes their place, and advise a bound only where it helps", async () => {
    const finding = async (schema: JsonObject): Promise<readonly (string | undefined)[]> => {
      const { findings } = await load(schema);
      return findings.flatMap(({ code, message, fix }) => [code, message, fix]);
    };
    expect(await finding({ pattern: "^(a+)+$" })).toEqual([
      "lockstep/pattern-replaced",
      'The pattern "^(a+)+$" can take exponential time on long strings; a slower matcher that cannot takes its place.',
      "Rewrite the pattern without nested or overlapping repetitions.",
    ]);
    expect(await finding({ pattern: "a*b" })).toEqual([
      "lockstep/pattern-replaced",
      'The pattern "a*b" can take polynomial time on long strings; a slower matcher that cannot takes its place.',
      "Rewrite the pattern without overlapping repetitions and anchor it, or bound the string with a `maxLength` of at most 1000.",
    ]);
    expect(await finding({ pattern: "^(?=(a+)+$)", maxLength: 30 })).toEqual([
      "lockstep/pattern-backtracking",
      'The pattern "^(?=(a+)+$)" can take exponential time on long strings, and no safe matcher can take its place.',
      "Rewrite the pattern without nested or overlapping repetitions, look-around and back-references.",
    ]);
    expect(await finding({ pattern: "x(?=.*\\d)", maxLength: 2000 })).toEqual([
      "lockstep/pattern-backtracking",
      'The pattern "x(?=.*\\\\d)" can take polynomial time on long strings, and no safe matcher can take its place.',
      "Rewrite the pattern without overlapping repetitions, look-around and back-references, or bound the string with a `maxLength` of at most 1000.",
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

  test.each(["(?=.*\\d)^.+$", "x(?=.*\\d)", "^a*(?=.*\\d)", "^(?:x(?=.*\\d))*$", "(?<=^.*)x"])(
    "%s looks around at as many places as the string has",
    async (pattern) => {
      const { findings } = await load({ type: "string", pattern });
      expect(findings.map(({ code }) => code)).toEqual(["lockstep/pattern-backtracking"]);
    },
  );

  test("a long pattern of many small parts is looked at whole, and told by its beginning", async () => {
    const groups = Array.from({ length: 8 }, (_, n) => `(:[0-9a-f]{1,4}){${n}}(([0-9a-f]{1,4}:){1,7}|::)`);
    const pattern = `^(${groups.join("|")})(\\.[a-z]+)*$`;
    expect((await load({ pattern })).findings).toEqual([]);
    const { findings } = await load({ pattern: `${pattern}|^(a+)+$` });
    expect(findings.map(({ code }) => code)).toEqual(["lockstep/pattern-replaced"]);
    expect(findings[0]?.message).toMatch(/^The pattern ".{59,62}…" can take exponential time/);
  });

  test.each(["^(a{1,1000}){1,1000}$", "(a?){1500}b", "^(([a-z]{0,50}){0,50}){0,50}$"])(
    "%s, which would be enormous as an automaton, costs little to refuse",
    async (pattern) => {
      const { findings } = await load({ pattern });
      expect(findings.map(({ code }) => code)).toEqual(["lockstep/pattern-backtracking"]);
    },
  );
});
