/** The letters of a pattern: characters that the pattern cannot tell apart count as one. */
import type { CharSet } from "./charset.ts";

/** More letters than this are not compared with each other. */
const manyLetters = 150;

/**
 * For each set the numbers of the letters in it. A letter that another one can stand for, because that is in all of its
 * sets and more, is left out: whoever looks for the worst text does not need it.
 */
export function lettersOf(sets: readonly CharSet[]): readonly (readonly number[])[] {
  const texts = sets.map((set) => set.join(";"));
  const different = [...new Set(texts)];
  const letters = worstLetters(memberships(different.map((text) => sets[texts.indexOf(text)] ?? [])));
  const members = different.map((_, index) =>
    letters.flatMap((letter, number) => (letter.has(index) ? [number] : [])),
  );
  const byText = new Map(different.map((text, index) => [text, members[index] ?? []]));
  return texts.map((text) => byText.get(text) ?? []);
}

/** Each combination of sets that some character is in. */
function memberships(sets: readonly CharSet[]): ReadonlySet<number>[] {
  const edges = sets.flatMap((ranges, set) =>
    ranges.flatMap(([from, to]) => [
      { at: from, set, opens: true },
      { at: to + 1, set, opens: false },
    ]),
  );
  edges.sort((a, b) => a.at - b.at);
  const found = new Map<string, ReadonlySet<number>>();
  const open = new Set<number>();
  edges.forEach(({ at, set, opens }, index) => {
    if (opens) open.add(set);
    else open.delete(set);
    // Between two edges all characters are in the same sets.
    if (edges[index + 1]?.at !== at && open.size > 0)
      found.set([...open].sort((a, b) => a - b).join(), new Set(open));
  });
  return [...found.values()];
}

function worstLetters(letters: readonly ReadonlySet<number>[]): readonly ReadonlySet<number>[] {
  if (letters.length > manyLetters) return letters;
  return letters.filter((one) => !letters.some((other) => other.size > one.size && isSubset(one, other)));
}

function isSubset(part: ReadonlySet<number>, whole: ReadonlySet<number>): boolean {
  return [...part].every((member) => whole.has(member));
}
