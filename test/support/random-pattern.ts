/** Draws patterns out of the parts in which engines lose themselves, and texts that repeat themselves. */
import fc from "fast-check";

const { pattern } = fc.letrec<{ pattern: string; alternative: string; term: string; atom: string }>(
  (tie) => ({
    pattern: fc
      .array(tie("alternative"), { minLength: 1, maxLength: 3 })
      .map((alternatives) => alternatives.join("|")),
    alternative: fc.array(tie("term"), { maxLength: 4 }).map((terms) => terms.join("")),
    term: fc.oneof(
      { arbitrary: tie("atom"), weight: 3 },
      {
        arbitrary: fc
          .tuple(
            tie("atom"),
            fc.constantFrom("*", "+", "?", "{0,3}", "{2}", "{1,}", "{0,40}", "*?", "+?", "??"),
          )
          .map(([atom, quantifier]) => `${atom}${quantifier}`),
        weight: 4,
      },
      { arbitrary: fc.constantFrom("^", "$", "\\b", "\\B"), weight: 1 },
      {
        arbitrary: fc
          .tuple(fc.constantFrom("?=", "?!", "?<=", "?<!"), tie("pattern"))
          .map(([kind, body]) => `(${kind}${body})`),
        weight: 1,
      },
    ),
    atom: fc.oneof(
      { maxDepth: 3, depthIdentifier: "pattern" },
      fc.constantFrom("a", "b", "-", "[ab]", "[^a]", ".", "\\w", "\\s", "[^]"),
      tie("pattern").map((body) => `(?:${body})`),
    ),
  }),
);

/** Half of them from the start of the text, as most patterns of documents are. */
export const patternText = fc
  .tuple(fc.constantFrom("", "^(?:"), pattern, fc.constantFrom("", "$"))
  .map(([start, body, end]) => (start === "" ? `${body}${end}` : `${start}${body})${end}`));

const units = ["a", "b", "-", "ab", "aab", "a-"];

/** Texts that repeat one word, and then go wrong, or not. */
export function pumps(times: number): string[] {
  return units.flatMap((unit) => ["", "!", "\n"].map((end) => unit.repeat(times) + end));
}
