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
  /** Id of the operation that was called. */
  declare readonly operation: string;
  /** The whole failure. */
  declare readonly error: Failure;
  /** The error code, or the sentinel of a failure without one. */
  declare readonly code: Failure["error"];
  declare readonly status: Failure["status"];
  declare readonly details: Member<Failure, "details">;
  declare readonly requestId: string | undefined;
  declare readonly docUrl: string | undefined;
  declare readonly response: Response | undefined;

  constructor(operation: string, error: Failure, response: Response | undefined) {
    const { error: code, message, status, requestId, details, docUrl, cause }: Loose = error;
    super(`${operation}: ${code}${status === undefined ? "" : ` (${status})`}: ${message}`, {
      cause,
    });
    Object.assign(this, {
      name: "ApiError",
      operation,
      error,
      code,
      status,
      details,
      requestId,
      docUrl,
      response,
    });
  }
}

/** Members that only some failures have. */
type Loose = AnyFailure & {
  readonly details?: unknown;
  readonly docUrl?: string | undefined;
  readonly cause?: unknown;
};

/**
 * The data of a result.
 *
 * @throws ApiError where the result is a failure.
 */
export function dataOf(operation: string, { data, error, response }: AnyResult): unknown {
  if (error !== undefined) throw new ApiError(operation, error, response);
  return data;
}
