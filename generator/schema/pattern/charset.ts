/** Sets of code points as sorted ranges, as far as the analysis of patterns needs them. */
import type { AST } from "@eslint-community/regexpp";

export type CharSet = readonly (readonly [from: number, to: number])[];

const last = 0x10ffff;
export const anyCharacter: CharSet = [[0, last]];
const digits: CharSet = [[0x30, 0x39]];
const word: CharSet = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
/** ECMA-262 WhiteSpace and LineTerminator, in ranges that hold a little more: only overlaps are asked for. */
const space: CharSet = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];

export function overlap(a: CharSet, b: CharSet): boolean {
  return a.some(([from, to]) => b.some(([otherFrom, otherTo]) => from <= otherTo && otherFrom <= to));
}

/** The characters that a node of one character matches; at least those, where they are not worth computing. */
export function charSetOf(
  node: AST.Character | AST.CharacterSet | AST.CharacterClass | AST.ExpressionCharacterClass,
): CharSet {
  switch (node.type) {
    case "Character":
      return [[node.value, node.value]];
    case "CharacterSet":
      return escapeSet(node);
    case "CharacterClass": {
      const ranges = node.elements.flatMap((element): CharSet => {
        if (element.type === "CharacterClassRange") return [[element.min.value, element.max.value]];
        if (element.type === "Character" || element.type === "CharacterSet") return charSetOf(element);
        return anyCharacter;
      });
      return node.negate ? complement(ranges) : ranges;
    }
    case "ExpressionCharacterClass":
      return anyCharacter;
  }
}

function escapeSet(node: AST.CharacterSet): CharSet {
  if (node.kind === "any") return anyCharacter;
  // Properties of Unicode would cost a table; all characters are an upper bound, whether negated or not.
  if (node.kind === "property") return anyCharacter;
  const set = node.kind === "digit" ? digits : node.kind === "word" ? word : space;
  return node.negate ? complement(set) : set;
}

function complement(set: CharSet): CharSet {
  const rest: [number, number][] = [];
  let next = 0;
  for (const [from, to] of [...set].sort((a, b) => a[0] - b[0])) {
    if (from > next) rest.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  if (next <= last) rest.push([next, last]);
  return rest;
}
