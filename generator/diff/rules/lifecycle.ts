/** Deprecation and stability: what clients were promised about the future of a code. */
import type { CodePair, ModelPair } from "../pair.ts";
import { operationStability } from "../pair.ts";
import type { Rule, RuleDraft } from "../rule.ts";
import { Groups } from "../group.ts";
import { inOperations, quoted } from "../wording.ts";

export const lifecycle: Rule = (pair) => [
  ...pair.codes.flatMap(compareCode),
  ...successors(pair),
  ...operations(pair),
];

function compareCode({ base, revision }: CodePair): RuleDraft[] {
  const at = {
    subject: base.code,
    operations: revision.operations,
    base: base.pointer,
    revision: revision.pointer,
  };
  const name = quoted(base.code);
  const drafts: RuleDraft[] = [];
  if (base.deprecated === undefined && revision.deprecated !== undefined) {
    const until = revision.sunset === undefined ? "" : `, with its sunset on ${revision.sunset}`;
    const successor = revision.replacedBy === undefined ? "" : ` in favour of ${quoted(revision.replacedBy)}`;
    const message = `${name} was deprecated in ${revision.deprecated}${successor}${until}.`;
    drafts.push(
      revision.replacedBy === undefined
        ? {
            ...at,
            rule: "deprecated-without-replacement",
            message: message.replace(/\.$/, ", and nothing says what replaces it."),
          }
        : { ...at, rule: "code-deprecated", message },
    );
  } else if (base.deprecated !== undefined && revision.deprecated === undefined) {
    drafts.push({ ...at, rule: "deprecation-withdrawn", message: `${name} is no longer deprecated.` });
  } else if (base.sunset !== undefined && revision.sunset !== undefined && revision.sunset < base.sunset) {
    const message = `The sunset of ${name} moved from ${base.sunset} to ${revision.sunset}.`;
    drafts.push({ ...at, rule: "sunset-shortened", message });
  }
  return [
    ...drafts,
    ...stability(name, base.stability, revision.stability).map((draft) => ({ ...draft, ...at })),
  ];
}

/** `replacedBy` of codes that were deprecated or retired on both sides. */
function successors({ codes, base, revision }: ModelPair): RuleDraft[] {
  const graves = new Map(revision.errors.retired.map((retired) => [retired.code, retired]));
  const pairs = [
    ...codes.map((pair) => [pair.base, pair.revision] as const),
    ...base.errors.retired.flatMap((before) => {
      const after = graves.get(before.code);
      return after === undefined ? [] : [[before, after] as const];
    }),
  ];
  return pairs.flatMap(([before, after]) => {
    if (before.replacedBy === undefined || before.replacedBy === after.replacedBy) return [];
    // A code that is no longer deprecated needs no successor.
    if ("deprecated" in before && !("deprecated" in after)) return [];
    const now = after.replacedBy === undefined ? "nothing" : quoted(after.replacedBy);
    const message = `${now} replaces ${quoted(before.code)}; ${quoted(before.replacedBy)} was announced.`;
    return [
      {
        rule: "replacement-changed" as const,
        subject: before.code,
        message: message.charAt(0).toUpperCase() + message.slice(1),
        base: before.pointer,
        revision: after.pointer,
      },
    ];
  });
}

/** From the most to the least that is promised. */
const levels: readonly string[] = ["stable", "beta", "experimental", "alpha"];

function stability(name: string, before = "stable", after = "stable"): Pick<RuleDraft, "rule" | "message">[] {
  const [from, to] = [levels.indexOf(before), levels.indexOf(after)];
  if (from === to || from === -1 || to === -1) return [];
  const rule = to > from ? "stability-lowered" : "stability-raised";
  return [{ rule, message: `${name} went from ${before} to ${after}.` }];
}

function operations({ operations: pairs, base, revision }: ModelPair): RuleDraft[] {
  const groups = new Groups<{
    draft: (name: string) => Pick<RuleDraft, "rule" | "message">[];
    subject: string;
    at: Pick<RuleDraft, "base" | "revision">;
  }>();
  for (const pair of pairs) {
    const before = operationStability(base, pair.base);
    const after = operationStability(revision, pair.revision);
    if (before === after) continue;
    const at = { base: pair.base.pointer, revision: pair.revision.pointer };
    const draft = (name: string): Pick<RuleDraft, "rule" | "message">[] => stability(name, before, after);
    groups.add(`${before ?? ""}>${after ?? ""}`, { draft, subject: after ?? "stable", at }, pair.revision.id);
  }
  return groups.all.flatMap(({ key, operations: ids }) =>
    key
      .draft(inOperations(ids).replace(/^ in /, ""))
      .map((draft) => ({ ...draft, ...key.at, subject: key.subject, operations: ids })),
  );
}
