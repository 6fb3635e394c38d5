/** The shape of a rule: it looks at two models and reports what has changed. */
import type { Draft } from "./change.ts";
import type { ModelPair } from "./pair.ts";
import type { RuleName } from "./rule-table.ts";

export type RuleDraft = Draft<RuleName>;

/** Pure. Reports nothing for two models that say the same. */
export type Rule = (pair: ModelPair) => readonly RuleDraft[];
