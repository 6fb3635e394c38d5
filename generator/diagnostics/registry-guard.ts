/** Diagnostics of comparing, retiring and recording: `lockstep diff`, `retire` and `changelog`. */
import type { DiagnosticEntry } from "./registry.ts";

export const guardEntries = {
  "lockstep/diff-side": {
    severity: "error",
    summary: "One side of a comparison cannot be read.",
    fix: "Name a file, a folder, an address (with --allow-remote) or REVISION:PATH of a git repository.",
  },
  "lockstep/diff-different-api": {
    severity: "error",
    summary: "The two sides of a comparison have nothing in common, so they seem to be different APIs.",
    fix: "Check both names; --allow-different compares them all the same.",
  },
  "lockstep/diff-first-version": {
    severity: "warning",
    summary: "The base has no such document, so the revision is its first version.",
    fix: "Nothing is to be done. If the document has moved, name its old path in the base.",
  },
  "lockstep/diff-ignore-entry": {
    severity: "error",
    summary: "An entry of the ignore file is not complete, or names a rule that does not exist.",
    fix: "Give `rule`, `reason` and `expires` (a date such as 2027-01-31); docs/diff.md shows an entry.",
  },
  "lockstep/diff-ignore-stale": {
    severity: "warning",
    summary: "An entry of the ignore file matches no finding any more.",
    fix: "Delete the entry.",
  },
  "lockstep/diff-ignore-expired": {
    severity: "warning",
    summary: "An entry of the ignore file has expired, so what it covered counts again.",
    fix: "Deal with the finding, or have a later day reviewed.",
  },
  "lockstep/retire-unknown": {
    severity: "error",
    summary: "A code that is to be retired, or to replace it, is not live in the catalogue.",
    fix: "Name live codes of `x-error-codes`.",
  },
  "lockstep/retire-format": {
    severity: "error",
    summary: "The document is written in a way that cannot be edited in place.",
    fix: "Edit the entry by hand: add `retired`, take the code out of the `enum` and out of every `x-errors`.",
  },
  "lockstep/retire-derived": {
    severity: "warning",
    summary: "A stage of the server raised the retired code; its operations return nothing in its place yet.",
    fix: "Let the code that replaces it have this stage in `raised-by`.",
  },
  "lockstep/promise-broken": {
    severity: "error",
    summary: "A running server does not keep what the document promises.",
    fix: "Correct the server, or the document where the server is right.",
  },
  "lockstep/changelog-edited": {
    severity: "error",
    summary: "The changelog's section of this version cannot be replaced without losing something.",
    fix: "Restore its markers, move your own words outside of them, or delete the section to have it written anew.",
  },
} as const satisfies Record<`lockstep/${string}`, DiagnosticEntry>;
