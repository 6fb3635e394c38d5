/** Which strings patterns match, as far as it can be told from their text. */

const trivial = /^\^?(?:\.\*|\[\\s\\S\]\*|\[\\S\\s\]\*|\.\{0,\}|)\$?$/;

/** True if every string matches. Without `s`, `.` matches no line end, so an anchored `.*` is not one of them. */
export function isPatternTrivial(pattern: string): boolean {
  if (!trivial.test(pattern)) return false;
  return !(pattern.startsWith("^") && pattern.endsWith("$") && pattern.includes(".")) && pattern !== "^$";
}

/** True if every string that matches `inner` matches `outer`. */
export function patternIncluded(inner: string, outer: string): boolean {
  return inner === outer;
}
