/** What the rules about everything but errors share: both models, the proofs so far, and one finding for one cause. */
import type { Json } from "../../json/json.ts";
import type { ModelPair } from "../pair.ts";
import type { RuleDraft } from "../rule.ts";
import type { Direction } from "../schema/difference.ts";
import { Closures } from "../schema/same.ts";
import { Walker } from "../schema/walk.ts";
import { Groups } from "../group.ts";
import { inOperations } from "../wording.ts";

/** A finding in one operation; `message` is a sentence without its full stop and without the operation. */
export type Found = Omit<RuleDraft, "operations">;

/** One comparison of two models. */
export class Comparison {
  readonly pair: ModelPair;
  readonly closures: Closures;
  readonly #walkers: Readonly<Record<Direction, Walker>>;
  readonly #groups = new Groups<Found>();

  constructor(pair: ModelPair) {
    this.pair = pair;
    this.closures = new Closures(pair.base.document, pair.revision.document);
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
    this.#groups.add([rule, subject, base, revision].join("\n"), found, operation);
  }

  get drafts(): readonly RuleDraft[] {
    return this.#groups.all.map(({ key, operations }) => ({
      ...key,
      message: `${key.message}${namesOperation(key.message, operations) ? "" : inOperations(operations)}.`,
      operations,
    }));
  }
}

function namesOperation(message: string, operations: readonly string[]): boolean {
  return operations.length === 1 && message.includes(`\`${operations[0] ?? ""}\``);
}
