/** A matcher for patterns that would make a backtracking engine run away. */

export const patternHelpers = {
  linearPattern: {
    uses: [],
    source: String.raw`
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
    let next = new Set<number>();
    let accepted = false;
    let begun = false;
    let afterWord = false;
    for (const char of unicode ? text : text.split("")) {
      const isWord = (boundedStart || boundedEnd) && /^[0-9A-Za-z_]$/.test(char);
      const atBoundary = isWord !== afterWord;
      if (accepted && !anchoredEnd && (atBoundary || !boundedEnd)) return true;
      const matches = classes.map((one) => one.test(char));
      const now = next;
      if (!(begun && anchoredStart) && (atBoundary || !boundedStart)) for (const one of first) now.add(one);
      next = new Set();
      accepted = false;
      begun = true;
      afterWord = isWord;
      for (const index of now) {
        const [kind = 0, ...follow] = positions[index] ?? [];
        if (matches[kind] !== true) continue;
        accepted ||= accepts.has(index);
        for (const one of follow) next.add(one);
      }
      if (anchoredStart && next.size === 0 && !accepted) return false;
    }
    return accepted && (afterWord || !boundedEnd);
  }
  return { test };
}`,
  },
} as const;
