/** The ways in which a response breaks its contract. */
import type { ResponseIssue } from "./contract.ts";

/** What each rule reports; the key is stable. */
export const responseRules = {
  "status-undeclared": "A response has a status that its operation does not declare.",
  "media-type-undeclared": "A response has a media type that its operation does not declare for the status.",
  "media-type-missing": "A response has a body and no Content-Type.",
  "body-missing": "A response has no body where one is declared.",
  "body-undeclared": "A response has a body where none is declared.",
  "body-unreadable": "The body of a response cannot be read as its media type.",
  "body-invalid": "The body of a response does not match its schema.",
  "code-missing": "An error response carries no code where the envelope has it.",
  "code-undeclared": "An error response carries a code that its operation does not declare.",
  "code-status": "An error response carries a declared code with another status.",
  "header-invalid": "A declared header of a response is missing or does not match its schema.",
  "internals-exposed": "An error response shows a stack trace, SQL or a file path.",
  "retry-after-missing": "A response whose code says `after-delay` has no usable Retry-After.",
} as const satisfies Readonly<Record<string, string>>;

export type ResponseRule = keyof typeof responseRules;

/** One broken promise. `message` never repeats a value of the body. */
export interface ContractViolation {
  readonly rule: ResponseRule;
  readonly message: string;
  readonly issues?: readonly ResponseIssue[];
}

/** A response, classified. */
export interface ClassifiedResponse {
  /** The key of the declared response: `404`, `4XX`, `default`; absent where the status is not declared. */
  readonly declared?: string;
  /** The code in the envelope of an error. */
  readonly code?: string;
  readonly violations: readonly ContractViolation[];
}
