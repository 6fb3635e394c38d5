/** Whether and how a caller may repeat a request. */
import type { CodePair } from "../pair.ts";
import type { Rule, RuleDraft } from "../rule.ts";
import { inOperations, quoted } from "../wording.ts";

export const retry: Rule = ({ codes }) => codes.flatMap(compare);

function compare({ base, revision }: CodePair): RuleDraft[] {
  const [before, after] = [base.retry, revision.retry];
  if (before === undefined || after === undefined || before === after) return [];
  const { operations } = revision;
  return [
    {
      rule: after === "never" ? "retry-forbidden" : before === "never" ? "retry-allowed" : "retry-changed",
      subject: base.code,
      message: `The retry policy of ${quoted(base.code)} flipped from ${quoted(before)} to ${quoted(after)}${inOperations(operations)}.`,
      operations,
      base: `${base.pointer}/retry`,
      revision: `${revision.pointer}/retry`,
    },
  ];
}
