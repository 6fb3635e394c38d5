/** The sets of characters that the analysis of patterns reckons with hold every character that the engine matches. */
import { RegExpParser, type AST } from "@eslint-community/regexpp";
import { expect, test } from "vitest";
import { charSetOf, type CharNode } from "../../generator/schema/pattern/charset.ts";

function nodeOf(source: string, unicode: boolean): CharNode {
  const parsed = new RegExpParser().parsePattern(source, 0, source.length, { unicode });
  const [node] = parsed.alternatives[0]?.elements ?? [];
  if (node === undefined || !isCharNode(node)) throw new Error(`${source} is not one character`);
  return node;
}

function isCharNode(node: AST.Element): node is CharNode {
  return ["Character", "CharacterSet", "CharacterClass", "ExpressionCharacterClass"].includes(node.type);
}

/** Every character of the first planes that has one of its own, and samples of the others. */
const codes = [
  ...Array.from({ length: 0x3000 }, (_, code) => code),
  ...[0xac00, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xfeff, 0xffff],
  ...[
    0x10000, 0x10400, 0x1d400, 0x1f600, 0x20000, 0x2fffe, 0x40000, 0x4fffe, 0xe0001, 0xe0fff, 0xe1000,
    0xf0000, 0x10ffff,
  ],
];

test.each([
  ...[
    "a",
    ".",
    "\\d",
    "\\D",
    "\\w",
    "\\W",
    "\\s",
    "\\S",
    "[a-f]",
    "[^a-f]",
    "[\\s\\S]",
    "[^\\s\\S]",
    "[]",
    "[^]",
  ],
  ...["[^\\x00-\\x1f]", "[a-fc-zA]", "[\\]\\-^]", "💩", "[💩-💫]"],
])("%s, exactly", (source) => {
  const pattern = new RegExp(`^${source}$`, "u");
  expect(matching(source, "u")).toEqual(codes.filter((code) => pattern.test(String.fromCodePoint(code))));
});

test.each([
  ...[
    "\\p{L}",
    "\\P{L}",
    "\\p{Lu}",
    "[\\p{L}\\p{N}_]",
    "[^\\p{L}]",
    "\\p{Cn}",
    "\\p{Co}",
    "\\p{Any}",
    "\\p{Script=Greek}",
  ],
  ...["\\p{Noncharacter_Code_Point}", "\\p{Default_Ignorable_Code_Point}", "[^\\P{Lu}]"],
])("%s, at least", (source) => {
  const pattern = new RegExp(`^${source}$`, "u");
  const set = new Set(matching(source, "u"));
  expect(codes.filter((code) => pattern.test(String.fromCodePoint(code)) && !set.has(code))).toEqual([]);
  expect(matching(source, "u").filter((code) => code < 0x3000)).toEqual(
    codes.filter((code) => code < 0x3000 && pattern.test(String.fromCodePoint(code))),
  );
});

test.each(["k", "[a-z]", "[^k]", "\\w", "ſ", "[\\p{Lu}]", "\\u{50000}"])(
  "%s without regard to case",
  (source) => {
    const pattern = new RegExp(`^${source}$`, "iu");
    const set = new Set(matching(source, "iu"));
    expect(codes.filter((code) => pattern.test(String.fromCodePoint(code)) && !set.has(code))).toEqual([]);
  },
);

function matching(source: string, flags: string): number[] {
  const set = charSetOf(nodeOf(source, true), flags);
  return codes.filter((code) => set.some(([from, to]) => from <= code && code <= to));
}
