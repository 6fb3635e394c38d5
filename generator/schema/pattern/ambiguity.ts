/**
 * Can a backtracking engine need more than linear time? It can where the same text leads along two ways through a loop:
 * exponentially many ways (EDA) or polynomially many (IDA; Weber & Seidl 1991, Wüstholz et al. 2017). A search that
 * may begin anywhere counts as a loop before the pattern.
 */
import type { Automaton } from "./automaton.ts";
import { anyCharacter, overlap, type CharSet } from "./charset.ts";

export type Growth = "linear" | "polynomial" | "exponential";

/** Steps of analysis after which a pattern counts as dangerous. */
const budget = 300_000;

interface Graph {
  readonly sets: readonly CharSet[];
  readonly follow: readonly (readonly number[])[];
}

/** @param automaton built with repetition `loop` */
export function isExponential(automaton: Automaton): boolean {
  const graph = graphOf(automaton);
  const loops = loopStates(graph);
  const search = new Search(graph);
  const doubles = automaton.positions.some(({ doubled }, from) =>
    [...doubled].some((to) => loops.includes(from) && (from === to || search.reaches([to], [from], false))),
  );
  return doubles || loops.some((state) => search.reaches([state, state], [state, state], true));
}

/** @param automaton built with repetition `short` */
export function isPolynomial(automaton: Automaton): boolean {
  const graph = graphOf(automaton);
  const loops = loopStates(graph);
  const search = new Search(graph);
  return loops.some((p) => loops.some((q) => p !== q && search.reaches([p, p, q], [p, q, q], false)));
}

/**
 * The automaton, with a state that loops on everything before it where a match may begin anywhere; and without the
 * states that end the search with success, for nothing is tried again after those.
 */
function graphOf({ positions, first, last, anchoredStart, anchoredEnd }: Automaton): Graph {
  const sets = positions.map((position) => position.set);
  const goesOn = (state: number): boolean => anchoredEnd || !last.has(state);
  const follow = positions.map((position, state) =>
    goesOn(state) ? [...position.follow].filter(goesOn) : [],
  );
  if (anchoredStart) return { sets, follow };
  const start = positions.length;
  return { sets: [...sets, anyCharacter], follow: [...follow, [start, ...[...first].filter(goesOn)]] };
}

/** States that lead back to themselves. */
function loopStates(graph: Graph): number[] {
  return graph.sets.flatMap((_, state) => {
    const seen = new Set<number>();
    const queue = [...(graph.follow[state] ?? [])];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(...(graph.follow[next] ?? []));
    }
    return seen.has(state) ? [state] : [];
  });
}

/** Walks several copies of the graph at once, all reading the same characters. */
class Search {
  steps = 0;
  readonly #graph: Graph;
  readonly #compatible = new Map<number, boolean>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** @param apart the copies must part on their way */
  reaches(from: readonly number[], to: readonly number[], apart: boolean): boolean {
    const goal = `${to.join()} ${String(apart)}`;
    const seen = new Set<string>();
    const queue: { readonly states: readonly number[]; readonly parted: boolean }[] = [
      { states: from, parted: false },
    ];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const states of this.#next(at.states)) {
        if (this.steps++ > budget) return true;
        const parted = apart && (at.parted || states[0] !== states[1]);
        const key = `${states.join()} ${String(parted)}`;
        if (key === goal) return true;
        if (seen.has(key)) continue;
        seen.add(key);
        queue.push({ states, parted });
      }
    }
    return false;
  }

  #next(states: readonly number[]): number[][] {
    return states.reduce<number[][]>(
      (tuples, state) =>
        tuples.flatMap((tuple) =>
          (this.#graph.follow[state] ?? [])
            .filter((next) => tuple.every((other) => this.#share(other, next)))
            .map((next) => [...tuple, next]),
        ),
      [[]],
    );
  }

  /** Pairwise overlap; for three copies an upper bound, which only makes the answer more careful. */
  #share(a: number, b: number): boolean {
    const key = a < b ? a * 1e6 + b : b * 1e6 + a;
    const known = this.#compatible.get(key);
    if (known !== undefined) return known;
    const shared = overlap(this.#graph.sets[a] ?? [], this.#graph.sets[b] ?? []);
    this.#compatible.set(key, shared);
    return shared;
  }
}
