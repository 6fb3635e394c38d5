/** Sets of characters as sorted ranges of code points (code units without the `u` flag). */
import type { AST } from "@eslint-community/regexpp";

export type CharSet = readonly (readonly [from: number, to: number])[];

/** A node of a pattern that consumes exactly one character. */
export type CharNode = AST.Character | AST.CharacterSet | AST.CharacterClass | AST.ExpressionCharacterClass;

const highest = 0x10ffff;
export const anyCharacter: CharSet = [[0, highest]];
const digits: CharSet = [[0x30, 0x39]];
const word: CharSet = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
/** ECMA-262 §12.2 WhiteSpace and §12.3 LineTerminator. */
const space: CharSet = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];
const lineTerminators: CharSet = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];

/** The characters that `node` matches under `flags`; with some of the tables of Unicode a few more. */
export function charSetOf(node: CharNode, flags: string): CharSet {
  // Case folding would cost a table; the engine has it.
  if (flags.includes("i")) return measuredSet(node.raw, flags);
  switch (node.type) {
    case "Character":
      return [[node.value, node.value]];
    case "CharacterSet":
      return escapeSet(node, flags);
    case "CharacterClass": {
      const ranges = merge(node.elements.flatMap((element) => elementSet(element, flags)));
      return node.negate ? complement(ranges) : ranges;
    }
    case "ExpressionCharacterClass":
      return measuredSet(node.raw, flags);
  }
}

function elementSet(element: AST.CharacterClass["elements"][number], flags: string): CharSet {
  switch (element.type) {
    case "CharacterClassRange":
      return [[element.min.value, element.max.value]];
    case "ClassStringDisjunction":
      return anyCharacter;
    default:
      return charSetOf(element, flags);
  }
}

function escapeSet(node: AST.CharacterSet, flags: string): CharSet {
  switch (node.kind) {
    case "any":
      return flags.includes("s") ? anyCharacter : complement(lineTerminators);
    case "property":
      return measuredSet(node.raw, flags);
    case "digit":
      return node.negate ? complement(digits) : digits;
    case "word":
      return node.negate ? complement(word) : word;
    case "space":
      return node.negate ? complement(space) : space;
  }
}

function merge(ranges: CharSet): CharSet {
  const merged: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const before = merged.at(-1);
    if (before !== undefined && from <= before[1] + 1) before[1] = Math.max(before[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

function complement(set: CharSet): CharSet {
  const rest: [number, number][] = [];
  let next = 0;
  for (const [from, to] of set) {
    if (from > next) rest.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= highest) rest.push([next, highest]);
  return rest;
}

/** Sets that were measured, by flags and source. */
const measured = new Map<string, CharSet>();
/** Each measurement takes milliseconds; past this number a set counts as all characters, which is more careful. */
const maxMeasured = 200;

/** Asks the engine about every character: one class never takes more than linear time. */
function measuredSet(raw: string, flags: string): CharSet {
  const key = `${flags}/${raw}`;
  const known = measured.get(key);
  if (known !== undefined) return known;
  if (measured.size >= maxMeasured) return anyCharacter;
  const isProperty = /^\\p\{[^}]*\}$/i.test(raw) && !flags.includes("i");
  const assigned = blocks.flatMap((block) =>
    block.width === 2 && !flags.includes("u") ? [] : runs(raw, flags, block),
  );
  const set = merge([
    ...assigned,
    ...uniform.filter(([from]) => !isProperty || hasProperty(raw, flags, from)),
  ]);
  measured.set(key, set);
  return set;
}

/** Planes without assigned characters, and for private use: all have the same properties, save the last two of each. */
const uniform: CharSet = [
  [0x40000, 0xdffff],
  [0xe1000, 0xeffff],
  [0xf0000, highest],
];

function hasProperty(raw: string, flags: string, plane: number): boolean {
  const pattern = new RegExp(raw, flags);
  return [plane, plane | 0xffff].some((code) => pattern.test(String.fromCodePoint(code)));
}

interface Block {
  readonly from: number;
  readonly to: number;
  /** Code units of each character. */
  readonly width: 1 | 2;
}

/** All other characters, in blocks whose characters are equally wide; surrogates of one kind in a row never pair up. */
const blocks: readonly Block[] = [
  { from: 0, to: 0xd7ff, width: 1 },
  { from: 0xd800, to: 0xdbff, width: 1 },
  { from: 0xdc00, to: 0xdfff, width: 1 },
  { from: 0xe000, to: 0xffff, width: 1 },
  { from: 0x10000, to: 0x3ffff, width: 2 },
  { from: 0xe0000, to: 0xe0fff, width: 2 },
];

/** Where in the block characters that match begin and end. */
function runs(raw: string, flags: string, block: Block): CharSet {
  const text = textOf(block);
  const inside = new RegExp(raw, `g${flags}`);
  const outside = new RegExp(`(?!${raw})[^]`, `g${flags}`);
  const found: [number, number][] = [];
  for (let at = 0; at < text.length;) {
    const start = find(inside, text, at);
    at = find(outside, text, start);
    if (start < at) found.push([block.from + start / block.width, block.from + at / block.width - 1]);
  }
  return found;
}

/** The index of the next match, or the end. */
function find(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

const texts = new Map<Block, string>();

function textOf(block: Block): string {
  const known = texts.get(block);
  if (known !== undefined) return known;
  const units = new Uint16Array((block.to - block.from + 1) * block.width);
  for (let code = block.from, at = 0; code <= block.to; code++) {
    // Code points beyond 0xffff as surrogate pairs (Unicode D91).
    if (block.width === 2) units[at++] = 0xd7c0 + (code >> 10);
    units[at++] = block.width === 2 ? 0xdc00 + (code & 0x3ff) : code;
  }
  const text = Buffer.from(units.buffer).toString("utf16le");
  texts.set(block, text);
  return text;
}
