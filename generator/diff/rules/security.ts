/** Credentials and scopes that operations need. Alternatives are compared as sets: their order says nothing. */
import type { SecurityRequirement } from "../../model/api-model.ts";
import { compareText } from "../../json/json.ts";
import { Groups } from "../group.ts";
import type { OperationPair } from "../pair.ts";
import type { Rule, RuleDraft } from "../rule.ts";
import type { RuleName } from "../rule-table.ts";
import { inOperations, listed } from "../wording.ts";

interface Found {
  readonly rule: RuleName;
  readonly names: readonly string[];
  readonly base: string;
  readonly revision: string;
}

export const security: Rule = ({ operations }) => {
  const groups = new Groups<Found>();
  for (const pair of operations) {
    for (const found of compare(pair)) {
      groups.add(`${found.rule} ${found.names.join(" ")}`, found, pair.revision.id);
    }
  }
  return groups.all.map(({ key, operations: ids }) => draft(key, ids));
};

function compare({ base, revision }: OperationPair): Found[] {
  const [before, after] = [alternatives(base.security), alternatives(revision.security)];
  // What stands for the whole document is found at the operation.
  const at = { base: `${base.pointer}/security`, revision: `${revision.pointer}/security` };
  const needed = unmet(before, after);
  const spared = unmet(after, before);
  return [
    ...findings(needed, "scope-required", "security-required", at),
    ...findings(spared, "scope-dropped", "security-dropped", at),
  ];
}

/** Scopes are findings of their own; a scheme together with its scopes is one about the scheme. */
function findings(
  missing: readonly string[],
  scope: RuleName,
  scheme: RuleName,
  at: Pick<Found, "base" | "revision">,
): Found[] {
  if (missing.length === 0) return [];
  const schemes = missing.filter((name) => !name.includes(" "));
  if (schemes.length > 0) return [{ rule: scheme, names: schemes, ...at }];
  return missing.map((name) => ({ rule: scope, names: [name.split(" ")[1] ?? name], ...at }));
}

/** Each alternative as the set of what it takes: `apiKey`, `apiKey broadcasts:send`. None at all: nothing is taken. */
function alternatives(security: readonly SecurityRequirement[]): ReadonlySet<string>[] {
  if (security.length === 0) return [new Set()];
  return security.map(
    ({ schemes }) =>
      new Set(
        schemes.flatMap(({ scheme, scopes }) => [scheme, ...scopes.map((scope) => `${scheme} ${scope}`)]),
      ),
  );
}

/** What the holder of `held` credentials lacks: of each alternative that fails now, the least that is missing. */
function unmet(held: readonly ReadonlySet<string>[], needed: readonly ReadonlySet<string>[]): string[] {
  const lacking = held.flatMap((credentials) => {
    const gaps = needed.map((alternative) => [...alternative].filter((name) => !credentials.has(name)));
    return gaps.sort((a, b) => a.length - b.length)[0] ?? [];
  });
  return [...new Set(lacking)].sort(compareText);
}

function draft({ rule, names, base, revision }: Found, operations: readonly string[]): RuleDraft {
  const what = listed(names);
  const where = inOperations(operations);
  const sentence: Partial<Record<RuleName, string>> = {
    "scope-required": `The scope ${what} is needed now`,
    "scope-dropped": `The scope ${what} is no longer needed`,
    "security-required": `The credentials ${what} are needed now`,
    "security-dropped": `The credentials ${what} are no longer needed`,
  };
  return {
    rule,
    subject: names.join(" "),
    message: `${sentence[rule] ?? what}${where}.`,
    operations,
    base,
    revision,
  };
}
