/** Rules about codes: which there are, where they are returned, what becomes of them. */
import type { RuleEntry } from "./rule-entry.ts";

export const codeRules = {
  "code-added": {
    impact: ["safe", "safe", "breaking"],
    bump: "minor",
    summary: "A new error code.",
    advice: "Nothing for clients that keep a case for unknown codes; raise the minor version.",
  },
  "code-removed": {
    impact: ["breaking", "risky", "breaking"],
    bump: "minor",
    summary: "An error code is gone from a document without a catalogue.",
    advice: "Keep the code; to be able to retire codes, write a catalogue (docs/vocabulary.md).",
  },
  "code-renamed": {
    impact: ["breaking", "breaking", "breaking"],
    bump: "minor",
    summary: "An error code has another name.",
    advice: "Keep the old name, or add the new code, deprecate the old one and retire it after its sunset.",
  },
  "code-retired": {
    impact: ["breaking", "risky", "breaking"],
    bump: "minor",
    summary: "A live code became a tombstone.",
    advice:
      "Deprecate the code first, with `replacedBy` and a `sunset`, and retire it once that day has passed.",
  },
  "code-retired-after-sunset": {
    impact: ["risky", "safe", "breaking"],
    bump: "minor",
    summary: "A code was retired after it had been deprecated and its sunset had passed.",
    advice: "Nothing, if clients were told; their handling of the code is now dead.",
  },
  "code-reused": {
    impact: ["breaking", "breaking", "breaking"],
    bump: "minor",
    summary: "A retired code is live again.",
    advice: "Take a code that was never used before: old programs give this one its old meaning.",
  },
  "tombstone-missing": {
    impact: ["breaking", "risky", "breaking"],
    bump: "minor",
    summary: "A code was deleted from the catalogue without leaving a tombstone.",
    advice: "Put the entry back and run `lockstep retire CODE`, so that nobody takes the name again.",
  },
  "tombstone-removed": {
    impact: ["risky", "risky", "safe"],
    bump: "patch",
    summary: "A tombstone was deleted, so the code could be used again.",
    advice: "Put the tombstone back: it stays for ever.",
  },
  "code-deprecated": {
    impact: ["safe", "safe", "safe"],
    bump: "minor",
    summary: "A code was deprecated.",
    advice: "Tell clients what comes in its place and until when.",
  },
  "deprecated-without-replacement": {
    impact: ["risky", "safe", "safe"],
    bump: "minor",
    summary: "A code was deprecated and nothing says what comes in its place.",
    advice: "Add `replacedBy` with the live code that clients should expect instead.",
  },
  "sunset-shortened": {
    impact: ["risky", "safe", "safe"],
    bump: "minor",
    summary: "The sunset of a deprecated code moved to an earlier day.",
    advice: "Keep the day that clients were told, or a later one.",
  },
  "replacement-changed": {
    impact: ["risky", "safe", "safe"],
    bump: "patch",
    summary: "Another code than announced replaces a deprecated or retired one.",
    advice: "Check that clients who followed the first announcement still work.",
  },
  "deprecation-withdrawn": {
    impact: ["safe", "safe", "safe"],
    bump: "patch",
    summary: "A code is no longer deprecated.",
    advice: "Tell clients that they may keep their handling of the code.",
  },
  "status-changed": {
    impact: ["breaking", "breaking", "breaking"],
    bump: "minor",
    summary: "A code is returned with another status.",
    advice: "Keep the status; for another status take a new code.",
  },
  "code-no-longer-returned": {
    impact: ["risky", "risky", "breaking"],
    bump: "minor",
    summary: "Operations no longer return a code that they returned before.",
    advice: "Check what clients do with this code there: what do these operations return now in its place?",
  },
  "code-newly-returned": {
    impact: ["safe", "safe", "breaking"],
    bump: "minor",
    summary: "Operations return a known code that they did not return before.",
    advice: "Nothing for clients that keep a case for other codes; raise the minor version.",
  },
} as const satisfies Readonly<Record<string, RuleEntry>>;
