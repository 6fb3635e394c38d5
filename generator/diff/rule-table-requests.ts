/** Rules about operations and what clients send to them. */
import type { RuleEntry } from "./rule-entry.ts";
import { additive, both, keep } from "./rule-advice.ts";

export const requestRules = {
  "operation-removed": {
    impact: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "An operation is gone.",
    advice: "Keep the operation; deprecate it first, with `x-sunset`.",
  },
  "operation-moved": {
    impact: ["breaking", "breaking", "breaking"],
    bump: "minor",
    summary: "An operation has another method or path.",
    advice: "Keep the old address beside the new one.",
  },
  "operation-added": {
    impact: ["safe", "breaking", "safe"],
    bump: "minor",
    summary: "An operation is new.",
    advice: additive,
  },
  "operation-id-changed": {
    impact: ["risky", "safe", "risky"],
    bump: "minor",
    summary:
      "An operation has another `operationId`: nothing changes on the wire, generated functions are renamed.",
    advice: "Keep the `operationId`: functions of generated clients are named after it.",
  },
  deprecated: {
    impact: ["safe", "safe", "safe"],
    bump: "minor",
    summary: "An operation, a parameter or a property was deprecated.",
    advice: "Say with `x-sunset` how long it stays.",
  },
  "removed-after-sunset": {
    impact: ["risky", "safe", "breaking"],
    bump: "minor",
    summary: "What was deprecated is gone, and its `x-sunset` has passed.",
    advice: "Check that nobody uses it any more.",
  },
  "parameter-removed": {
    impact: ["risky", "safe", "risky"],
    bump: "minor",
    summary: "A parameter is gone: requests still pass, its value is ignored.",
    advice: "Refuse the parameter with an error, or keep it: clients rely on what it did.",
  },
  "parameter-required": {
    impact: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "A parameter must be sent that need not be sent before.",
    advice: "Make the parameter optional, with a default.",
  },
  "parameter-optional": {
    impact: ["safe", "breaking", "safe"],
    bump: "minor",
    summary: "A parameter need not be sent any more.",
    advice: additive,
  },
  "parameter-added": {
    impact: ["safe", "risky", "safe"],
    bump: "minor",
    summary: "An optional parameter is new.",
    advice: additive,
  },
  "parameter-serialization-changed": {
    impact: ["breaking", "breaking", "breaking"],
    bump: "minor",
    summary: "A parameter is written in another way (`style`, `explode`, `content`).",
    advice: "Keep the serialization; add a parameter of another name.",
  },
  "parameter-stricter": {
    impact: ["risky", "safe", "risky"],
    bump: "minor",
    summary: "A parameter no longer allows reserved characters or an empty value.",
    advice: keep,
  },
  "request-body-removed": {
    impact: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "An operation takes no body any more.",
    advice: keep,
  },
  "request-body-required": {
    impact: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "A body must be sent that need not be sent before.",
    advice: "Accept requests without a body as well.",
  },
  "request-body-optional": {
    impact: ["safe", "breaking", "safe"],
    bump: "minor",
    summary: "The body need not be sent any more.",
    advice: additive,
  },
  "request-body-added": {
    impact: ["safe", "breaking", "safe"],
    bump: "minor",
    summary: "An operation takes a body now.",
    advice: additive,
  },
  "request-media-type-removed": {
    impact: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "A media type is no longer accepted.",
    advice: "Keep accepting the media type.",
  },
  "request-media-type-added": {
    impact: ["safe", "breaking", "safe"],
    bump: "minor",
    summary: "Another media type is accepted.",
    advice: additive,
  },
  "encoding-changed": {
    impact: ["risky", "risky", "risky"],
    bump: "minor",
    summary: "Parts of a form are written in another way (`encoding`).",
    advice: both,
  },
  "request-property-removed": {
    impact: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "A property is refused that could be sent before.",
    advice: "Keep accepting the property.",
  },
  "request-property-ignored": {
    impact: ["risky", "safe", "risky"],
    bump: "minor",
    summary: "A property is no longer declared: requests still pass, its value is ignored.",
    advice: "Refuse the property with an error, or keep it: clients rely on what it did.",
  },
  "request-property-required": {
    impact: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "A property must be sent that need not be sent before.",
    advice: "Make the property optional, with a default.",
  },
  "request-property-optional": {
    impact: ["safe", "breaking", "safe"],
    bump: "minor",
    summary: "A property need not be sent any more.",
    advice: additive,
  },
  "request-property-added": {
    impact: ["safe", "risky", "safe"],
    bump: "minor",
    summary: "An optional property of requests is new.",
    advice: additive,
  },
  "request-type-changed": {
    impact: ["breaking", "breaking", "breaking"],
    bump: "minor",
    summary: "A value that clients send must be of another type.",
    advice: "Keep accepting the old type beside the new one.",
  },
  "request-narrowed": {
    impact: ["breaking", "safe", "breaking"],
    bump: "minor",
    summary: "Values are refused that clients could send before.",
    advice: "Keep accepting the old values.",
  },
  "request-widened": {
    impact: ["safe", "breaking", "safe"],
    bump: "minor",
    summary: "Values are accepted that were refused before.",
    advice: additive,
  },
  "request-undecided": {
    impact: ["risky", "risky", "risky"],
    bump: "minor",
    summary: "What clients may send changed in a way that can be neither proved nor refuted.",
    advice: both,
  },
  "request-default-changed": {
    impact: ["risky", "risky", "risky"],
    bump: "minor",
    summary: "What is assumed where clients send nothing is another value.",
    advice: "Keep the default: clients that send nothing rely on it.",
  },
} as const satisfies Readonly<Record<string, RuleEntry>>;
