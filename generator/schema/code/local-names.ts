/** Names of local variables inside one generated function: readable, unique, and never in the way of anything else. */
import { isHelperName } from "./library.ts";

/** Reserved words, globals and parameters that generated functions use. */
const taken = new Set(
  (
    "abstract any arguments Array as asserts async at await boolean break case catch check class collect const " +
    "continue debugger declare default delete depth do else enum eval export extends false finally for from " +
    "function get globalThis if implements import in Infinity instanceof interface is issues keyof let limit " +
    "Math module NaN namespace never new null number Number object Object of ok out package private protected " +
    "public require return seen Set set static string String super switch symbol this throw true try type typeof " +
    "undefined unique unknown value var void walk while with yield"
  ).split(" "),
);

export class LocalNames {
  readonly #used = new Map<string, number>();

  /** A name that resembles `wish`; anything that is not a plain ASCII identifier becomes `fallback`. */
  fresh(wish: string, fallback = "part"): string {
    const base = /^[A-Za-z]\w{0,30}$/.test(wish) && !isClaimed(wish) ? wish : fallback;
    const count = (this.#used.get(base) ?? 0) + 1;
    this.#used.set(base, count);
    return count === 1 ? base : `${base}_${String(count)}`;
  }
}

/** Names with `_1` at their end are ours; `okX`, `walkX` are functions, `values1`, `pattern1` constants of the module. */
function isClaimed(name: string): boolean {
  return (
    taken.has(name) || isHelperName(name) || /_\d+$|^(ok|walk|is|check|collect)[^a-z]|^[a-z]+\d+$/.test(name)
  );
}
