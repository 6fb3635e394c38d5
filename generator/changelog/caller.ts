/** What a change means for those who call the API: under which heading they look for it, and what they do. */
import type { Change } from "../diff/change.ts";

/** In the order of https://keepachangelog.com. */
export const headings = ["Added", "Changed", "Deprecated", "Removed", "Security"] as const;
export type Heading = (typeof headings)[number];

const byRule: readonly (readonly [RegExp, Heading])[] = [
  [/^(?:security|scope)-/, "Security"],
  [/-removed$|^removed-|-dropped$|-retired(?:-|$)|-lost$|-missing$|-no-longer-returned$/, "Removed"],
  [/deprecated|deprecation|^sunset-|^replacement-/, "Deprecated"],
  [/-added$|-newly-returned$/, "Added"],
];

/** The heading that the change stands under. */
export function headingOf({ rule }: Change): Heading {
  return byRule.find(([pattern]) => pattern.test(rule))?.[1] ?? "Changed";
}

/** The first that fits; what cannot break a deployed client needs no advice. */
const advice: readonly (readonly [RegExp, string])[] = [
  [/^operation-removed|^removed-after-sunset/, "Stop using it before you call this version."],
  [/^operation-moved/, "Call it at its new address."],
  [/^operation-id-changed/, "Generate your client anew; requests and responses stay as they are."],
  [/^(?:parameter|request-property|request-body|idempotency)-required/, "Send it with every request."],
  [/^parameter-removed|^request-property-ignored/, "Stop sending it; it has no effect."],
  [/^request-default-changed/, "Send the value that you mean."],
  [/^(?:parameter|request|encoding)-/, "Check what you send."],
  [/^(?:code|status|tombstone|catalogue|meaning|remediation|fixed-by)-/, "Check how you handle this error."],
  [/^(?:details|envelope)-/, "Check how you read errors."],
  [/^retry-/, "Check when you repeat requests."],
  [/^idempotency-/, "Check how you repeat requests."],
  [/^header-/, "Check how you read the header."],
  [/^(?:response|success|error-response|link)-/, "Check how you read responses."],
  [/^(?:security|scope)-/, "Make sure that you hold the credentials."],
  [/^(?:deprecat|sunset-|replacement-)/, "Plan to move to what comes in its place."],
  [/^stability-/, "Expect it to change."],
  [/^server-/, "Use an address that is listed."],
  [/^(?:webhook|callback)-/, "Stop waiting for it."],
];

/** What callers do about a change that breaks, or may break, their programs; `""` for nothing. */
export function adviceOf({ rule, impact }: Change): string {
  return impact === "safe"
    ? ""
    : (advice.find(([pattern]) => pattern.test(rule))?.[1] ?? "Check your program.");
}
