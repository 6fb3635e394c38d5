/** "Did you mean …?": the known name that a misspelt one is nearest to. */

/** The nearest of `known` within a third of the name's length, in edits (Levenshtein); `undefined` where none is near. */
export function suggest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let fewest = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (edits < fewest) {
      fewest = edits;
      best = candidate;
    }
  }
  return best;
}

/** Edits that turn one word into the other; words are cut at 64 characters, which bounds the work. */
function distance(from: string, to: string): number {
  const source = from.slice(0, 64);
  const target = to.slice(0, 64);
  let row = Array.from({ length: target.length + 1 }, (_, index) => index);
  for (let i = 0; i < source.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < target.length; j++) {
      const substitution = (row[j] ?? 0) + (source[i] === target[j] ? 0 : 1);
      next.push(Math.min(substitution, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[target.length] ?? 0;
}
