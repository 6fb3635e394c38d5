/** Every rule of the error contract: how bad its finding is for whom, and what to do about it. docs/diff.md explains them. */
import type { Bump, Severity } from "./change.ts";

export interface RuleEntry {
  /** For an old client, a new client and an exhaustive client, in this order; see `ClientKind`. */
  readonly severity: readonly [old: Severity, fresh: Severity, exhaustive: Severity];
  /** What the version needs where the finding is not breaking. */
  readonly bump: Bump;
  /** One line for lists of rules. */
  readonly summary: string;
  readonly advice: string;
}

export const ruleTable = {
  "code-added": {
    severity: ["safe", "safe", "breaking"],
    bump: "minor",
    summary: "A new error code.",
    advice: "Nothing for clients that keep a case for unknown codes; raise the minor version.",
  },
  "code-removed": {
    severity: ["breaking", "risky", "breaking"],
    bump: "minor",
    summary: "An error code is gone from a document without a catalogue.",
    advice: "Keep the code; to be able to retire codes, write a catalogue (docs/vocabulary.md).",
  },
  "code-renamed": {
    severity: ["breaking", "breaking", "breaking"],
    bump: "minor",
    summary: "An error code has another name.",
    advice: "Keep the old name, or add the new code, deprecate the old one and retire it after its sunset.",
  },
  "code-retired": {
    severity: ["breaking", "risky", "breaking"],
    bump: "minor",
    summary: "A live code became a tombstone.",
    advice:
      "Deprecate the code first, with `replacedBy` and a `sunset`, and retire it once that day has passed.",
  },
  "code-retired-after-sunset": {
    severity: ["risky", "safe", "breaking"],
    bump: "minor",
    summary: "A code was retired after it had been deprecated and its sunset had passed.",
    advice: "Nothing, if clients were told; their handling of the code is now dead.",
  },
  "code-reused": {
    severity: ["breaking", "breaking", "breaking"],
    bump: "minor",
    summary: "A retired code is live again.",
    advice: "Take a code that was never used before: old programs give this one its old meaning.",
  },
  "tombstone-missing": {
    severity: ["breaking", "risky", "breaking"],
    bump: "minor",
    summary: "A code was deleted from the catalogue without leaving a tombstone.",
    advice: "Put the entry back and run `lockstep retire CODE`, so that nobody takes the name again.",
  },
  "tombstone-removed": {
    severity: ["risky", "risky", "safe"],
    bump: "patch",
    summary: "A tombstone was deleted, so the code could be used again.",
    advice: "Put the tombstone back: it stays for ever.",
  },
  "code-deprecated": {
    severity: ["safe", "safe", "safe"],
    bump: "minor",
    summary: "A code was deprecated.",
    advice: "Tell clients what comes in its place and until when.",
  },
  "deprecated-without-replacement": {
    severity: ["risky", "safe", "safe"],
    bump: "minor",
    summary: "A code was deprecated and nothing says what comes in its place.",
    advice: "Add `replacedBy` with the live code that clients should expect instead.",
  },
  "sunset-shortened": {
    severity: ["risky", "safe", "safe"],
    bump: "minor",
    summary: "The sunset of a deprecated code moved to an earlier day.",
    advice: "Keep the day that clients were told, or a later one.",
  },
  "replacement-changed": {
    severity: ["risky", "safe", "safe"],
    bump: "patch",
    summary: "Another code than announced replaces a deprecated or retired one.",
    advice: "Check that clients who followed the first announcement still work.",
  },
  "deprecation-withdrawn": {
    severity: ["safe", "safe", "safe"],
    bump: "patch",
    summary: "A code is no longer deprecated.",
    advice: "Tell clients that they may keep their handling of the code.",
  },
  "status-changed": {
    severity: ["breaking", "breaking", "breaking"],
    bump: "minor",
    summary: "A code is answered with another status.",
    advice: "Keep the status; for another status take a new code.",
  },
  "code-no-longer-answered": {
    severity: ["risky", "risky", "breaking"],
    bump: "minor",
    summary: "Operations no longer answer a code that they answered before.",
    advice: "Check what clients do with this code there: what do these operations answer now in its place?",
  },
  "code-newly-answered": {
    severity: ["safe", "safe", "breaking"],
    bump: "minor",
    summary: "Operations answer a known code that they did not answer before.",
    advice: "Nothing for clients that keep a case for other codes; raise the minor version.",
  },
  "details-added": {
    severity: ["safe", "breaking", "risky"],
    bump: "minor",
    summary: "A code that had no details has them now.",
    advice: "Upgrade servers before clients that read the details.",
  },
  "details-removed": {
    severity: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "A code has no details any more.",
    advice: "Keep the details, or take a new code.",
  },
  "details-optional": {
    severity: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "The details of a code are no longer always there.",
    advice: "Keep sending the details.",
  },
  "details-required": {
    severity: ["safe", "breaking", "safe"],
    bump: "minor",
    summary: "The details of a code are always there now.",
    advice: "Upgrade servers before clients that rely on it.",
  },
  "details-field-removed": {
    severity: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "A field is gone from the details of a code.",
    advice: "Keep the field.",
  },
  "details-field-optional": {
    severity: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "A field of the details is no longer always there.",
    advice: "Keep the field required.",
  },
  "details-field-required": {
    severity: ["safe", "breaking", "safe"],
    bump: "minor",
    summary: "An optional field of the details is always there now.",
    advice: "Upgrade servers before clients that rely on it.",
  },
  "details-field-added": {
    severity: ["safe", "safe", "risky"],
    bump: "minor",
    summary: "The details of a code have a new field.",
    advice: "Nothing for clients that ignore members they do not know.",
  },
  "details-type-changed": {
    severity: ["breaking", "breaking", "breaking"],
    bump: "minor",
    summary: "A field of the details is of another type.",
    advice: "Keep the type; add a field under another name instead.",
  },
  "details-widened": {
    severity: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "The details may hold values that they could not hold before.",
    advice: "Keep to the values that old clients accept, or take a new code.",
  },
  "details-narrowed": {
    severity: ["safe", "breaking", "safe"],
    bump: "minor",
    summary: "The details no longer hold values that they could hold before.",
    advice: "Upgrade servers before clients that refuse the old values.",
  },
  "details-changed": {
    severity: ["risky", "risky", "risky"],
    bump: "minor",
    summary: "The schema of the details changed in a way that can be neither proved nor refuted.",
    advice: "Compare the two schemas by eye.",
  },
  "retry-forbidden": {
    severity: ["breaking", "risky", "safe"],
    bump: "minor",
    summary: "A code that invited a retry says `never` now.",
    advice: "Keep the policy, or take a new code: deployed clients go on retrying.",
  },
  "retry-allowed": {
    severity: ["risky", "risky", "safe"],
    bump: "minor",
    summary: "A code that said `never` invites a retry now.",
    advice: "Expect deployed clients to give up where they could go on.",
  },
  "retry-changed": {
    severity: ["breaking", "risky", "safe"],
    bump: "minor",
    summary: "Another way of retrying is asked for.",
    advice: "Keep the policy, or take a new code: deployed clients retry in the old way.",
  },
  "envelope-moved": {
    severity: ["breaking", "breaking", "breaking"],
    bump: "minor",
    summary: "A member of the error envelope sits in another place.",
    advice: "Keep the envelope: every client reads it.",
  },
  "envelope-member-removed": {
    severity: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "A member of the error envelope is gone, or no longer always there.",
    advice: "Keep the member.",
  },
  "envelope-member-added": {
    severity: ["safe", "risky", "risky"],
    bump: "minor",
    summary: "The error envelope has a new member.",
    advice: "Nothing for clients that ignore members they do not know.",
  },
  "envelope-member-changed": {
    severity: ["breaking", "breaking", "breaking"],
    bump: "minor",
    summary: "A member of the error envelope holds other values.",
    advice: "Keep to the values that old clients accept.",
  },
  "envelope-media-type-changed": {
    severity: ["breaking", "breaking", "breaking"],
    bump: "minor",
    summary: "Errors travel under another media type.",
    advice: "Keep the media type: clients choose their parser by it.",
  },
  "envelope-lost": {
    severity: ["breaking", "breaking", "breaking"],
    bump: "minor",
    summary: "The document has no common error envelope any more.",
    advice: "Keep the envelope.",
  },
  "catalogue-dropped": {
    severity: ["risky", "safe", "safe"],
    bump: "minor",
    summary: "The document has no catalogue any more: codes are only inferred.",
    advice: "Keep `x-error-codes`: without it nothing says what a code means.",
  },
  "header-dropped": {
    severity: ["breaking", "safe", "risky"],
    bump: "minor",
    summary: "Error responses no longer carry a header.",
    advice: "Keep sending the header.",
  },
  "header-optional": {
    severity: ["breaking", "safe", "risky"],
    bump: "minor",
    summary: "A header of error responses is no longer always there.",
    advice: "Keep the header required.",
  },
  "header-changed": {
    severity: ["breaking", "risky", "breaking"],
    bump: "minor",
    summary: "A header of error responses holds other values.",
    advice: "Keep to the values that old clients can read.",
  },
  "header-added": {
    severity: ["safe", "safe", "safe"],
    bump: "minor",
    summary: "Error responses carry a new header.",
    advice: "Nothing.",
  },
  "meaning-rewritten": {
    severity: ["risky", "safe", "safe"],
    bump: "patch",
    summary: "The meaning of a code is worded differently.",
    advice: "Read both: if the code now stands for something else, take a new code.",
  },
  "remediation-rewritten": {
    severity: ["safe", "safe", "safe"],
    bump: "patch",
    summary: "The advice to callers is worded differently.",
    advice: "Nothing, if the old advice still helps.",
  },
  "fixed-by-changed": {
    severity: ["safe", "safe", "safe"],
    bump: "patch",
    summary: "Somebody else can make the error go away.",
    advice: "Check that clients do not show the wrong person what to do.",
  },
  "scope-required": {
    severity: ["breaking", "safe", "safe"],
    bump: "minor",
    summary: "Operations need a scope that they did not need before.",
    advice: "Give the scope to existing keys first, or add it to new operations only.",
  },
  "scope-dropped": {
    severity: ["safe", "risky", "safe"],
    bump: "minor",
    summary: "Operations no longer need a scope.",
    advice: "Check that nobody relies on the scope to keep others out.",
  },
  "security-required": {
    severity: ["breaking", "safe", "safe"],
    bump: "minor",
    summary: "Operations need credentials that they did not need before.",
    advice: "Keep accepting the old credentials until every client has the new ones.",
  },
  "security-dropped": {
    severity: ["safe", "risky", "safe"],
    bump: "minor",
    summary: "Operations accept callers with fewer credentials than before.",
    advice: "Check that this is meant: does it open the operation to strangers?",
  },
  "idempotency-dropped": {
    severity: ["breaking", "safe", "risky"],
    bump: "minor",
    summary: "Operations no longer take an `Idempotency-Key`.",
    advice: "Keep accepting the key: clients repeat requests because of it.",
  },
  "idempotency-required": {
    severity: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "Operations refuse requests without an `Idempotency-Key`.",
    advice: "Accept requests without the key as well.",
  },
  "idempotency-accepted": {
    severity: ["safe", "breaking", "safe"],
    bump: "minor",
    summary: "Operations accept an `Idempotency-Key`, or no longer insist on it.",
    advice: "Upgrade servers before clients that repeat requests because of it.",
  },
  "success-status-removed": {
    severity: ["breaking", "risky", "breaking"],
    bump: "minor",
    summary: "Operations no longer answer a success status.",
    advice: "Keep answering the status that clients wait for.",
  },
  "success-status-added": {
    severity: ["risky", "risky", "breaking"],
    bump: "minor",
    summary: "Operations answer another success status.",
    advice: "Check that deployed clients treat every 2xx as success.",
  },
  "stability-lowered": {
    severity: ["risky", "safe", "safe"],
    bump: "minor",
    summary: "A code or an operation promises less stability than before.",
    advice: "Keep the level: clients have relied on it.",
  },
  "stability-raised": {
    severity: ["safe", "safe", "safe"],
    bump: "minor",
    summary: "A code or an operation promises more stability than before.",
    advice: "Nothing; from now on its changes count.",
  },
  "version-not-raised": {
    severity: ["breaking", "breaking", "breaking"],
    bump: "none",
    summary: "`info.version` does not announce the changes (`--check-version`).",
    advice: "Set `info.version` to the suggested version.",
  },
} as const satisfies Readonly<Record<string, RuleEntry>>;

/** The name of one of our own rules. */
export type RuleName = keyof typeof ruleTable;

/** Is this the name of one of our own rules? */
export function isRuleName(name: string): name is RuleName {
  return Object.hasOwn(ruleTable, name);
}
