/** What the table says about a rule. */
import type { Bump, Impact } from "./change.ts";

export interface RuleEntry {
  /** For an old client, a new client and an exhaustive client, in this order; see `ClientKind`. */
  readonly impact: readonly [old: Impact, fresh: Impact, exhaustive: Impact];
  /** What the version needs where the finding is not breaking. */
  readonly bump: Bump;
  /** One line for lists of rules. */
  readonly summary: string;
  readonly advice: string;
}
