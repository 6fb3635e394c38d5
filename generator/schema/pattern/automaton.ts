/**
 * A pattern as an automaton without empty moves (Glushkov's construction): one state for each character that the
 * pattern writes. Answers whether matching can take more than linear time, and gives a matcher that never does.
 */
import type { AST } from "@eslint-community/regexpp";
import { anyCharacter, charSetOf, type CharSet } from "./charset.ts";

export interface Position {
  readonly set: CharSet;
  /** Source of the regular expression for this one character. */
  readonly source: string;
  readonly follow: Set<number>;
  /** Followers that it leads to along two ways: in a loop, each passage doubles the ways. */
  readonly doubled: Set<number>;
}

/**
 * What becomes of `x{n,m}`: `exact` copies it; `loop` takes many repetitions for endless ones, to find nested loops;
 * `short` keeps only a few, for repetitions that end cannot make polynomials of endless ones.
 */
export type Repetition = "exact" | "loop" | "short";
const many = 10;

export interface Automaton {
  readonly positions: readonly Position[];
  readonly first: ReadonlySet<number>;
  readonly last: ReadonlySet<number>;
  readonly nullable: boolean;
  /** Every alternative begins with `^` (look-around may stand before it), or ends with `$`. */
  readonly anchoredStart: boolean;
  readonly anchoredEnd: boolean;
  /** Every alternative begins, or ends, with `\b`. */
  readonly boundedStart: boolean;
  readonly boundedEnd: boolean;
  /** It matches exactly what the pattern matches: no look-around, back-reference or inner anchor was left out. */
  readonly exact: boolean;
  /** Bodies of look-around, which run on their own. */
  readonly lookarounds: readonly AST.LookaroundAssertion[];
}

/** Larger automata are not built: their analysis would cost more than it is worth. */
const maxPositions = 2000;
/** Moves from one position to another: `(a?){1000}` has half a million. */
const maxMoves = 40_000;

interface Fragment {
  readonly first: ReadonlySet<number>;
  readonly last: ReadonlySet<number>;
  readonly nullable: boolean;
}

const empty: Fragment = { first: new Set(), last: new Set(), nullable: true };

/** `undefined` where the pattern is too large. */
export function buildAutomaton(
  alternatives: readonly AST.Alternative[],
  repetition: Repetition,
): Automaton | undefined {
  const builder = new Builder(repetition);
  const atStart = alternatives.map(({ elements }) => elements[0]);
  const atEnd = alternatives.map(({ elements }) => elements.at(-1));
  const anchoredStart = alternatives.every(isAnchored);
  const anchoredEnd = atEnd.every((one) => isEdge(one, "end"));
  const boundedStart = atStart.every(isBoundary);
  const boundedEnd = atEnd.every(isBoundary);
  const edges = [anchoredStart, anchoredEnd, boundedStart, boundedEnd].filter(Boolean).length;
  const whole = builder.either(
    alternatives.map((one) => {
      const elements = one.elements.filter(
        (element) => !isEdge(element, "start") && !isEdge(element, "end") && !isBoundary(element),
      );
      // One that is not at its edge, or not in every alternative, is left out: then the automaton is not exact.
      if (one.elements.length - elements.length !== edges) builder.exact = false;
      return builder.sequence(elements);
    }),
  );
  // Where nothing at all may stand between two boundaries, there is no character to follow.
  if (whole.nullable && (boundedStart || boundedEnd)) builder.exact = false;
  if (builder.isTooLarge) return undefined;
  const { positions, exact, lookarounds } = builder;
  return { positions, ...whole, anchoredStart, anchoredEnd, boundedStart, boundedEnd, exact, lookarounds };
}

/** Does it match at the very start only? */
export function isAnchored({ elements }: AST.Alternative): boolean {
  return isEdge(
    elements.find((one) => !isLookaround(one)),
    "start",
  );
}

function isLookaround(element: AST.Element): element is AST.LookaroundAssertion {
  return element.type === "Assertion" && (element.kind === "lookahead" || element.kind === "lookbehind");
}

