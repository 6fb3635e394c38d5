/** Reads the regular expressions of `pattern` and `patternProperties` (core §6.4: ECMA-262, with the `u` flag). */
import { RegExpParser, type AST } from "@eslint-community/regexpp";
import type { Finding } from "../../diagnostics/diagnostic.ts";
import { excerpt } from "../../diagnostics/printable.ts";
import type { Json } from "../../json/json.ts";
import { translatePattern } from "./dialect.ts";
import { isLinear } from "./growth.ts";
import { linearTree, type LinearTree } from "./linear-tree.ts";

export interface Pattern {
  /** A regular expression literal. */
  readonly literal: string;
  /** `u`, as the specification wants it, or empty where the text is a regular expression only without it. */
  readonly flags: string;
  /** Written in another dialect; `literal` means the same in ECMA-262. */
  readonly isTranslated: boolean;
  readonly alternatives: readonly AST.Alternative[];
  /** Proven: an engine that backtracks takes time linear in the length of the string. */
  readonly isLinear: boolean;
  /** The pattern for a matcher that always takes linear time; absent where that cannot do what the pattern does. */
  readonly linear?: LinearTree;
}

const cache = new Map<string, Pattern | undefined>();

/** `undefined` where the text is not a regular expression, with or without the flag. */
export function readPattern(source: string): Pattern | undefined {
  if (!cache.has(source)) cache.set(source, analyse(source));
  return cache.get(source);
}

/** By the letter of ECMA-262, else as another dialect has it, else as browsers read it without the flag. */
function analyse(source: string): Pattern | undefined {
  const translated = translatePattern(source);
  return (
    compile(source, "u") ??
    (translated === undefined ? undefined : compile(translated.source, `${translated.flags}u`, true)) ??
    compile(source, "")
  );
}

function compile(source: string, flags: string, isTranslated = false): Pattern | undefined {
  try {
    // `source` escapes slashes and line ends, so it stands safely between slashes.
    const literal = `/${new RegExp(source, flags).source}/${flags}`;
    const parsed = new RegExpParser().parsePattern(source, 0, source.length, {
      unicode: flags.includes("u"),
    });
    const { alternatives } = parsed;
    const linear = linearTree(alternatives);
    const common = { literal, flags, isTranslated, alternatives, isLinear: isLinear(alternatives, flags) };
    return linear === undefined ? common : { ...common, linear };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** The arguments of `linearPattern`, as source text. */
export function linearArguments({ classes, tree }: LinearTree, flags: string): string {
  const literals = classes.map((one) => `/^${new RegExp(one, flags).source}$/${flags}`);
  return `[${literals.join(", ")}], ${JSON.stringify(tree)}`;
}

/** Strings of at most this many characters may be short enough for patterns that are not linear. */
const boundedLength = 1000;
/** Ways at once that are few enough for short strings: a million or two for the longest. */
const bounded = { ways: 2000, steps: 200_000 };

const boundedBy = new Map<string, boolean>();

/** True if the schema's `maxLength`, which is checked before the pattern, provably keeps the pattern's time small. */
export function isBounded(pattern: Pattern, maxLength: Json | undefined): boolean {
  if (typeof maxLength !== "number" || !(maxLength >= 0 && maxLength <= boundedLength)) return false;
  const key = `${maxLength} ${pattern.literal}`;
  const known = boundedBy.get(key);
  if (known !== undefined) return known;
  const { alternatives, flags } = pattern;
  const isShort = isLinear(alternatives, flags, { ...bounded, length: maxLength });
  boundedBy.set(key, isShort);
  return isShort;
}

/** What to say about a pattern whose time can explode. */
export function runaway(pattern: Pattern, shown: string): Omit<Finding, "pointer"> {
  const bound = isBounded(pattern, boundedLength)
    ? `, or bound the string with a \`maxLength\` of at most ${boundedLength}`
    : "";
  const start = `The time for the pattern ${shown} can grow much faster than the string`;
  if (pattern.linear === undefined) {
    return {
      code: "lockstep/pattern-backtracking",
      message: `${start}, and no safe matcher can take its place.`,
      fix: `Rewrite the pattern without nested or overlapping repetitions and back-references${bound}.`,
    };
  }
  return {
    code: "lockstep/pattern-replaced",
    message: `${start}; a slower matcher that cannot takes its place.`,
    fix: `Rewrite the pattern without nested or overlapping repetitions${bound}.`,
  };
}

/** What to say about a pattern of another dialect. */
export function translated({ literal }: Pattern, shown: string): Omit<Finding, "pointer"> {
  const message = `The pattern ${shown} is read as ${JSON.stringify(excerpt(literal))}.`;
  return { code: "lockstep/pattern-dialect", message };
}
