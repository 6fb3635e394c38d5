/** Turns what a rule reports into a rated change. */
import { worseImpact, impacts, type Bump, type Change, type Impact, type ImpactByClient } from "./change.ts";
import type { Draft } from "./change.ts";
import type { RuleEntry } from "./rule-entry.ts";
import type { DiffSettings } from "./settings.ts";

/** `undefined` where the settings turn the rule off. `stability` is the level of the part that has changed. */
export function rate(
  draft: Draft,
  entry: RuleEntry,
  settings: DiffSettings,
  stability: string | undefined,
): Change | undefined {
  const override = own(settings.impacts, draft.rule);
  if (override === "off") return undefined;
  const cap = stability === undefined ? undefined : own(settings.stability, stability);
  const clients = byClient(entry, (impact) => atMost(override ?? impact, cap));
  const worst = (by: ImpactByClient): Impact =>
    settings.clients.map((kind) => by[kind]).reduce(worseImpact, "safe");
  const impact = worst(clients);
  const lowered = impact !== worst(byClient(entry, (usual) => override ?? usual));
  const bump: Bump = impact === "breaking" ? "major" : entry.bump;
  const { rule, subject, message, operations = [], base, revision, counterexample } = draft;
  return {
    rule,
    impact,
    clients,
    bump,
    subject,
    message,
    advice: entry.advice,
    operations,
    ...(base === undefined ? {} : { base }),
    ...(revision === undefined ? {} : { revision }),
    ...(counterexample === undefined ? {} : { counterexample }),
    ...(lowered && stability !== undefined ? { stability } : {}),
  };
}

function byClient({ impact }: RuleEntry, impactFor: (usual: Impact) => Impact): ImpactByClient {
  const [old, fresh, exhaustive] = impact;
  return { "old-client": impactFor(old), "new-client": impactFor(fresh), exhaustive: impactFor(exhaustive) };
}

function own<Value>(map: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

function atMost(impact: Impact, cap: Impact | undefined): Impact {
  return cap !== undefined && impacts.indexOf(impact) > impacts.indexOf(cap) ? cap : impact;
}
