/** What the syntax of a pattern tells without an automaton: lengths, and what stands before what. */
import type { AST } from "@eslint-community/regexpp";

/** How many characters the node can match, at least and at most. */
export function lengthRange(node: AST.Element | AST.Alternative): readonly [min: number, max: number] {
  switch (node.type) {
    case "Alternative":
      return node.elements.map(lengthRange).reduce(([a, b], [min, max]) => [a + min, b + max], [0, 0]);
    case "Group":
    case "CapturingGroup": {
      const ranges = node.alternatives.map(lengthRange);
      return ranges.reduce(([least, most], [min, max]) => [Math.min(least, min), Math.max(most, max)]);
    }
    case "Quantifier": {
      const [min, max] = lengthRange(node.element);
      return [min * node.min, max === 0 ? 0 : max * node.max];
    }
    case "Assertion":
      return [0, 0];
    case "Backreference":
      return [0, Infinity];
    case "Character":
    case "CharacterSet":
    case "CharacterClass":
    case "ExpressionCharacterClass":
      return [1, 1];
  }
}

/** True if the group has matched whenever the reference is tried. Some patterns for which that holds are not recognized. */
export function isAlwaysSet(node: AST.Element, reference: AST.Backreference): boolean {
  const { parent } = node;
  if (parent.type !== "Alternative") return false;
  const later = parent.elements.slice(parent.elements.indexOf(node) + 1);
  if (later.some((one) => one.start <= reference.start && reference.end <= one.end)) return true;
  const outer = parent.parent;
  const isGroup = outer.type === "Group" || outer.type === "CapturingGroup";
  return isGroup && outer.alternatives.length === 1 && isAlwaysSet(outer, reference);
}

/** Up to this number of characters, or of places at which something is tried, an amount is small. */
export const fewCharacters = 64;

/** True if `^` precedes the node with little between them, so that it is tried at few places. */
export function isTriedSeldom(node: AST.Element, after = 0): boolean {
  const { parent } = node;
  if (parent.type !== "Alternative") return false;
  const before = parent.elements.slice(0, parent.elements.indexOf(node));
  const start = before.findLastIndex((one) => one.type === "Assertion" && one.kind === "start");
  const longest = before.slice(start + 1).reduce((total, one) => total + lengthRange(one)[1], after);
  if (longest > fewCharacters) return false;
  if (start >= 0) return true;
  const outer = parent.parent;
  return (outer.type === "Group" || outer.type === "CapturingGroup") && isTriedSeldom(outer, longest);
}

/** True if it matches at the very start only. */
export function isAnchored({ elements }: AST.Alternative): boolean {
  const first = elements.find((one) => one.type !== "Assertion" || one.kind === "start");
  return first?.type === "Assertion";
}

/** The longest match, in characters. */
export function maxLength(alternatives: readonly AST.Alternative[]): number {
  return alternatives.reduce((most, one) => Math.max(most, lengthRange(one)[1]), 0);
}

/** How many characters the pattern writes once each repetition is copied as often as it says. */
export function copiedSize(node: AST.Element | AST.Alternative): number {
  switch (node.type) {
    case "Alternative":
      return node.elements.reduce((total, one) => total + copiedSize(one), 0);
    case "Group":
    case "CapturingGroup":
      return node.alternatives.reduce((total, one) => total + copiedSize(one), 0);
    case "Quantifier":
      return copiedSize(node.element) * (node.max === Infinity ? node.min + 1 : node.max);
    default:
      return 1;
  }
}
