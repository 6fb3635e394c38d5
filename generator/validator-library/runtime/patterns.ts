/** A matcher for patterns that would make a backtracking engine run away. */

/**
 * Matches like the regular expression that it was made from, in time linear in the text: it follows all ways at once.
 * Each position is the index of its character class, then the positions that may follow.
 */
export function linearPattern(
  classes: readonly RegExp[],
  positions: readonly (readonly number[])[],
  first: readonly number[],
  last: readonly number[],
  nullable: boolean,
  anchoredStart: boolean,
  anchoredEnd: boolean,
  boundedStart = false,
  boundedEnd = false,
): { test(text: string): boolean } {
  const accepts = new Set(last);
  const unicode = classes.every((one) => one.unicode);
  function test(text: string): boolean {
    if (nullable && (!anchoredStart || !anchoredEnd || text === "")) return true;
    let now = new Set<number>();
    let accepted = false;
    let begun = false;
    let afterWord = false;
    for (const char of unicode ? text : text.split("")) {
      const isWord = (boundedStart || boundedEnd) && /^[0-9A-Za-z_]$/.test(char);
      const atBoundary = isWord !== afterWord;
      if (accepted && !anchoredEnd && (atBoundary || !boundedEnd)) return true;
      if (!(begun && anchoredStart) && (atBoundary || !boundedStart)) for (const one of first) now.add(one);
      const matched = matchedPositions(now, positions, classes, char);
      accepted = matched.some((index) => accepts.has(index));
      now = new Set(matched.flatMap((index) => (positions[index] ?? []).slice(1)));
      begun = true;
      afterWord = isWord;
      if (anchoredStart && now.size === 0 && !accepted) return false;
    }
    return accepted && (afterWord || !boundedEnd);
  }
  return { test };
}

/** The positions that match a character; each class is asked once. */
export function matchedPositions(
  now: ReadonlySet<number>,
  positions: readonly (readonly number[])[],
  classes: readonly RegExp[],
  char: string,
): number[] {
  const matches = classes.map((one) => one.test(char));
  return [...now].filter((index) => matches[positions[index]?.[0] ?? 0] === true);
}
