/** Turns what a rule reports into a rated change. */
import {
  worseSeverity,
  severities,
  type Bump,
  type Change,
  type Severity,
  type SeverityByClient,
} from "./change.ts";
import type { ChangeSource, Draft } from "./change.ts";
import type { RuleEntry } from "./rule-entry.ts";
import type { DiffSettings } from "./settings.ts";

/** `undefined` where the settings turn the rule off. `stability` is the level of the part that has changed. */
export function rate(
  draft: Draft,
  entry: RuleEntry,
  settings: DiffSettings,
  stability: string | undefined,
  source: ChangeSource,
): Change | undefined {
  const override = own(settings.severities, draft.rule);
  if (override === "off") return undefined;
  const cap = stability === undefined ? undefined : own(settings.stability, stability);
  const clients = byClient(entry, (severity) => atMost(override ?? severity, cap));
  const worst = (by: SeverityByClient): Severity =>
    settings.clients.map((kind) => by[kind]).reduce(worseSeverity, "safe");
  const severity = worst(clients);
  const lowered = severity !== worst(byClient(entry, (usual) => override ?? usual));
  const bump: Bump = severity === "breaking" ? "major" : entry.bump;
  const { rule, subject, message, operations = [], base, revision, witness } = draft;
  return {
    rule,
    source,
    severity,
    clients,
    bump,
    subject,
    message,
    advice: entry.advice,
    operations,
    ...(base === undefined ? {} : { base }),
    ...(revision === undefined ? {} : { revision }),
    ...(witness === undefined ? {} : { witness }),
    ...(lowered && stability !== undefined ? { stability } : {}),
  };
}

function byClient({ severity }: RuleEntry, judge: (usual: Severity) => Severity): SeverityByClient {
  const [old, fresh, exhaustive] = severity;
  return { "old-client": judge(old), "new-client": judge(fresh), exhaustive: judge(exhaustive) };
}

function own<Value>(map: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

function atMost(severity: Severity, cap: Severity | undefined): Severity {
  return cap !== undefined && severities.indexOf(severity) > severities.indexOf(cap) ? cap : severity;
}
