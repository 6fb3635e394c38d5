/** What a host may watch: each stage, each response, each violation of the contract, each error that was thrown. */
import type { RequestIssue, ValueIssue } from "../contract.ts";
import type { UndeclaredRefusal } from "../response/undeclared.ts";
import type { Stage } from "../pipeline/stages.ts";

/** Why a request was refused. Nothing of what the caller sent is in it: no values, no credentials. */
export interface RefusalReason {
  /** The code that the stage raises; absent where it has none, and where the stage let the call pass. */
  readonly code?: string | undefined;
  /** What is wrong with the request, where that is why. */
  readonly issues?: readonly RequestIssue[];
  /** Missing scopes. */
  readonly required?: readonly string[];
}

export interface StageEvent extends RefusalReason {
  readonly stage: Stage | "idempotency";
  readonly outcome: "passed" | "refused";
  readonly operation: string | undefined;
  readonly requestId: string;
  /** Since the request came in. */
  readonly milliseconds: number;
}

export interface ResponseEvent extends RefusalReason {
  /** Absent where no operation was found. */
  readonly operation: string | undefined;
  readonly method: string;
  /** The template, never the path itself: it is safe as a metric's label. */
  readonly path: string | undefined;
  readonly status: number;
  readonly code: string | undefined;
  /** The stage that refused, or `handler`. */
  readonly stage: Stage;
  readonly requestId: string;
  readonly milliseconds: number;
  /** The response was kept under an idempotency key. */
  readonly replayed: boolean;
}

/** A response that was about to leave and is not declared. The caller got the unhandled code instead. */
export interface Violation {
  readonly kind: "result" | "status" | "code" | "details" | "media-type" | "body" | "headers" | "tenant";
  readonly message: string;
  readonly operation: string;
  readonly requestId: string;
  readonly status?: number;
  readonly code?: string;
  readonly issues?: readonly ValueIssue[];
  /** What the handler returned. May hold personal data: think before logging it. */
  readonly response?: unknown;
}

export interface ErrorPlace {
  readonly operation: string | undefined;
  readonly requestId: string;
  /** What was being done. */
  readonly during: string;
}

/** An operation whose requests the validators do not check in full. */
export interface UncheckedRequest {
  readonly operation: string;
  /** Such as `query since` and `body application/xml`. */
  readonly parts: readonly string[];
}

/** Errors that a hook throws are dropped: watching must not change what is watched. */
export interface Hooks {
  readonly onStage?: (event: StageEvent) => void;
  readonly onResponse?: (event: ResponseEvent) => void;
  /** Told when the server starts of refusals that operations declare no response for. Printed to the console where absent. */
  readonly onUndeclared?: (refusals: readonly UndeclaredRefusal[]) => void;
  /** Told when the server starts of requests that are not checked in full. Printed to the console where absent. */
  readonly onUnchecked?: (requests: readonly UncheckedRequest[]) => void;
  /** Printed to the console where absent. */
  readonly onViolation?: (violation: Violation) => void;
  /** What was thrown, by a handler or a part of the host. Printed to the console where absent. */
  readonly onError?: (error: unknown, place: ErrorPlace) => void;
}

/** Calls a hook and survives it. */
export function notify<Event extends readonly unknown[]>(
  hook: ((...event: Event) => void) | undefined,
  ...event: Event
): void {
  try {
    hook?.(...event);
  } catch {
    // See `Hooks`.
  }
}

/** Default hooks that write violations and errors to the console. */
export function withConsole(hooks: Hooks): Hooks {
  return {
    onViolation: ({ operation, kind, message, issues = [], requestId }) => {
      const where = issues.map((issue) => `${JSON.stringify(issue.pointer)} ${issue.message}`).join("; ");
      const what = where === "" ? message : `${message} ${where}.`;
      console.error(`lockstep: ${operation} broke its contract (${kind}): ${what} [request ${requestId}]`);
    },
    onError: (error, { operation, during, requestId }) => {
      console.error(
        `lockstep: ${operation ?? "no operation"} failed in ${during} [request ${requestId}]`,
        error,
      );
    },
    onUndeclared: (refusals) => {
      const list = refusals.map(({ operation, stage, status }) => `${operation} (${stage}: ${status})`);
      console.warn(`lockstep: no declared response for refusals of ${list.join(", ")}.`);
    },
    onUnchecked: (requests) => {
      const list = requests.map(({ operation, parts }) => `${operation} (${parts.join(", ")})`);
      console.warn(`lockstep: requests are not checked in full: ${list.join(", ")}.`);
    },
    ...hooks,
  };
}
