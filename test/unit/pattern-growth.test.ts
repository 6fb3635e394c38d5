/** Which patterns are proven to take linear time: everything else is replaced or left out. */
import { describe, expect, test } from "vitest";
import { readPattern } from "../../generator/schema/pattern/pattern.ts";
import { commonPatterns } from "../support/common-patterns.ts";

const dangerous = [
  // Success is not sure where the last state is reached: another alternative, an edge or look-around may fail after it.
  ...[
    "b|^(a+)+$",
    "(a+)+$|b",
    "^(a+)+(?:$|b)",
    "^(?:a+)+$(?:)",
    "^((a+)+$)?",
    "^(a+)+(?=b)",
    "^(a+)+(?!a|!|$)",
  ],
  ...[
    "^(a+)+\\b",
    "^(a+)+\\B",
    "^\\s+|\\s+$",
    "(?:^(a+)+$|x)y?",
    "^(a+)+(?<=b)",
    "^(a+)+(?<!a)",
    "x((a+)+b)?",
  ],
  ...[
    "^(?:(?:a+)+b)?",
    "(?:^|x)(a+)+$",
    "^(a+)+(?:\\b|!)",
    "^(?:(a+)+$)*",
    "(a+)+(?:$)",
    "^(a+)+(?:(?=b)|c)",
  ],
  // Several ways through a loop.
  ...[
    "^(a+)+$",
    "^(a|a)*$",
    "^(a|b|ab)*$",
    "(x+x+)+y",
    "^(?:\\w+\\s?)*$",
    "^(a|a?)+$",
    "^((a*)*)*$",
    "^(\\w|\\d)+$",
  ],
  ...["^(?:a|\\x61)*$", "^([^b]|a)*$", "^(\\p{L}|[a-z])+$", "^(?:.|\\n|[^a])*$"],
  // Long repetitions, written in numbers or out.
  ...["^(a?){30}a{30}$", "(a|a){25}$", `${"(a|a)".repeat(25)}$`, "^(a{1,1000}){1,1000}$", "(a?){1500}b"],
  ...[
    "^(([a-z]{0,50}){0,50}){0,50}$",
    "^a{0,1000}a{0,1000}$",
    `^${"a?".repeat(40)}$`,
    "^(a{0,9}){0,9}(a{0,9}){0,9}$",
  ],
  // A search that begins anew at every place.
  ...["a*b", "\\b[ab.]+a\\b", "(a+)+b\\b", "\\s+$", "[a-z]+@", "^.*foo.*$", "[a-z]{1,500}!"],
  // Look-around at every place.
  ...[
    "(?=.*\\d)^.+$",
    "x(?=.*\\d)",
    "^a*(?=.*\\d)",
    "^(?:x(?=.*\\d))*$",
    "(?<=^.*)x",
    "^(?=(a+)+$)",
    "^(?!(a|a)*$)",
  ],
  ...["^.{0,500}(?=.*x)"],
  // Back-references.
  ...["^(a*)\\1$", "^(.+)\\1$", "^(?:(a+)|b)*\\1+$"],
  // Nothing, in many ways.
  ...["(?:|){30}a", "(?:a|(?:|){30})*b", "^(?:^|^){100}$", "(?:|){100}[]", "^(?:(?:|){9}){9}(?!)"],
];

const harmless = [
  ...[
    "^a+$",
    "[a-z]+",
    "[a-z]+(\\.[a-z]+)?",
    "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$",
    "^.{1,65535}$",
    "\\S+",
    ".^",
  ],
  ...[
    "^\\p{L}+(?: \\p{L}+)*$",
    "^[\\s\\S]{0,10000}$",
    "^(a|b)*$",
    "^(?:a|b|c)+$",
    "^([\"'])[^\"']*\\1$",
    "([abc])(,\\1)*",
  ],
  ...[
    "(?!^\\d+$)^.+$",
    "^(?=.*\\d)(?=.*[a-z]).{8,}$",
    "^[A-Z]{2}(?!.*--)[\\w-]+$",
    "^(?:(?=.*\\d)[a-z\\d]+)$",
  ],
  ...[
    "(?=^.*\\d)(?!^.*\\s)^\\S+$",
    "^(?!foo)(?:(?!bar).)*$",
    "^(?!\\s)[\\s\\S]*(?<!\\s)$",
    "^\\d{1,10}\\d{1,10}$",
  ],
  ...[
    "^((25[0-5]|(2[0-4]|1\\d|[1-9]|)\\d)\\.?\\b){4}$",
    "^[a-z\\d](?:[a-z\\d]|-(?=[a-z\\d])){0,38}$",
    "",
    "^$",
    "|",
  ],
];

describe("the time that a pattern can take", () => {
  test.each(dangerous)("%s is not proven linear", (source) => {
    expect(readPattern(source)).toMatchObject({ isLinear: false });
  });

  test.each(harmless)("%s is linear", (source) => {
    expect(readPattern(source)).toMatchObject({ isLinear: true });
  });

  test("the patterns of ordinary documents stay as they are", () => {
    expect(commonPatterns.length).toBeGreaterThanOrEqual(200);
    expect(commonPatterns.filter((source) => readPattern(source)?.isLinear !== true)).toEqual([]);
  });
});
