/** Whether a backtracking engine can need more than linear time for a pattern. */
import type { AST } from "@eslint-community/regexpp";
import { hasFewWays } from "./ambiguity.ts";
import { buildAutomaton, type Automaton, type AutomatonOptions } from "./automaton.ts";
import type { Limits } from "./count-ways.ts";
import { fewCharacters, isAnchored, isTriedSeldom, maxLength } from "./structure.ts";

/**
 * True only if it is proven that the time of a search is bounded by the length of the text times a small number.
 * @param limits other than those for texts of any length
 */
export function isLinear(alternatives: readonly AST.Alternative[], flags: string, limits?: Limits): boolean {
  const isSearch = !alternatives.every(isAnchored);
  return isQuick(alternatives, { flags, backward: false }, isSearch, limits);
}

function isQuick(
  alternatives: readonly AST.Alternative[],
  options: Omit<AutomatonOptions, "repetition">,
  isSearch: boolean,
  limits: Limits | undefined,
): boolean {
  const simple = buildAutomaton(alternatives, { ...options, repetition: "loop" });
  const holds = (automaton: Automaton | undefined): boolean =>
    automaton !== undefined &&
    hasFewWays(automaton, isSearch, limits) &&
    [...automaton.lookarounds].every((one) => isQuickLookaround(one, options.flags));
  if (holds(simple)) return true;
  // The real number of copies has fewer ways than endless repetition.
  return (
    simple?.isSimplified !== false && holds(buildAutomaton(alternatives, { ...options, repetition: "exact" }))
  );
}

/** The body of look-around is run wherever it is tried: at few places, or it has to be over soon. */
function isQuickLookaround(node: AST.LookaroundAssertion, flags: string): boolean {
  const { alternatives, kind } = node;
  const isShort = maxLength(alternatives) <= fewCharacters;
  const failsElsewhere = kind === "lookahead" && alternatives.every(isAnchored);
  const backward = kind === "lookbehind";
  return (
    (isShort || failsElsewhere || isTriedSeldom(node)) &&
    isQuick(alternatives, { flags, backward }, false, undefined)
  );
}
