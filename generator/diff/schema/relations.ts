/** How two schemas relate, by proof and by value; each pair is asked once. */
import type { Json } from "../../json/json.ts";
import type { Direction } from "./difference.ts";
import { conjunctionKey } from "./node.ts";
import { refute } from "./refute.ts";
import type { Conjunction } from "./side.ts";
import { Proof, type SubsetOptions } from "./subset.ts";

/** Steps of a proof about a whole union, before its alternatives are looked at one by one. */
const quickSteps = 400;

export type Same = (base: Json, revision: Json) => boolean;

export class Relations {
  readonly #direction: Direction;
  readonly #known = new Map<string, boolean>();
  readonly #any: Proof;
  readonly #declared: Proof;
  /** Proves whole values, whatever is known about their parts. */
  readonly #quick: Proof;

  /** `isCompared` knows pairs that are compared by themselves. */
  constructor(direction: Direction, same: Same | undefined, isCompared: (key: string) => boolean) {
    this.#direction = direction;
    const equal: SubsetOptions =
      same === undefined ? {} : { same: (a: Json, b: Json) => same(a, b) || same(b, a) };
    const settled = (inner: Conjunction, outer: Conjunction): boolean => {
      const [one, other] = [conjunctionKey(inner), conjunctionKey(outer)];
      return isCompared(`${one}|${other}`) || isCompared(`${other}|${one}`);
    };
    this.#any = new Proof({ ...equal, settled });
    this.#declared = new Proof({ ...equal, settled, declaredOnly: true });
    this.#quick = new Proof({ ...equal, declaredOnly: direction === "request", maxSteps: quickSteps });
  }

  /** True if the receiving side is proved to accept all that the sending side may send. */
  isSafe(base: Conjunction, revision: Conjunction): boolean {
    return this.#direction === "request"
      ? this.within(base, revision, true)
      : this.within(revision, base, false);
  }

  /** True if both are proved to allow the same values, apart from what is compared by itself. */
  isEqual(base: Conjunction, revision: Conjunction): boolean {
    return this.within(base, revision, false) && this.within(revision, base, false);
  }

  /** The same for whole values. */
  isEqualQuickly(base: Conjunction, revision: Conjunction): boolean {
    return this.#quick.start(revision, base) && this.#quick.start(base, revision);
  }

  /** `isSafe` for whole values, with little effort. */
  isSafeQuickly(base: Conjunction, revision: Conjunction): boolean {
    const isRequest = this.#direction === "request";
    return this.#once(`quick ${conjunctionKey(base)}|${conjunctionKey(revision)}`, () =>
      isRequest ? this.#quick.start(base, revision) : this.#quick.start(revision, base),
    );
  }

  within(inner: Conjunction, outer: Conjunction, declaredOnly: boolean): boolean {
    const proof = declaredOnly ? this.#declared : this.#any;
    return this.#once(`${String(declaredOnly)} ${conjunctionKey(inner)}<${conjunctionKey(outer)}`, () =>
      proof.start(inner, outer),
    );
  }

  /** A value that is sent and refused. */
  counterexample(base: Conjunction, revision: Conjunction): Json | undefined {
    const isRequest = this.#direction === "request";
    return isRequest ? refute(base, revision, true) : refute(revision, base, false);
  }

  /** A value that only the receiving side allows. */
  opposite(base: Conjunction, revision: Conjunction): Json | undefined {
    const isRequest = this.#direction === "request";
    return isRequest ? refute(revision, base, false) : refute(base, revision, false);
  }

  #once(key: string, answer: () => boolean): boolean {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const result = answer();
    this.#known.set(key, result);
    return result;
  }
}
