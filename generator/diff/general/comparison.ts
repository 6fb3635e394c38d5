/** What the rules about everything but errors share: both models, the proofs so far, and one finding for one cause. */
import type { Json } from "../../json/json.ts";
import type { Counterexample } from "../change.ts";
import type { ModelPair } from "../pair.ts";
import type { RuleDraft } from "../rule.ts";
import type { Direction } from "../schema/difference.ts";
import type { Closures } from "../schema/same.ts";
import { Walker } from "../schema/walk.ts";
import { Groups } from "../group.ts";
import { inOperations } from "../wording.ts";

/** A finding in one operation; `message` is a sentence without its full stop and without the operation. */
export type Found = Omit<RuleDraft, "operations"> & {
  /** Looks for the counterexample, which takes time: once for one finding. */
  readonly prove?: () => Counterexample | undefined;
};

/** Operations in which a counterexample of one finding is looked for. */
const maxProofs = 3;
/** Findings of one comparison for which one is looked for. */
const maxProved = 60;

/** One comparison of two models. */
export class Comparison {
  readonly pair: ModelPair;
  readonly closures: Closures;
  readonly #walkers: Readonly<Record<Direction, Walker>>;
  readonly #groups = new Groups<Found>();
  readonly #proofs = new Map<Found, (() => Counterexample | undefined)[]>();

  constructor(pair: ModelPair) {
    this.pair = pair;
    this.closures = pair.closures;
    const same = (base: Json, revision: Json): boolean => this.closures.same(base, revision);
    this.#walkers = {
      request: new Walker({ direction: "request", same, annotations: true }),
      response: new Walker({ direction: "response", same, annotations: true }),
    };
  }

  walker(direction: Direction): Walker {
    return this.#walkers[direction];
  }

  /** The same cause in another operation is the same finding. */
  report(found: Found, operation: string): void {
    const { rule, subject, base = "", revision = "" } = found;
    const group = this.#groups.add([rule, subject, base, revision].join("\n"), found, operation);
    const proofs = this.#proofs.get(group) ?? [];
    if (found.prove !== undefined && proofs.length < maxProofs) proofs.push(found.prove);
    this.#proofs.set(group, proofs);
  }

  get drafts(): readonly RuleDraft[] {
    return this.#groups.all.map(({ key, operations }, index) => {
      const { prove: _prove, ...found } = key;
      const counterexample = found.counterexample ?? (index < maxProved ? this.#prove(key) : undefined);
      return {
        ...found,
        message: `${key.message}${namesOperation(key.message, operations) ? "" : inOperations(operations)}.`,
        operations,
        ...(counterexample === undefined ? {} : { counterexample }),
      };
    });
  }

  #prove(found: Found): Counterexample | undefined {
    for (const prove of this.#proofs.get(found) ?? []) {
      const counterexample = prove();
      if (counterexample !== undefined) return counterexample;
    }
    return undefined;
  }
}

function namesOperation(message: string, operations: readonly string[]): boolean {
  return operations.length === 1 && message.includes(`\`${operations[0] ?? ""}\``);
}
