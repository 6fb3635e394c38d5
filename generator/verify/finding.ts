/** What a run reports: a promise of the document, what came instead, and the request that shows it again. */
import { responseRules, type ResponseIssue, type ResponseRule } from "lockstep-openapi-runtime/monitor";
import type { Exchange } from "./exchange.ts";

/** Rules about what a server does, beside those about a response alone. */
export const behaviourRules = {
  "invalid-request-accepted": "A request that a stage must refuse succeeds.",
  "server-error": "A request ends in a status 5xx that it must not end in.",
  "wrong-refusal": "A request is refused, but with another status or code than its stage has.",
  "stage-order": "Of two faults the one of the later stage is reported.",
  "details-incomplete": "The details of an error do not name what is wrong.",
  "existence-revealed": "A foreign id and one that exists nowhere get different responses.",
  "success-refused": "A request that must succeed is refused.",
  "allow-missing": "A 405 does not list the methods of the path in `Allow`.",
  "replay-differs": "The same request with the same idempotency key gets another response.",
  "key-reuse-accepted": "Another request with a used idempotency key is not refused.",
  "key-shared": "An idempotency key is shared with another tenant.",
  "parallel-executed": "Two requests with one idempotency key both do the work.",
  "recipe-failed": "A step of a recipe does not end as the recipe says.",
  "request-id-missing": "A response lacks the request id that the document describes.",
  "credential-exposed": "A response shows a credential.",
  "no-response": "A request gets no response.",
} as const satisfies Readonly<Record<string, string>>;

export const verifyRules = { ...responseRules, ...behaviourRules } as const;
export type VerifyRule = ResponseRule | keyof typeof behaviourRules;

export type FindingSeverity = "error" | "warning";

const warnings: ReadonlySet<VerifyRule> = new Set<VerifyRule>([
  "request-id-missing",
  "allow-missing",
  "details-incomplete",
]);

export function severityOf(rule: VerifyRule): FindingSeverity {
  return warnings.has(rule) ? "warning" : "error";
}

export interface Finding {
  readonly rule: VerifyRule;
  readonly severity: FindingSeverity;
  /** An operation's id; absent where the request belongs to none. */
  readonly operation?: string;
  /** The probe; absent where traffic was only watched. */
  readonly probe?: string;
  readonly message: string;
  /** Of the promise, into the expanded document. */
  readonly pointer: string;
  readonly issues: readonly ResponseIssue[];
  /** The exchanges that show it, at least one. */
  readonly exchanges: readonly Exchange[];
}
