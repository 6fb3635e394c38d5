/** Tells whether a text matches a pattern of a document, without ever running the pattern in an engine that backtracks. */
import { linearPattern } from "../../validator-library/runtime/patterns.ts";
import { readPattern } from "./pattern.ts";
import { copiedSize } from "./structure.ts";

/** Characters times parts of the pattern that may be looked at: some tens of milliseconds. */
const maxWork = 2_000_000;

const matchers = new Map<string, ReturnType<typeof linearPattern>>();

/** `undefined` where the pattern is none, where only an engine could tell, or where telling could take too long. */
export function matchesPattern(source: string, text: string): boolean | undefined {
  const pattern = readPattern(source);
  const size = pattern?.alternatives.reduce((total, one) => total + copiedSize(one), 1) ?? 0;
  if (pattern?.linear === undefined || size * text.length > maxWork) return undefined;
  const { linear, flags } = pattern;
  const classes = linear.classes.map((one) => new RegExp(`^${one}$`, flags));
  const matcher = matchers.get(source) ?? linearPattern(classes, linear.tree);
  matchers.set(source, matcher);
  return matcher.test(text);
}
