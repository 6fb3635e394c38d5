/** Parts of an automaton while it is built: where they begin and end, and in how many ways. */

/** By position: in how many ways an engine can get there. */
export type Ways = ReadonlyMap<number, number>;

export interface Fragment {
  readonly first: Ways;
  /** The same for ways that lead through `^`: open at the start of the text only. */
  readonly startFirst: Ways;
  readonly last: Ways;
  /** In how many ways it matches nothing; `startEmpty` leads through `^`. */
  readonly empty: number;
  readonly startEmpty: number;
  /** Positions from which its end is reached whatever follows: no assertion stands between. */
  readonly sureLast: ReadonlySet<number>;
  /** It matches nothing wherever it stands. */
  readonly sureEmpty: boolean;
}

const none: Ways = new Map();

export const empty: Fragment = {
  first: none,
  startFirst: none,
  last: none,
  empty: 1,
  startEmpty: 0,
  sureLast: new Set(),
  sureEmpty: true,
};

export function addWays(ways: Map<number, number>, position: number, more: number): void {
  if (more > 0) ways.set(position, clamp((ways.get(position) ?? 0) + more));
}

/** More ways than anybody needs to tell apart. */
function clamp(ways: number): number {
  return Math.min(ways, 1_000_000);
}

function sum(...parts: readonly (readonly [Ways, number])[]): Ways {
  const used = parts.filter(([ways, times]) => ways.size > 0 && times > 0);
  const [only] = used;
  if (only === undefined) return none;
  if (used.length === 1 && only[1] === 1) return only[0];
  const total = new Map<number, number>();
  for (const [ways, times] of used) {
    for (const [position, count] of ways) addWays(total, position, count * times);
  }
  return total;
}

export function either(parts: readonly Fragment[]): Fragment {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const all = (key: "first" | "startFirst" | "last"): Ways =>
    sum(...parts.map((part) => [part[key], 1] as const));
  return {
    first: all("first"),
    startFirst: all("startFirst"),
    last: all("last"),
    empty: clamp(parts.reduce((total, part) => total + part.empty, 0)),
    startEmpty: clamp(parts.reduce((total, part) => total + part.startEmpty, 0)),
    sureLast: parts.reduce<ReadonlySet<number>>((all, { sureLast }) => union(all, sureLast), new Set()),
    sureEmpty: parts.some((part) => part.sureEmpty),
  };
}

/** `a` and then `b`, whose positions are connected already. */
export function join(a: Fragment, b: Fragment): Fragment {
  return {
    first: sum([a.first, 1], [b.first, a.empty]),
    startFirst: sum([a.startFirst, 1], [b.startFirst, a.empty + a.startEmpty], [b.first, a.startEmpty]),
    last: sum([b.last, 1], [a.last, b.empty]),
    empty: clamp(a.empty * b.empty),
    startEmpty: clamp(a.empty * b.startEmpty + a.startEmpty * (b.empty + b.startEmpty)),
    sureLast: b.sureEmpty ? union(a.sureLast, b.sureLast) : b.sureLast,
    sureEmpty: a.sureEmpty && b.sureEmpty,
  };
}

/** It, or nothing. Another way to match nothing, for an engine tries both. */
export function optional(part: Fragment): Fragment {
  return { ...part, empty: clamp(part.empty + 1), sureEmpty: true };
}

function union(a: ReadonlySet<number>, b: ReadonlySet<number>): ReadonlySet<number> {
  if (a.size === 0) return b;
  return b.size === 0 ? a : new Set([...a, ...b]);
}
