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
import type { RuleEntry } from "./rule-table.ts";
import type { DiffSettings } from "./settings.ts";

/** `undefined` where the settings turn the rule off. `stability` is the level of the part that has changed. */
export function rate(
  draft: Draft,
  entry: RuleEntry,
  settings: DiffSettings,
  stability: string | undefined,
  source: ChangeSource,
): Change | undefined {
  const { severities: overrides } = settings;
  const override = Object.hasOwn(overrides, draft.rule) ? overrides[draft.rule] : undefined;
  if (override === "off") return undefined;
  const cap =
    stability !== undefined && Object.hasOwn(settings.stability, stability)
      ? settings.stability[stability]
      : undefined;
  const judge = (severity: Severity): Severity => atMost(override ?? severity, cap);
  const [old, fresh, exhaustive] = entry.severity;
  const clients: SeverityByClient = {
    "old-client": judge(old),
    "new-client": judge(fresh),
    exhaustive: judge(exhaustive),
  };
  const severity = settings.clients.map((kind) => clients[kind]).reduce(worseSeverity, "safe");
  const lowered =
    cap !== undefined &&
    severity !==
      settings.clients.map((kind) => override ?? entry.severity[kinds[kind]]).reduce(worseSeverity, "safe");
  const bump: Bump = severity === "breaking" ? "major" : entry.bump;
  return {
    rule: draft.rule,
    source,
    severity,
    clients,
    bump,
    subject: draft.subject,
    message: draft.message,
    advice: entry.advice,
    operations: draft.operations ?? [],
    ...(draft.base === undefined ? {} : { base: draft.base }),
    ...(draft.revision === undefined ? {} : { revision: draft.revision }),
    ...(draft.witness === undefined ? {} : { witness: draft.witness }),
    ...(lowered && stability !== undefined ? { stability } : {}),
  };
}

const kinds = { "old-client": 0, "new-client": 1, exhaustive: 2 } as const;

function atMost(severity: Severity, cap: Severity | undefined): Severity {
  return cap !== undefined && severities.indexOf(severity) > severities.indexOf(cap) ? cap : severity;
}
