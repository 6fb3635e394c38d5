/** Numbers, strings and sizes worth trying: on the borders of both schemas. */
import type { Json } from "../../json/json.ts";
import { patternExamples } from "./pattern-examples.ts";
import type { Conjunction } from "./side.ts";
import { formatExamples } from "./text.ts";
import { unique } from "./unique-values.ts";

/** Longest string that is made; longer ones only where the two sides set different bounds. */
const usualLength = 300;
const maxLength = 10_000;

/** Every bound that either side sets with one of these keywords. */
function borders(all: Conjunction, hint: Conjunction, names: readonly string[]): number[] {
  const parts = [...all.parts, ...hint.parts];
  return parts
    .flatMap((part) => names.map((name) => part[name]))
    .filter((bound) => typeof bound === "number");
}

/** Sizes on the borders of both sides, up to `usual` where the sides set the same ones, else up to `most`. */
export function sizes(
  all: Conjunction,
  hint: Conjunction,
  names: readonly string[],
  usual: number,
  most: number,
): number[] {
  const set = borders(all, hint, names);
  const isSame = names.every((name) => bound(all, name) === bound(hint, name));
  return set
    .flatMap((size) => [size, size - 1, size + 1])
    .filter((size) => size >= 0 && size <= (isSame ? usual : most));
}

function bound({ parts }: Conjunction, name: string): Json | undefined {
  return parts.find((part) => part[name] !== undefined)?.[name];
}

export function numbers(all: Conjunction, hint: Conjunction, whole: boolean): Json[] {
  const set = borders(all, hint, [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
  ]);
  const around = set.flatMap((limit) => [limit, limit - 1, limit + 1, limit * 2]);
  return unique([
    1,
    0,
    -1,
    ...(whole ? [] : [0.5, ...set.flatMap((limit) => [limit + 0.5, limit / 2])]),
    ...around,
  ]);
}

export function strings(all: Conjunction, hint: Conjunction): Json[] {
  const lengths = sizes(all, hint, ["minLength", "maxLength"], usualLength, maxLength);
  const patterns = [...all.parts, ...hint.parts].map((part) => patternExamples(part["pattern"]));
  const sized = lengths.flatMap((length) => [
    "a".repeat(length),
    ...patterns.flatMap((pattern) => pattern.ofLength(length) ?? []),
  ]);
  const matching = patterns.flatMap(({ texts }) => texts);
  return unique(["a", "", ...sized, ...matching, ...formatExamples, "A1", "1", "a b"]);
}
