/** The extremes of a list, however long: as arguments of `Math.max`, a hundred thousand numbers overflow the stack. */

/** The greatest of the values and `least`. */
export function greatest(values: Iterable<number>, least = -Infinity): number {
  let found = least;
  for (const value of values) found = Math.max(found, value);
  return found;
}

/** The smallest of the values and `most`. */
export function smallest(values: Iterable<number>, most = Infinity): number {
  let found = most;
  for (const value of values) found = Math.min(found, value);
  return found;
}
