/** Reads the regular expressions of `pattern` and `patternProperties` (core §6.4: ECMA-262, with the `u` flag). */
import { RegExpParser, type AST } from "@eslint-community/regexpp";
import type { Finding } from "../../diagnostics/diagnostic.ts";
import type { Json } from "../../json/json.ts";
import { isExponential, isPolynomial, type Growth } from "./ambiguity.ts";
import { buildAutomaton, isAnchored, isEdge, type Automaton } from "./automaton.ts";

export interface Pattern {
  /** A regular expression literal. */
  readonly literal: string;
  /** Valid with the `u` flag, as the specification wants it. */
  readonly unicode: boolean;
  /** How matching time can grow with the length of the string. */
  readonly growth: Growth;
  /** Arguments of the `linearPattern` helper that matches the same in linear time; absent where none can. */
  readonly linear?: string;
}

const cache = new Map<string, Pattern | undefined>();

/** `undefined` where the text is no regular expression, with or without the flag. */
export function readPattern(source: string): Pattern | undefined {
  if (!cache.has(source)) cache.set(source, analyse(source));
  return cache.get(source);
}

function analyse(source: string): Pattern | undefined {
  for (const flags of ["u", ""]) {
    try {
      // `source` escapes slashes and line ends, so it stands safely between slashes.
      const literal = `/${new RegExp(source, flags).source}/${flags}`;
      const parsed = new RegExpParser().parsePattern(source, 0, source.length, { unicode: flags === "u" });
      return { literal, unicode: flags === "u", ...danger(parsed.alternatives, flags) };
    } catch {
      continue;
    }
  }
  return undefined;
}

function danger(alternatives: readonly AST.Alternative[], flags: string): Pick<Pattern, "growth" | "linear"> {
  const growth = growthOf(alternatives, (automaton) => automaton);
  if (growth === "linear") return { growth };
  const exact = buildAutomaton(alternatives, "exact");
  return exact?.exact === true ? { growth, linear: linearArguments(exact, flags) } : { growth };
}

function growthOf(
  alternatives: readonly AST.Alternative[],
  adapt: (automaton: Automaton) => Automaton,
): Growth {
  const loop = buildAutomaton(alternatives, "loop");
  const short = buildAutomaton(alternatives, "short");
  if (loop === undefined || short === undefined) return hasLoop(alternatives) ? "exponential" : "linear";
  const inner = loop.lookarounds.map((one) => lookaroundGrowth(one));
  if (isExponential(adapt(loop)) || inner.includes("exponential")) return "exponential";
  return isPolynomial(adapt(short)) || inner.includes("polynomial") ? "polynomial" : "linear";
}

/** Look-around is run at every place that the pattern tries it at. */
function lookaroundGrowth(node: AST.LookaroundAssertion): Growth {
  const growth = growthOf(node.alternatives, (automaton) => ({ ...automaton, anchoredStart: true }));
  if (growth !== "linear" || !hasLoop(node.alternatives)) return growth;
  const failsElsewhere = node.kind === "lookahead" && node.alternatives.every(isAnchored);
  return failsElsewhere || isTriedSeldom(node) ? "linear" : "polynomial";
}

/** Behind `^` and nothing that repeats without end there are few places. */
function isTriedSeldom(node: AST.Element): boolean {
  const { parent } = node;
  if (parent.type !== "Alternative") return false;
  const before = parent.elements.slice(0, parent.elements.indexOf(node));
  if (hasLoop(before.filter((one) => one.type !== "Assertion"))) return false;
  if (before.some((one) => isEdge(one, "start"))) return true;
  const outer = parent.parent;
  return (outer.type === "Group" || outer.type === "CapturingGroup") && isTriedSeldom(outer);
}

/** Is there a quantifier without end? */
function hasLoop(nodes: readonly AST.Node[]): boolean {
  return nodes.some((one) => /[*+]|\{\d+,\}/.test(one.raw.replace(/\\.|\[(?:\\.|[^\]\\])*\]/gs, "x")));
}

function linearArguments(automaton: Automaton, flags: string): string {
  const classes = [...new Set(automaton.positions.map((position) => position.source))];
  const list = (numbers: Iterable<number>): string => `[${[...numbers].join(", ")}]`;
  const positions = automaton.positions.map((one) => list([classes.indexOf(one.source), ...one.follow]));
  const sets = classes.map((one) => `/^${new RegExp(one, flags).source}$/${flags}`);
  return [
    `[${sets.join(", ")}]`,
    `[${positions.join(", ")}]`,
    list(automaton.first),
    list(automaton.last),
    String(automaton.nullable),
    String(automaton.anchoredStart),
    String(automaton.anchoredEnd),
    ...(automaton.boundedStart || automaton.boundedEnd
      ? [String(automaton.boundedStart), String(automaton.boundedEnd)]
      : []),
  ].join(", ");
}

/** Strings of at most this many characters are matched soon enough even in quadratic time. */
const boundedLength = 1000;

/** Does the schema's `maxLength`, which is checked before the pattern, keep a polynomial pattern cheap? */
export function isBounded(pattern: Pattern, maxLength: Json | undefined): boolean {
  return pattern.growth === "polynomial" && typeof maxLength === "number" && maxLength <= boundedLength;
}

/** What to say about a pattern whose time can explode. A bound on the string helps against polynomial time only. */
export function runaway({ growth, linear }: Pattern, shown: string): Omit<Finding, "pointer"> {
  const boundHelps = growth === "polynomial";
  const repetitions = boundHelps ? "overlapping repetitions" : "nested or overlapping repetitions";
  const bound = boundHelps
    ? `, or bound the string with a \`maxLength\` of at most ${String(boundedLength)}`
    : "";
  const start = `The pattern ${shown} can take ${growth} time on long strings`;
  if (linear === undefined) {
    return {
      code: "lockstep/pattern-backtracking",
      message: `${start}, and no safe matcher can take its place.`,
      fix: `Rewrite the pattern without ${repetitions}, look-around and back-references${bound}.`,
    };
  }
  return {
    code: "lockstep/pattern-replaced",
    message: `${start}; a slower matcher that cannot takes its place.`,
    fix: `Rewrite the pattern without ${repetitions}${boundHelps ? " and anchor it" : ""}${bound}.`,
  };
}
