/** What a code is said to mean, and what callers are told to do: flagged for a person, who can judge it. */
import type { CodePair } from "../pair.ts";
import type { Rule, RuleDraft } from "../rule.ts";
import { sameWording } from "../plain-text.ts";
import { quoted } from "../wording.ts";

export const wording: Rule = ({ codes }) => codes.flatMap(compare);

function compare({ base, revision }: CodePair): RuleDraft[] {
  const at = (member: string): Omit<RuleDraft, "rule" | "message"> => ({
    subject: base.code,
    operations: revision.operations,
    base: `${base.pointer}/${member}`,
    revision: `${revision.pointer}/${member}`,
  });
  const name = quoted(base.code);
  const drafts: RuleDraft[] = [];
  if (changed(base.meaning, revision.meaning)) {
    drafts.push({
      ...at("meaning"),
      rule: "meaning-rewritten",
      message: `The meaning of ${name} is worded differently.`,
    });
  }
  if (changed(base.remediation, revision.remediation)) {
    drafts.push({
      ...at("remediation"),
      rule: "remediation-rewritten",
      message: `The advice for ${name} is worded differently.`,
    });
  }
  if (base.fixedBy !== revision.fixedBy && (base.fixedBy ?? "caller") !== (revision.fixedBy ?? "caller")) {
    const message = `${name} is fixed by the ${revision.fixedBy ?? "caller"} now, no longer by the ${base.fixedBy ?? "caller"}.`;
    drafts.push({ ...at("fixed-by"), rule: "fixed-by-changed", message });
  }
  return drafts;
}

/** Saying something for the first time is not a rewriting. */
function changed(before: string | undefined, after: string | undefined): boolean {
  return before !== undefined && after !== undefined && !sameWording(before, after);
}
