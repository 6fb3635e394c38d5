/** What `generated/errors.ts` promises to a compiler. Checked by test/types/types.test.ts; nothing here runs. */
import { expectTypeOf } from "vitest";
import {
  errorCatalogue,
  errorStatuses,
  hasErrorCode,
  isErrorCode,
  type ErrorBody,
  type ErrorBodyOf,
  type ErrorCode,
  type ErrorCodeOf,
  type ErrorDetails,
  type OperationErrors,
  type OperationId,
  type RetiredErrorCode,
} from "../../generated/errors.ts";
import type { components } from "../../generated/types.ts";

// The wire enum and the codes are one and the same.
expectTypeOf<ErrorCode>().toEqualTypeOf<components["schemas"]["ErrorCode"]>();
expectTypeOf<RetiredErrorCode>().toEqualTypeOf<"forbidden">();
expectTypeOf<OperationId>().toExtend<string>();

// By operation, and by operation and status.
expectTypeOf<ErrorCodeOf<"getBroadcast">>().toEqualTypeOf<
  "bad_request" | "unauthorized" | "insufficient_scope" | "not_found" | "rate_limited" | "internal_error"
>();
expectTypeOf<ErrorCodeOf<"sendPreparedBroadcast", 409>>().toEqualTypeOf<
  "concurrent_redeem" | "idempotency_in_progress"
>();
expectTypeOf<OperationErrors["listSegments"]>().not.toHaveProperty(404);
// @ts-expect-error: no such status for this operation
type _NoSuchStatus = ErrorCodeOf<"getBroadcast", 410>;
// @ts-expect-error: no such operation
type _NoSuchOperation = ErrorCodeOf<"getNothing">;

// Details per code.
expectTypeOf<ErrorDetails["insufficient_scope"]>().toEqualTypeOf<
  components["schemas"]["InsufficientScopeDetails"]
>();
expectTypeOf<ErrorDetails["not_found"]>().toEqualTypeOf<undefined>();

/** An exhaustive switch narrows `details`, and forgetting a code is an error. */
export function exhaustive(body: ErrorBodyOf<"sendPreparedBroadcast", 403 | 410>): string {
  switch (body.error) {
    case "insufficient_scope":
      expectTypeOf(body.details.required).toEqualTypeOf<string[]>();
      return body.details.required.join();
    case "prepared_send_expired":
      return body.details.reason;
    case "send_not_allowed":
      // @ts-expect-error: this code has no details
      return String(body.details);
    default:
      expectTypeOf(body).toEqualTypeOf<never>();
      return body;
  }
}

export function forgetful(body: ErrorBodyOf<"sendPreparedBroadcast", 403>): void {
  if (body.error === "insufficient_scope") return;
  // @ts-expect-error: send_not_allowed is still possible
  body satisfies never;
}

export function guards(value: string, body: ErrorBody): void {
  if (isErrorCode(value)) expectTypeOf(value).toEqualTypeOf<ErrorCode>();
  if (hasErrorCode(body, "terminal_state", "not_found")) {
    expectTypeOf(body.error).toEqualTypeOf<"terminal_state" | "not_found">();
  }
  // @ts-expect-error: not a code
  hasErrorCode(body, "nonsense");
}

expectTypeOf(errorStatuses.not_found).toEqualTypeOf<404>();
expectTypeOf(errorCatalogue.not_found.status).toEqualTypeOf<number>();
