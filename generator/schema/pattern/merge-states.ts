/** Makes one state of those that nothing after them can tell apart: a count of ways stays the same, and is soon done. */
import { addWays, type Ways } from "./fragment.ts";

export interface States {
  readonly follow: readonly Ways[];
  /** What each state reads; equal texts are equal sets. */
  readonly reads: readonly string[];
  readonly start: Ways;
}

const passes = 3;

/** The same with the states that are left; their numbers stay, and those of others have no ways any more. */
export function mergeStates({ follow, reads, start }: States): Pick<States, "follow" | "start"> {
  let merged = follow;
  let first = start;
  for (let pass = 0; pass < passes; pass++) {
    const standIn = standIns(merged, reads);
    if (standIn.every((other, state) => other === state || merged[state]?.size === 0)) break;
    const moved = (ways: Ways): Ways => rename(ways, standIn);
    merged = merged.map((ways, state) => (standIn[state] === state ? moved(ways) : new Map()));
    first = moved(first);
  }
  return { follow: merged, start: first };
}

/** For each state the one that stands for it. From the end: what follows a state mostly has a higher number. */
function standIns(follow: readonly Ways[], reads: readonly string[]): readonly number[] {
  const standIn = follow.map((_, state) => state);
  const known = new Map<string, number>();
  for (let state = follow.length - 1; state >= 0; state--) {
    const ways = [...rename(follow[state] ?? new Map(), standIn)];
    const next = ways.map(([to, count]) => `${to === state ? "self" : to}*${count}`).sort();
    const key = `${reads[state]} ${next.join()}`;
    standIn[state] = known.get(key) ?? state;
    if (standIn[state] === state) known.set(key, state);
  }
  return standIn;
}

function rename(ways: Ways, standIn: readonly number[]): Ways {
  const renamed = new Map<number, number>();
  for (const [state, count] of ways) addWays(renamed, standIn[state] ?? state, count);
  return renamed;
}
