/** Rules about what operations ask of callers and promise to them. */
import type { RuleEntry } from "./rule-entry.ts";

export const operationRules = {
  "scope-required": {
    impact: ["breaking", "safe", "safe"],
    bump: "minor",
    summary: "Operations need a scope that they did not need before.",
    advice: "Give the scope to existing keys first, or add it to new operations only.",
  },
  "scope-dropped": {
    impact: ["safe", "risky", "safe"],
    bump: "minor",
    summary: "Operations no longer need a scope.",
    advice: "Check that nobody relies on the scope to keep others out.",
  },
  "security-required": {
    impact: ["breaking", "safe", "safe"],
    bump: "minor",
    summary: "Operations need credentials that they did not need before.",
    advice: "Keep accepting the old credentials until every client has the new ones.",
  },
  "security-dropped": {
    impact: ["safe", "risky", "safe"],
    bump: "minor",
    summary: "Operations accept callers with fewer credentials than before.",
    advice: "Check that this is meant: does it open the operation to strangers?",
  },
  "idempotency-dropped": {
    impact: ["breaking", "safe", "risky"],
    bump: "minor",
    summary: "Operations no longer take an `Idempotency-Key`.",
    advice: "Keep accepting the key: clients repeat requests because of it.",
  },
  "idempotency-required": {
    impact: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "Operations refuse requests without an `Idempotency-Key`.",
    advice: "Accept requests without the key as well.",
  },
  "idempotency-accepted": {
    impact: ["safe", "breaking", "safe"],
    bump: "minor",
    summary: "Operations accept an `Idempotency-Key`, or no longer insist on it.",
    advice: "Upgrade servers before clients that repeat requests because of it.",
  },
  "success-status-removed": {
    impact: ["breaking", "risky", "breaking"],
    bump: "minor",
    summary: "Operations no longer return a success status.",
    advice: "Keep returning the status that clients wait for.",
  },
  "success-status-added": {
    impact: ["risky", "risky", "breaking"],
    bump: "minor",
    summary: "Operations return another success status.",
    advice: "Check that deployed clients treat every 2xx as success.",
  },
  "stability-lowered": {
    impact: ["risky", "safe", "safe"],
    bump: "minor",
    summary: "A code or an operation promises less stability than before.",
    advice: "Keep the level: clients have relied on it.",
  },
  "stability-raised": {
    impact: ["safe", "safe", "safe"],
    bump: "minor",
    summary: "A code or an operation promises more stability than before.",
    advice: "Nothing; from now on its changes count.",
  },
  "version-not-raised": {
    impact: ["breaking", "breaking", "breaking"],
    bump: "none",
    summary: "`info.version` does not announce the changes (`--check-version`).",
    advice: "Set `info.version` to the suggested version.",
  },
} as const satisfies Readonly<Record<string, RuleEntry>>;
