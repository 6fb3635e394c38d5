/**
 * A pattern as an automaton without empty moves (Glushkov's construction): one state for each character that the
 * pattern writes. It counts in how many ways an engine can get from one state to the next.
 */
import { greatest, smallest } from "../../json/extremes.ts";
import type { AST } from "@eslint-community/regexpp";
import { addWays, either, empty, join, optional, type Fragment, type Ways } from "./fragment.ts";
import { charSetOf, anyCharacter, type CharNode, type CharSet } from "./charset.ts";
import { copiedSize, isAlwaysSet, lengthRange } from "./structure.ts";

export interface Position {
  readonly set: CharSet;
  readonly follow: Ways;
}

/**
 * What becomes of `x{n,m}`: `exact` copies it; `loop` takes a long one as endless, which only adds ways.
 */
export type Repetition = "exact" | "loop";

export interface Automaton extends Fragment {
  readonly positions: readonly Position[];
  /** Bodies of look-around, which run on their own. */
  readonly lookarounds: ReadonlySet<AST.LookaroundAssertion>;
  /** A long repetition was taken as endless. */
  readonly isSimplified: boolean;
}

export interface AutomatonOptions {
  readonly repetition: Repetition;
  readonly flags: string;
  /** Bodies of lookbehind are run from their end to their start. */
  readonly backward?: boolean;
}

/** Larger automata are not built: their analysis would cost more than it is worth. */
const maxPositions = 2000;
/** Moves from one position to another: `(a?){1000}` has half a million. */
const maxMoves = 40_000;
/** A repetition of at most this many copies is copied in a `loop` automaton, too. */
const fewCopies = 3;
/** In how many ways an optional part may match nothing. */
const maxEmpty = 16;

/** `undefined` where the pattern is too large, or `repetition` cannot count its ways. */
export function buildAutomaton(
  alternatives: readonly AST.Alternative[],
  options: AutomatonOptions,
): Automaton | undefined {
  const size = alternatives.reduce((total, one) => total + copiedSize(one), 0);
  if (options.repetition === "exact" && size > maxPositions) return undefined;
  const builder = new Builder(options);
  const whole = either(alternatives.map((one) => builder.sequence(one.elements)));
  if (builder.hasFailed) return undefined;
  const { positions, lookarounds, isSimplified } = builder;
  return { ...whole, positions, lookarounds, isSimplified };
}

class Builder {
  readonly positions: (Position & { readonly follow: Map<number, number> })[] = [];
  readonly lookarounds = new Set<AST.LookaroundAssertion>();
  isSimplified = false;
  #moves = 0;
  #isCountable = true;
  readonly #options: AutomatonOptions;

  constructor(options: AutomatonOptions) {
    this.#options = options;
  }

  /** What is built from here on counts for nothing. */
  get hasFailed(): boolean {
    return !this.#isCountable || this.positions.length > maxPositions || this.#moves > maxMoves;
  }

  sequence(elements: readonly AST.Element[]): Fragment {
    const ordered = this.#options.backward === true ? elements.toReversed() : elements;
    return ordered.reduce((before, element) => this.#join(before, this.#element(element)), empty);
  }

  #join(a: Fragment, b: Fragment): Fragment {
    this.#connect(a.last, b.first);
    this.#moves += b.empty > 0 ? a.last.size : 0;
    return this.hasFailed ? empty : join(a, b);
  }

