/** Every rule of the error contract: how bad its finding is for whom, and what to do about it. docs/diff.md explains them. */
import { errorBodyRules } from "./rule-table-error-bodies.ts";
import { codeRules } from "./rule-table-codes.ts";
import { generalRules } from "./rule-table-general.ts";
import { operationRules } from "./rule-table-operations.ts";

export const ruleTable = { ...codeRules, ...errorBodyRules, ...operationRules, ...generalRules };

/** The name of one of our own rules. */
export type RuleName = keyof typeof ruleTable;

/** True if this is the name of one of our own rules. */
export function isRuleName(name: string): name is RuleName {
  return Object.hasOwn(ruleTable, name);
}