/** `\b` */
function isBoundary(element: AST.Element | undefined): boolean {
  return element?.type === "Assertion" && element.kind === "word" && !element.negate;
}

export function isEdge(element: AST.Element | undefined, kind: "start" | "end"): boolean {
  return element?.type === "Assertion" && element.kind === kind;
}

class Builder {
  readonly positions: Position[] = [];
  readonly lookarounds: AST.LookaroundAssertion[] = [];
  exact = true;
  #moves = 0;
  readonly #repetition: Repetition;

  constructor(repetition: Repetition) {
    this.#repetition = repetition;
  }

  /** What is built from here on counts for nothing. */
  get isTooLarge(): boolean {
    return this.positions.length > maxPositions || this.#moves > maxMoves;
  }

  either(parts: readonly Fragment[]): Fragment {
    return {
      first: new Set(parts.flatMap((part) => [...part.first])),
      last: new Set(parts.flatMap((part) => [...part.last])),
      nullable: parts.some((part) => part.nullable),
    };
  }

  sequence(elements: readonly AST.Element[]): Fragment {
    return elements.reduce((before, element) => this.#join(before, this.#element(element)), empty);
  }

  #join(a: Fragment, b: Fragment): Fragment {
    this.#connect(a.last, b.first);
    return {
      first: a.nullable ? new Set([...a.first, ...b.first]) : a.first,
      last: b.nullable ? new Set([...a.last, ...b.last]) : b.last,
      nullable: a.nullable && b.nullable,
    };
  }

  #connect(from: ReadonlySet<number>, to: ReadonlySet<number>): void {
    this.#moves += from.size * to.size;
    if (this.isTooLarge) return;
    for (const index of from) {
      const position = this.positions[index];
      for (const next of to) (position?.follow.has(next) ? position.doubled : position?.follow)?.add(next);
    }
  }

  #element(element: AST.Element): Fragment {
    if (this.isTooLarge) return empty;
    switch (element.type) {
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
      case "ExpressionCharacterClass":
        return this.#position(charSetOf(element), element.raw);
      case "Group":
        if (element.modifiers !== null) this.exact = false;
        return this.either(element.alternatives.map((one) => this.sequence(one.elements)));
      case "CapturingGroup":
        return this.either(element.alternatives.map((one) => this.sequence(one.elements)));
      case "Quantifier":
        return this.#quantifier(element);
      case "Backreference":
        this.exact = false;
        // It repeats a text that is fixed by then: one way only, whatever its length.
        return { ...this.#position(anyCharacter, "[^]"), nullable: true };
      case "Assertion":
        this.exact = false;
        if (isLookaround(element)) this.lookarounds.push(element);
        return empty;
    }
  }

  #position(set: CharSet, source: string): Fragment {
    const index = this.positions.push({ set, source, follow: new Set(), doubled: new Set() }) - 1;
    return { first: new Set([index]), last: new Set([index]), nullable: false };
  }

  #loop(body: Fragment): Fragment {
    this.#connect(body.last, body.first);
    return body;
  }

  /** `x{2,4}` as `xx(x(x)?)?`, `x{2,}` as `xx` with a loop on the last. */
  #quantifier({ element, min, max }: AST.Quantifier): Fragment {
    const endless = max === Infinity || (this.#repetition === "loop" && max >= many);
    const few = this.#repetition === "exact" ? Infinity : 2;
    const copies = Math.min(endless ? Math.max(min, 1) : max, few);
    let result = empty;
    for (let n = 1; n <= copies && !this.isTooLarge; n++) {
      const copy = this.#element(element);
      const body = n === copies && endless ? this.#loop(copy) : copy;
      // Repetitions that may be empty can share out a text among them in exponentially many ways.
      if (endless && max !== Infinity && copy.nullable)
        for (const one of copy.first) this.#connect(new Set([one]), copy.first);
      result = this.#join(result, n <= min ? body : { ...body, nullable: true });
    }
    return result;
  }
}