  #connect(from: Ways, to: Ways): void {
    this.#moves += from.size * to.size;
    if (this.hasFailed) return;
    for (const [index, leaving] of from) {
      const follow = this.positions[index]?.follow;
      if (follow !== undefined) for (const [next, entering] of to) addWays(follow, next, leaving * entering);
    }
  }

  #element(element: AST.Element): Fragment {
    if (this.hasFailed) return empty;
    switch (element.type) {
      case "Character":
      case "CharacterSet":
      case "CharacterClass":
      case "ExpressionCharacterClass":
        return this.#character(element);
      case "Group":
      case "CapturingGroup":
        return either(element.alternatives.map((one) => this.sequence(one.elements)));
      case "Quantifier":
        return this.#quantifier(element);
      case "Backreference":
        return this.#backreference(element);
      case "Assertion":
        return this.#assertion(element);
    }
  }

  #character(node: CharNode): Fragment {
    return this.#position(charSetOf(node, this.#options.flags));
  }

  #position(set: CharSet): Fragment {
    const index = this.positions.push({ set, follow: new Map() }) - 1;
    const ways = new Map([[index, 1]]);
    return { ...empty, first: ways, last: ways, sureLast: new Set([index]), empty: 0, sureEmpty: false };
  }

  #assertion(node: AST.Assertion): Fragment {
    if (node.kind === "lookahead" || node.kind === "lookbehind") this.lookarounds.add(node);
    const unsure = { ...empty, sureEmpty: false };
    const isStart = node.kind === "start" && this.#options.backward !== true;
    return isStart ? { ...unsure, empty: 0, startEmpty: 1 } : unsure;
  }

  /** It repeats a text that is fixed by then: as many characters as its group can have, whichever they are. */
  #backreference(node: AST.Backreference): Fragment {
    const groups = Array.isArray(node.resolved) ? node.resolved : [node.resolved];
    const ranges = groups.map(lengthRange);
    const min = groups.every((group) => isAlwaysSet(group, node)) ? smallest(ranges.map(([n]) => n)) : 0;
    const max = greatest(ranges.map(([, n]) => n));
    const repeated = this.#repeat(() => this.#position(anyCharacter), min, max);
    return { ...repeated, sureLast: new Set(), sureEmpty: false };
  }

  #quantifier({ element, min, max }: AST.Quantifier): Fragment {
    return this.#repeat(() => this.#element(element), min, max);
  }

  /** `x{2,4}` as `xx(x(x)?)?`, `x{2,}` as `xxx*`. */
  #repeat(copy: () => Fragment, min: number, max: number): Fragment {
    const isLong =
      this.#options.repetition === "loop" && Math.max(min, max === Infinity ? 0 : max) > fewCopies;
    if (isLong) return this.#endless(copy, min);
    let result = empty;
    for (let n = 0; n < min && !this.hasFailed; n++) result = this.#join(result, copy());
    if (max === Infinity) return this.#join(result, this.#loop(copy()));
    return this.#join(result, this.#optionals(copy, max - min));
  }

  /** `(x(x)?)?` */
  #optionals(copy: () => Fragment, count: number): Fragment {
    const copies: Fragment[] = [];
    for (let n = 0; n < count && !this.hasFailed; n++) copies.push(copy());
    const [begin] = copies;
    if (begin === undefined) return empty;
    if (begin.empty + begin.startEmpty > 0)
      return copies.reduceRight((rest, one) => this.#optional(this.#join(one, rest)), empty);
    copies.slice(1).forEach((one, index) => {
      this.#connect(copies[index]?.last ?? new Map(), one.first);
    });
    return optional({ ...either(copies), first: begin.first, startFirst: begin.startFirst });
  }

  /** `x*`. A repetition that matches nothing is given up (ECMA-262 §22.2.2.3.1), so that each passage reads something. */
  #loop(body: Fragment): Fragment {
    this.#connect(body.last, body.first);
    return this.#optional(body);
  }

  #optional(body: Fragment): Fragment {
    // An engine tries each way in which an optional part matches nothing, and gives it up.
    if (body.empty + body.startEmpty > maxEmpty) this.#isCountable = false;
    return optional(body);
  }

  /** More ways than `x{min,max}` has: `x*`, after whose end nothing is sure where x has to come several times. */
  #endless(copy: () => Fragment, min: number): Fragment {
    this.isSimplified = true;
    const body = copy();
    // Repetitions that may match nothing share out a text among them in ways that a loop does not have.
    if (body.empty + body.startEmpty > 0 && min > 1) this.#isCountable = false;
    const loop = this.#loop(body);
    return min <= 1 ? loop : { ...loop, sureLast: new Set(), sureEmpty: false };
  }
}
