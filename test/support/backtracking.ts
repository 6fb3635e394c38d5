/** A matcher that backtracks as engines do, and counts its steps: what the verdict about a pattern is measured with. */
import { RegExpParser, type AST } from "@eslint-community/regexpp";

export class TooManySteps extends Error {}

/** The steps that a search takes. Throws `TooManySteps` at the limit. */
export function countSteps(source: string, text: string, limit: number): number {
  const { alternatives } = new RegExpParser().parsePattern(source, 0, source.length, { unicode: true });
  const run = new Run(text, limit);
  for (let at = 0; at <= text.length; at++) {
    if (run.either(alternatives, at, true, () => true)) break;
  }
  return run.steps;
}

const classes = new Map<string, RegExp>();

function isIn(source: string, character: string): boolean {
  const pattern = classes.get(source) ?? new RegExp(`^${source}$`, "u");
  classes.set(source, pattern);
  return pattern.test(character);
}

type Then = (at: number) => boolean;

class Run {
  steps = 0;
  readonly #text: string;
  readonly #limit: number;
  readonly #captures = new Map<AST.CapturingGroup, string>();

  constructor(text: string, limit: number) {
    this.#text = text;
    this.#limit = limit;
  }

  either(alternatives: readonly AST.Alternative[], at: number, isAhead: boolean, then: Then): boolean {
    return alternatives.some((one) => {
      const elements = isAhead ? one.elements : one.elements.toReversed();
      return this.#sequence(elements, 0, at, isAhead, then);
    });
  }

  #sequence(
    elements: readonly AST.Element[],
    index: number,
    at: number,
    isAhead: boolean,
    then: Then,
  ): boolean {
    const element = elements[index];
    if (element === undefined) return then(at);
    return this.#element(element, at, isAhead, (next) =>
      this.#sequence(elements, index + 1, next, isAhead, then),
    );
  }

  #element(node: AST.Element, at: number, isAhead: boolean, then: Then): boolean {
    if (++this.steps > this.#limit) throw new TooManySteps();
    switch (node.type) {
      case "Group":
        return this.either(node.alternatives, at, isAhead, then);
      case "CapturingGroup":
        return this.either(node.alternatives, at, isAhead, (end) => {
          const before = this.#captures.get(node);
          this.#captures.set(node, this.#text.slice(Math.min(at, end), Math.max(at, end)));
          if (then(end)) return true;
          if (before === undefined) this.#captures.delete(node);
          else this.#captures.set(node, before);
          return false;
        });
      case "Quantifier":
        return this.#repeat(node, 0, at, isAhead, then);
      case "Assertion":
        return this.#holds(node, at) && then(at);
      case "Backreference":
        return this.#backreference(node, at, isAhead, then);
      default: {
        const character = this.#text[isAhead ? at : at - 1];
        if (character === undefined || !isIn(node.raw, character)) return false;
        return then(isAhead ? at + 1 : at - 1);
      }
    }
  }

  #repeat(node: AST.Quantifier, done: number, at: number, isAhead: boolean, then: Then): boolean {
    const again = (): boolean =>
      done < node.max &&
      this.#element(node.element, at, isAhead, (next) =>
        next === at && done >= node.min ? false : this.#repeat(node, done + 1, next, isAhead, then),
      );
    if (done < node.min) return again();
    return node.greedy ? again() || then(at) : then(at) || again();
  }

  #backreference(node: AST.Backreference, at: number, isAhead: boolean, then: Then): boolean {
    const group = Array.isArray(node.resolved) ? node.resolved[0] : node.resolved;
    const text = (group === undefined ? undefined : this.#captures.get(group)) ?? "";
    const start = isAhead ? at : at - text.length;
    this.steps += text.length;
    return start >= 0 && this.#text.startsWith(text, start) && then(isAhead ? at + text.length : start);
  }

  #holds(node: AST.Assertion, at: number): boolean {
    switch (node.kind) {
      case "start":
        return at === 0;
      case "end":
        return at === this.#text.length;
      case "word": {
        const isWord = (index: number): boolean => /^\w$/.test(this.#text[index] ?? "");
        return (isWord(at - 1) !== isWord(at)) !== node.negate;
      }
      case "lookahead":
      case "lookbehind":
        return this.either(node.alternatives, at, node.kind === "lookahead", () => true) !== node.negate;
    }
  }
}
