/** The thrown form of a failure, for callers who ask for it. */
import type { AnyResult } from "./call.ts";
import type { AnyFailure } from "./failures.ts";
import { isRecord } from "./record.ts";

type Member<Failure, Name extends string> = Failure extends { readonly [Key in Name]: infer Value }
  ? Value
  : undefined;

/** In every copy of this module and every realm the same. */
const brand = Symbol.for("lockstep-openapi.ApiError");

/**
 * Thrown by `orThrow()`. `code` and `status` tell the members of a union of these apart, see `ApiErrorOf` of the generated
 * client. Holds nothing of what was sent. `instanceof` also knows those of another copy of this module or another realm.
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
    const request = requestId === undefined ? undefined : `request ${requestId}`;
    const where = [request, docUrl].filter((text) => text !== undefined).join(", ");
    const title = `${operation}: ${code}${status === undefined ? "" : ` (${String(status)})`}: ${message}`;
    super(where === "" ? title : `${title} (${where})`, cause instanceof Error ? { cause } : {});
    Object.assign(this, { operation, code, status, details, requestId, docUrl });
    // Found by name, but not printed: a body or a response is too much for a log.
    const hidden = { name: "ApiError", error, response, [brand]: true };
    for (const key of Reflect.ownKeys(hidden)) {
      Object.defineProperty(this, key, { value: Reflect.get(hidden, key) });
    }
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    const inherited = Function.prototype[Symbol.hasInstance].call(this, value);
    return inherited || (this === ApiError && isRecord(value) && Reflect.get(value, brand) === true);
  }

  /** What a log needs: no body, no response, no stack. */
  toJSON(): object {
    const { name, message, operation, code, status, details, requestId, docUrl, error } = this;
    const { kind, attempts } = error;
    return { name, message, operation, kind, code, status, details, requestId, docUrl, attempts };
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
