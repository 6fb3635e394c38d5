/** Credentials and scopes that operations need. Alternatives are compared as sets: their order says nothing. */
import type { ApiModel, SecurityRequirement } from "../../model/api-model.ts";
import { credentialOf } from "../credential.ts";
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

export const security: Rule = ({ operations, base, revision }) => {
  const groups = new Groups<Found>();
  for (const pair of operations) {
    for (const found of compare(pair, base, revision)) {
      groups.add(`${found.rule} ${found.names.join(" ")}`, found, pair.revision.id);
    }
  }
  return groups.all.map(({ key, operations: ids }) => draft(key, ids));
};

function compare({ base, revision }: OperationPair, before: ApiModel, after: ApiModel): Found[] {
  const [held, wanted] = [alternatives(before, base.security), alternatives(after, revision.security)];
  // What stands for the whole document is found at the operation.
  const at = { base: `${base.pointer}/security`, revision: `${revision.pointer}/security` };
  const needed = unmet(held, wanted);
  const spared = unmet(wanted, held);
  return [
    ...findings(needed, "scope-required", "security-required", at),
    ...findings(spared, "scope-dropped", "security-dropped", at),
  ];
}

/** Scopes are findings of their own; a scheme together with its scopes is one about the scheme. */
function findings(
  missing: readonly Item[],
  scope: RuleName,
  scheme: RuleName,
  at: Pick<Found, "base" | "revision">,
): Found[] {
  const schemes = unique(missing.filter((item) => item.scope === undefined).map((item) => item.scheme));
  if (schemes.length > 0) return [{ rule: scheme, names: schemes, ...at }];
  const scopes = unique(missing.flatMap((item) => item.scope ?? []));
  return scopes.map((name) => ({ rule: scope, names: [name], ...at }));
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort(compareText);
}

/** A credential, or a scope of it. */
interface Item {
  /** As the document calls the scheme. */
  readonly scheme: string;
  readonly scope?: string;
}

/** What an alternative takes, by what a caller must present. */
type Alternative = ReadonlyMap<string, Item>;

/** No alternative at all: nothing is taken. */
function alternatives(model: ApiModel, security: readonly SecurityRequirement[]): Alternative[] {
  if (security.length === 0) return [new Map()];
  return security.map(
    ({ schemes }) =>
      new Map(
        schemes.flatMap(({ scheme, scopes }): [string, Item][] => {
          const credential = credentialOf(model, scheme);
          return [
            [credential, { scheme }],
            ...scopes.map((scope): [string, Item] => [`${credential}\n${scope}`, { scheme, scope }]),
          ];
        }),
      ),
  );
}

/** What the holder of `held` credentials lacks: of each alternative that fails now, the least that is missing. */
function unmet(held: readonly Alternative[], needed: readonly Alternative[]): Item[] {
  return held.flatMap((credentials) => {
    const gaps = needed.map((alternative) =>
      [...alternative].filter(([key]) => !credentials.has(key)).map(([, item]) => item),
    );
    return gaps.sort((a, b) => a.length - b.length)[0] ?? [];
  });
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
