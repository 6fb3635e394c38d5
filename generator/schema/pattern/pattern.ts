/** Reads the regular expressions of `pattern` and `patternProperties` (core §6.4: ECMA-262, with the `u` flag). */

export interface Pattern {
  /** As the author wrote it. */
  readonly source: string;
  /** A regular expression literal. */
  readonly literal: string;
  /** Valid with the `u` flag, as the specification wants it. */
  readonly unicode: boolean;
}

/** `undefined` where the text is no regular expression, with or without the flag. */
export function readPattern(source: string): Pattern | undefined {
  for (const flags of ["u", ""]) {
    try {
      // `source` escapes slashes and line ends, so it stands safely between slashes.
      return { source, literal: `/${new RegExp(source, flags).source}/${flags}`, unicode: flags === "u" };
    } catch {
      continue;
    }
  }
  return undefined;
}

export function isSafePattern(_pattern: Pattern): boolean {
  return true;
}
