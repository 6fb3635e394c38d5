/** What the table says about a rule. */
import type { Bump, Severity } from "./change.ts";

export interface RuleEntry {
  /** For an old client, a new client and an exhaustive client, in this order; see `ClientKind`. */
  readonly severity: readonly [old: Severity, fresh: Severity, exhaustive: Severity];
  /** What the version needs where the finding is not breaking. */
  readonly bump: Bump;
  /** One line for lists of rules. */
  readonly summary: string;
  readonly advice: string;
}
