/** The responses that are errors: what a stage refuses with, and what a handler fails with. */
import type { Stage } from "../pipeline/stages.ts";

/** Why a stage does not let a request pass. Plain data: refusals are frequent and carry no stack. */
export interface Refusal {
  readonly stage: Stage;
  /** What the response's `details` say, where its code has any. */
  readonly details?: unknown;
  readonly message?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  /** Field names and values in turn. */
  readonly headers?: readonly string[];
  /** Overrides the code that the catalogue assigns to the stage. */
  readonly code?: string;
  /** Where HTTP has a better status for this case than for the stage in general; a code with that status is preferred. */
  readonly status?: number;
}

export interface FailureOptions {
  /** Wording for people; the catalogue's where absent. */
  readonly message?: string;
  /** Seconds for `Retry-After`; 1 where a code that is to be repeated after a delay leaves it out. */
  readonly retryAfter?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Only where a document without a catalogue has several statuses for the code. */
  readonly status?: number;
}

/** A declared error response. A handler may return it or throw it; both mean the same. */
export class Failure<Code extends string = string> extends Error {
  readonly code: Code;
  readonly details: unknown;
  readonly options: FailureOptions;
  /** Set where a stage of the kit made it on the handler's behalf. */
  readonly stage: Stage;

  constructor(code: Code, details?: unknown, options: FailureOptions = {}, stage: Stage = "handler") {
    super(options.message ?? code);
    this.name = "Failure";
    this.code = code;
    this.details = details;
    this.options = options;
    this.stage = stage;
  }
}
