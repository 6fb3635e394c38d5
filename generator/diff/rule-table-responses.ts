/** Rules about what servers send, and where they are. */
import type { RuleEntry } from "./rule-entry.ts";
import { additive, both, keep } from "./rule-advice.ts";

export const responseRules = {
  "response-range-changed": {
    impact: ["risky", "risky", "risky"],
    bump: "minor",
    summary: "A status is covered by a range or by `default` now, or the other way round.",
    advice: "Check that no other status comes than before.",
  },
  "error-response-added": {
    impact: ["safe", "safe", "risky"],
    bump: "minor",
    summary: "An error status without a code of the contract is new.",
    advice: additive,
  },
  "error-response-removed": {
    impact: ["risky", "safe", "risky"],
    bump: "minor",
    summary: "An error status without a code of the contract is gone.",
    advice: "Check which status clients see in its place.",
  },
  "response-body-removed": {
    impact: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "A response has no body any more.",
    advice: keep,
  },
  "response-body-added": {
    impact: ["safe", "breaking", "safe"],
    bump: "minor",
    summary: "A response has a body now.",
    advice: additive,
  },
  "response-media-type-removed": {
    impact: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "A response no longer comes in a media type.",
    advice: "Keep sending the media type to those who ask for it.",
  },
  "response-media-type-added": {
    impact: ["safe", "breaking", "safe"],
    bump: "minor",
    summary: "A response comes in another media type too.",
    advice: "Send it only to those who ask for it.",
  },
  "response-property-removed": {
    impact: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "A property is gone from responses.",
    advice: "Keep sending the property; deprecate it first, with `x-sunset`.",
  },
  "response-property-optional": {
    impact: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "A property of responses is no longer always there.",
    advice: "Keep sending the property each time.",
  },
  "response-property-required": {
    impact: ["safe", "breaking", "safe"],
    bump: "minor",
    summary: "A property of responses is always there now.",
    advice: additive,
  },
  "response-property-added": {
    impact: ["safe", "safe", "risky"],
    bump: "minor",
    summary: "A property of responses is new.",
    advice: additive,
  },
  "response-property-unexpected": {
    impact: ["risky", "safe", "breaking"],
    bump: "minor",
    summary: "A property is new where the base allows none but those that it names.",
    advice: "Check that clients skip what they do not know, and leave objects open from now on.",
  },
  "response-type-changed": {
    impact: ["breaking", "breaking", "breaking"],
    bump: "minor",
    summary: "A value of responses is of another type.",
    advice: "Keep the type; add a property of another name.",
  },
  "response-widened": {
    impact: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "Responses may hold values that the base does not allow: types, `null`, values of an `enum`.",
    advice:
      "Send the new values only to clients that ask for them; announce further values with `x-extensible-enum`.",
  },
  "response-loosened": {
    impact: ["risky", "safe", "breaking"],
    bump: "minor",
    summary: "Responses may hold values beyond the bounds, patterns or formats of the base.",
    advice: "Check that no client relies on the bound, such as the width of a column.",
  },
  "response-narrowed": {
    impact: ["safe", "breaking", "safe"],
    bump: "minor",
    summary: "Responses no longer hold values that they could hold before.",
    advice: additive,
  },
  "response-undecided": {
    impact: ["risky", "risky", "risky"],
    bump: "minor",
    summary: "What servers may send changed in a way that can be neither proved nor refuted.",
    advice: both,
  },
  "link-changed": {
    impact: ["risky", "risky", "risky"],
    bump: "minor",
    summary: "A link of a response is gone or leads elsewhere.",
    advice: "Keep the link: clients follow it.",
  },
  "server-removed": {
    impact: ["risky", "safe", "risky"],
    bump: "minor",
    summary: "An address of the server is no longer listed.",
    advice: "Check that the old address still works.",
  },
  "server-added": {
    impact: ["safe", "safe", "safe"],
    bump: "minor",
    summary: "Another address of the server is listed.",
    advice: additive,
  },
  "security-scheme-changed": {
    impact: ["risky", "risky", "risky"],
    bump: "minor",
    summary: "Credentials of a scheme are issued or checked elsewhere.",
    advice: "Check that credentials that clients hold still work.",
  },
  "webhook-removed": {
    impact: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "A webhook is no longer sent.",
    advice: "Keep sending the webhook; deprecate it first, with `x-sunset`.",
  },
  "webhook-added": {
    impact: ["safe", "safe", "safe"],
    bump: "minor",
    summary: "A webhook is new.",
    advice: additive,
  },
  "callback-removed": {
    impact: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "A callback is no longer made.",
    advice: "Keep making the callback; deprecate it first, with `x-sunset`.",
  },
  "callback-added": {
    impact: ["safe", "safe", "safe"],
    bump: "minor",
    summary: "A callback is new.",
    advice: additive,
  },
} as const satisfies Readonly<Record<string, RuleEntry>>;
