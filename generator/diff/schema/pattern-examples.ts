/** Strings that a pattern should match, on the borders of what it allows. Whoever uses them has to check them: guesses. */
import { RegExpParser } from "@eslint-community/regexpp";
import type { Json } from "../../json/json.ts";
import { buildAutomaton } from "../../schema/pattern/automaton.ts";
import type { CharSet } from "../../schema/pattern/charset.ts";

/** Strings of one pattern. */
const maxExamples = 40;
/** States times characters that a string of a given length may cost. */
const maxCells = 200_000;
/** What a reader takes in at a glance, in this order. */
const plain = ["a", "A", "0", "-", "_", " ", "é"];

export interface PatternExamples {
  /** The shortest first; then one for each move of the pattern, so that every repetition and alternative comes up. */
  readonly texts: readonly string[];
  /** A string of this many characters; `undefined` where there is none. */
  ofLength(length: number): string | undefined;
}

interface Automaton {
  readonly positions: readonly { readonly set: CharSet; readonly follow: readonly number[] }[];
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly nullable: boolean;
}

const none: PatternExamples = { texts: [], ofLength: () => undefined };
const cache = new Map<Json, PatternExamples>();

/** None for what is not a pattern, or too large. */
export function patternExamples(pattern: Json | undefined): PatternExamples {
  if (typeof pattern !== "string") return none;
  const known = cache.get(pattern) ?? examplesOf(pattern);
  cache.set(pattern, known);
  return known;
}

function examplesOf(pattern: string): PatternExamples {
  const automaton = automatonOf(pattern);
  if (automaton === undefined) return none;
  const to = shortestTo(automaton);
  const from = shortestFrom(automaton);
  const ways = moves(automaton).flatMap(([before, next]) => {
    const [start, end] = [before === undefined ? [] : to.get(before), from.get(next)];
    return start === undefined || end === undefined ? [] : [[...start, ...end]];
  });
  const paths = [...(automaton.nullable ? [[]] : []), ...ways.sort((a, b) => a.length - b.length)];
  const shortest = paths[0] ?? [];
  const texts = [...paths.map((path) => spell(automaton, path)), ...variants(automaton, shortest)];
  return {
    texts: [...new Set(texts)].slice(0, maxExamples),
    ofLength: (length) => {
      const path = pathOfLength(automaton, length);
      return path === undefined ? undefined : spell(automaton, path);
    },
  };
}

function automatonOf(pattern: string): Automaton | undefined {
  try {
    const parsed = new RegExpParser().parsePattern(pattern, 0, pattern.length, { unicode: true });
    const built = buildAutomaton(parsed.alternatives, { repetition: "exact", flags: "u" });
    if (built === undefined) return undefined;
    return {
      positions: built.positions.map(({ set, follow }) => ({ set, follow: [...follow.keys()] })),
      first: [...built.first.keys(), ...built.startFirst.keys()],
      last: [...built.last.keys()],
      nullable: built.empty + built.startEmpty > 0,
    };
  } catch {
    return undefined;
  }
}

/** From nothing to each first position, and from each position to each that may follow. */
function moves({ positions, first }: Automaton): (readonly [from: number | undefined, to: number])[] {
  return [
    ...[...first].map((to) => [undefined, to] as const),
    ...positions.flatMap(({ follow }, from) => [...follow].map((to) => [from, to] as const)),
  ];
}

/** The shortest way to each position, itself included. */
function shortestTo({ positions, first }: Automaton): ReadonlyMap<number, readonly number[]> {
  const paths = new Map<number, readonly number[]>([...first].map((position) => [position, [position]]));
  // A map is walked in the order in which it grows: breadth first.
  for (const [position, path] of paths) {
    for (const next of positions[position]?.follow ?? []) {
      if (!paths.has(next)) paths.set(next, [...path, next]);
    }
  }
  return paths;
}

/** The shortest way from each position, itself included, to an end. */
function shortestFrom({ positions, last }: Automaton): ReadonlyMap<number, readonly number[]> {
  const before = positions.map((): number[] => []);
  positions.forEach(({ follow }, from) => {
    for (const to of follow) before[to]?.push(from);
  });
  const paths = new Map<number, readonly number[]>([...last].map((position) => [position, [position]]));
  for (const [position, path] of paths) {
    for (const previous of before[position] ?? []) {
      if (!paths.has(previous)) paths.set(previous, [previous, ...path]);
    }
  }
  return paths;
}

function pathOfLength({ positions, first, last }: Automaton, length: number): number[] | undefined {
  if (length < 1 || length * positions.length > maxCells) return undefined;
  // `ends[n]`: positions after which n characters more can complete a match.
  const ends: Set<number>[] = [new Set(last)];
  for (let more = 1; more < length; more++) {
    const reached = ends[more - 1] ?? new Set();
    const able = positions.flatMap(({ follow }, at) =>
      [...follow].some((to) => reached.has(to)) ? [at] : [],
    );
    ends.push(new Set(able));
  }
  const path: number[] = [];
  for (let more = length - 1; more >= 0; more--) {
    const at = path.at(-1);
    const choices = at === undefined ? first : (positions[at]?.follow ?? []);
    const next = [...choices].find((position) => ends[more]?.has(position));
    if (next === undefined) return undefined;
    path.push(next);
  }
  return path;
}

function spell({ positions }: Automaton, path: readonly number[], choose = characters): string {
  return path.map((position) => choose(positions[position]?.set ?? [])[0] ?? "").join("");
}

/** The same way with other characters: one kind throughout, and the borders of each set in turn. */
function variants(automaton: Automaton, path: readonly number[]): string[] {
  const uniform = plain.map((wanted) =>
    spell(automaton, path, (set) => (holds(set, wanted) ? [wanted] : characters(set))),
  );
  const borders = path.flatMap((position, index) => {
    const [start, end] = [path.slice(0, index), path.slice(index + 1)];
    return characters(automaton.positions[position]?.set ?? []).map(
      (character) => spell(automaton, start) + character + spell(automaton, end),
    );
  });
  return [...uniform, ...borders];
}

/** Characters of a set worth trying: plain ones, then the ends of its ranges where they can be printed. */
function characters(set: CharSet): string[] {
  const usual = plain.filter((character) => holds(set, character));
  const ends = set
    .flat()
    .filter(isPrintable)
    .map((code) => String.fromCodePoint(code));
  const any = set.flat().filter((code) => code < 0xd800 || code > 0xdfff);
  return [
    ...usual,
    ...ends,
    ...(usual.length + ends.length > 0 ? [] : any.map((code) => String.fromCodePoint(code))),
  ];
}

function holds(set: CharSet, character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return set.some(([from, to]) => from <= code && code <= to);
}

function isPrintable(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}
