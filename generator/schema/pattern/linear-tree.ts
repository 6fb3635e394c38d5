/** The tree of a pattern for the matcher that takes linear time (`linearPattern`). */
import type { AST } from "@eslint-community/regexpp";
import type { PatternTree } from "../../validator-library/runtime/patterns.ts";
import { copiedSize } from "./structure.ts";

export interface LinearTree {
  /** Sources of the classes that the tree numbers. */
  readonly classes: readonly string[];
  readonly tree: PatternTree;
}

/** Parts of a pattern, repetitions copied: each costs time and memory for each character of a text. */
const maxSize = 2000;

/** `undefined` where the matcher cannot do what the pattern does: back-references, and flags for a part of it. */
export function linearTree(alternatives: readonly AST.Alternative[]): LinearTree | undefined {
  if (alternatives.reduce((total, one) => total + copiedSize(one), 0) > maxSize) return undefined;
  const classes: string[] = [];
  const numberOf = (source: string): number => {
    const known = classes.indexOf(source);
    return known < 0 ? classes.push(source) - 1 : known;
  };
  const tree = either(alternatives, numberOf);
  // Without any class the matcher could not tell characters from code units.
  numberOf("[^]");
  return tree === undefined ? undefined : { classes, tree };
}

type Numbering = (source: string) => number;

function either(alternatives: readonly AST.Alternative[], numberOf: Numbering): PatternTree | undefined {
  const parts = alternatives.map((one) => sequence(one, numberOf));
  const [only] = parts;
  if (!parts.every((part) => part !== undefined)) return undefined;
  return parts.length === 1 ? only : ["any", ...parts];
}

function sequence({ elements }: AST.Alternative, numberOf: Numbering): PatternTree | undefined {
  const parts = elements.map((one) => treeOf(one, numberOf));
  const [only] = parts;
  if (!parts.every((part) => part !== undefined)) return undefined;
  return parts.length === 1 ? only : ["all", ...parts];
}

function treeOf(node: AST.Element, numberOf: Numbering): PatternTree | undefined {
  switch (node.type) {
    case "Character":
    case "CharacterSet":
    case "CharacterClass":
    case "ExpressionCharacterClass":
      return numberOf(node.raw);
    case "Group":
      return node.modifiers === null ? either(node.alternatives, numberOf) : undefined;
    case "CapturingGroup":
      return either(node.alternatives, numberOf);
    case "Quantifier": {
      const part = treeOf(node.element, numberOf);
      const max = node.max === Infinity ? -1 : node.max;
      return part === undefined ? undefined : ["repeat", node.min, max, part];
    }
    case "Assertion":
      return assertion(node, numberOf);
    case "Backreference":
      return undefined;
  }
}

function assertion(node: AST.Assertion, numberOf: Numbering): PatternTree | undefined {
  switch (node.kind) {
    case "start":
    case "end":
      return [node.kind];
    case "word":
      return ["boundary", node.negate, numberOf("\\w")];
    case "lookahead":
    case "lookbehind": {
      const body = either(node.alternatives, numberOf);
      return body === undefined ? undefined : ["look", node.kind === "lookahead", node.negate, body];
    }
  }
}
