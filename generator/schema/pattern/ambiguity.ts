/**
 * How many ways a backtracking engine can be trying at once, in the worst text. An engine never tries a way twice, so
 * its time is bounded by the ways that read each beginning of the text. All ways are followed at once, counted by state;
 * where every text leads to a small count, time is linear. Whatever cannot be counted within the budget is dangerous.
 */
import type { Automaton, Position } from "./automaton.ts";
import { anyCharacter } from "./charset.ts";
import { staysWithin, type Graph, type Limits } from "./count-ways.ts";
import type { Ways } from "./fragment.ts";
import { lettersOf } from "./letters.ts";
import { mergeStates } from "./merge-states.ts";

/** Ways at once that are few: the time for each character of a text. */
const fewWays = 128;

const linear: Limits = { ways: fewWays, steps: 200_000 };

/** True if there are few ways to try, wherever in a text the match begins. */
export function hasFewWays(automaton: Automaton, isSearch: boolean, limits: Limits = linear): boolean {
  const { empty, startEmpty, positions } = automaton;
  if (empty + startEmpty > fewWays) return false;
  const sets = [...positions.map(({ set }) => set), anyCharacter];
  const letters = lettersOf(sets);
  const reads = sets.map((set) => set.join(";"));
  const areFew = (graph: Omit<Graph, "letters">): boolean =>
    staysWithin({ ...mergeStates({ ...graph, reads }), letters }, limits);
  return areFew(oneMatch(automaton)) && (!isSearch || automaton.sureEmpty || areFew(failures(automaton)));
}

/**
 * Ways of a match that begins at one place, without the states after which nothing can fail: those lead to success, with
 * one way through the text.
 */
function oneMatch({ positions, first, startFirst, sureLast }: Automaton): Omit<Graph, "letters"> {
  const safe = neverFailing(positions, sureLast);
  return {
    follow: positions.map(({ follow }, state) => (safe.has(state) ? new Map() : follow)),
    start: add(first, startFirst),
  };
}

function neverFailing(positions: readonly Position[], sure: ReadonlySet<number>): ReadonlySet<number> {
  const safe = new Set(sure);
  for (let size = -1; size !== safe.size;) {
    size = safe.size;
    for (const state of safe) {
      const { follow = new Map<number, number>() } = positions[state] ?? {};
      if ([...follow.keys()].some((next) => !safe.has(next))) safe.delete(state);
    }
  }
  return safe;
}

/**
 * Ways of matches that begin at any place and fail. None of them reaches a state that makes success sure, for with that
 * the search ends. The state before the match reads everything.
 */
function failures({ positions, first, startFirst, sureLast }: Automaton): Omit<Graph, "letters"> {
  const open = (ways: Ways): Ways => new Map([...ways].filter(([state]) => !sureLast.has(state)));
  const before = positions.length;
  const follow = positions.map((position) => open(position.follow));
  const begin = new Map([...open(first), [before, 1]]);
  return { follow: [...follow, first.size > 0 ? begin : new Map()], start: add(begin, open(startFirst)) };
}

function add(a: Ways, b: Ways): Ways {
  const total = new Map(a);
  for (const [state, count] of b) total.set(state, (total.get(state) ?? 0) + count);
  return total;
}
