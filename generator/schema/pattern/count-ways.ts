/** Follows all ways through an automaton at once, for every text, and counts them by state. */
import type { Ways } from "./fragment.ts";

export interface Graph {
  readonly follow: readonly Ways[];
  /** What is tried where the text begins. */
  readonly start: Ways;
  /** For each state the letters that lead into it. */
  readonly letters: readonly (readonly number[])[];
}

export interface Limits {
  /** Ways at once. */
  readonly ways: number;
  /** Steps of the count itself. */
  readonly steps: number;
  /** Characters of the longest text; endless where absent. */
  readonly length?: number;
}

/** Steps for all patterns of a run together, some seconds: what a document full of hostile patterns may cost. */
let stepsLeft = 10_000_000;

/** True if the number of simultaneous ways is within the limits for every text. `false` where the steps do not suffice to decide. */
export function staysWithin(graph: Graph, limits: Limits): boolean {
  const isWide = (ways: Ways): boolean => [...ways.values()].some((count) => count > limits.ways);
  if (isWide(graph.start) || graph.follow.some(isWide)) return false;
  const budget = { steps: Math.min(limits.steps, stepsLeft) };
  const before = budget.steps;
  const result = follow(graph, limits, budget);
  stepsLeft -= before - Math.max(budget.steps, 0);
  return result;
}

function follow(graph: Graph, limits: Limits, budget: { steps: number }): boolean {
  const seen = new Set<string>();
  const { length = Infinity } = limits;
  const open = after(graph, [[graph.start, 1]], budget).map((ways) => ({ ways, read: 1 }));
  for (let at = 0; at < open.length; at++) {
    // By length where that is limited; else the last, widest one first, for that soon tells what is beyond the limit.
    const { ways, read } = (length < Infinity ? open[at] : open.pop()) ?? {
      ways: new Map<number, number>(),
      read: length,
    };
    if (length === Infinity) at--;
    if (total(ways) > limits.ways) return false;
    if (read >= length || !isNew(seen, ways)) continue;
    const next = after(graph, exits(graph, ways), budget);
    if (budget.steps < 0) return false;
    next.sort((a, b) => total(a) - total(b));
    for (const one of next) open.push({ ways: one, read: read + 1 });
  }
  return budget.steps >= 0;
}

function total(ways: Ways): number {
  let sum = 0;
  for (const count of ways.values()) sum += count;
  return sum;
}

/** Counts above this are beyond every limit, so a key need not tell them apart. */
const manyWays = 0xffff;

function isNew(seen: Set<string>, ways: Ways): boolean {
  const states = Uint16Array.from(ways.keys()).sort();
  let key = "";
  for (const state of states) key += String.fromCharCode(state, Math.min(ways.get(state) ?? 0, manyWays));
  const size = seen.size;
  return seen.add(key).size > size;
}

type Exit = readonly [follow: Ways, count: number];

const nowhere: Ways = new Map<number, number>();

function exits({ follow }: Graph, ways: Ways): Exit[] {
  return [...ways].map(([state, count]) => [follow[state] ?? nowhere, count]);
}

/** Where the ways lead with one character more: for each letter the states that it reaches, if any. */
function after({ letters }: Graph, from: readonly Exit[], budget: { steps: number }): Ways[] {
  const byLetter = new Map<number, Map<number, number>>();
  for (const [follow, count] of from) {
    for (const [state, ways] of follow) {
      const read = letters[state] ?? [];
      budget.steps -= read.length + 1;
      if (budget.steps < 0) return [];
      for (const letter of read) {
        const reached = byLetter.get(letter) ?? new Map<number, number>();
        byLetter.set(letter, reached);
        reached.set(state, (reached.get(state) ?? 0) + count * ways);
      }
    }
  }
  return [...byLetter.values()];
}
