/** The thrown form of a failure, for callers who ask for it. */
import type { AnyResult } from "./call.ts";
import type { AnyFailure } from "./failures.ts";

type Member<Failure, Name extends string> = Failure extends { readonly [Key in Name]: infer Value }
  ? Value
  : undefined;

/**
 * Thrown by `orThrow()`. `code` and `status` tell the members of a union of these apart, see `ApiErrorOf` of the generated
 * client. Holds nothing of what was sent.
 */
export class ApiError<Failure extends AnyFailure = AnyFailure> extends Error {
  override readonly name = "ApiError";
  /** Id of the operation that was called. */
  readonly operation: string;
  /** The whole failure. */
  readonly error: Failure;
  /** The error code, or the sentinel of a failure without one. */
  readonly code: Failure["error"];
  readonly status: Failure["status"];
  readonly details: Member<Failure, "details">;
  readonly requestId: string | undefined;
  readonly docUrl: string | undefined;
  readonly response: Response | undefined;

  constructor(operation: string, error: Failure, response: Response | undefined) {
    const { status } = error;
    super(`${operation}: ${error.error}${status === undefined ? "" : ` (${status})`}: ${error.message}`);
    this.operation = operation;
    this.error = error;
    this.code = error.error;
    this.status = status;
    // A failure has this member exactly where its type says so.
    this.details = ("details" in error ? error.details : undefined) as Member<Failure, "details">;
    this.requestId = error.requestId;
    this.docUrl = "docUrl" in error ? error.docUrl : undefined;
    this.response = response;
    if ("cause" in error) this.cause = error.cause;
  }
}

/**
 * The data of a result.
 *
 * @throws ApiError where the result is a failure.
 */
export function dataOf(operation: string, { data, error, response }: AnyResult): unknown {
  if (error !== undefined) throw new ApiError(operation, error, response);
  return data;
}
