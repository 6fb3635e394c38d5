/** Everything that can come back instead of data, as a union that `kind`, `error` and `status` discriminate. */
import type { ErrorStatusOf } from "../statuses.ts";
import type { RetryPolicy } from "./contract.ts";

interface Facts {
  /** For people: the envelope's message, or a sentence of ours. */
  readonly message: string;
  /** The server's name for the request (`x-request-id`), where it gave one. */
  readonly requestId: string | undefined;
  /** How often the call was tried. Fewer requests were sent where the last try did not come to that. */
  readonly attempts: number;
}

/**
 * An error that the operation declares, proven by the validator of its code. `status` is the one that the contract
 * gives the code; should a server move the code, `response.status` tells what came over the wire.
 */
export interface ContractError<Code extends string, Status, Details, Body> extends Facts {
  readonly kind: "contract";
  readonly error: Code;
  readonly code: Code;
  readonly status: Status;
  readonly details: Details;
  /** As it came. */
  readonly body: Body;
  /** The code's page in the published documentation. */
  readonly docUrl: string | undefined;
  readonly retry: RetryPolicy | undefined;
}

/** A response that the document declares with this status and without a code, proven by its schema's validator. */
export interface HttpError<Status, Body> extends Facts {
  readonly kind: "http";
  readonly error: "http_error";
  readonly status: Status;
  readonly body: Body;
}

/** An envelope with a code that the operation does not declare: new since this client was generated. */
export interface UnknownCodeError extends Facts {
  readonly kind: "unknown";
  readonly error: "unknown_error";
  /** The raw code. */
  readonly code: string;
  readonly status: number;
  readonly details: unknown;
  readonly body: unknown;
}

/** An envelope with a declared code whose body is not what the code promises. */
export interface MalformedError<Code extends string = string> extends Facts {
  readonly kind: "malformed";
  readonly error: "malformed_error";
  readonly code: Code;
  readonly status: number;
  readonly body: unknown;
}

/** A status other than 2xx whose body is not an envelope: a proxy's page, nothing at all, half a body. */
export interface UnexpectedResponse extends Facts {
  readonly kind: "unexpected";
  readonly error: "unexpected_response";
  readonly status: number;
  /** `too-large`: more bytes than the option `responseBytes`. */
  readonly reason: "empty" | "not-json" | "no-code" | "truncated" | "too-large" | "redirect";
  /** Parsed JSON, or text; `undefined` where there is none. */
  readonly body: unknown;
}

/** A status 2xx whose body cannot be what the document declares. */
export interface InvalidResponse extends Facts {
  readonly kind: "invalid";
  readonly error: "invalid_response";
  readonly status: number;
  /** `repeated-page`: the last result of `pages()`, where a page names one as the next that was there already. */
  readonly reason: "empty" | "not-json" | "truncated" | "too-large" | "schema" | "repeated-page";
  /** What the response validator found, with `reason: "schema"`. */
  readonly issues: readonly unknown[];
  readonly body: unknown;
}

/** No response came: name resolution, connection, TLS, CORS, a connection cut before the headers. */
export interface NetworkError extends Facts {
  readonly kind: "network";
  readonly error: "network_error";
  readonly status: undefined;
  readonly cause: unknown;
}

/** No complete response came in time. */
export interface TimeoutError extends Facts {
  readonly kind: "timeout";
  readonly error: "timeout_error";
  readonly status: undefined;
  /** Which of the two limits was reached. */
  readonly limit: "timeout" | "deadline";
}

/** The caller's signal was aborted. */
export interface AbortedError extends Facts {
  readonly kind: "aborted";
  readonly error: "aborted_error";
  readonly status: undefined;
  /** The signal's reason. */
  readonly cause: unknown;
}

/** The request could not be made (a bad path parameter or base URL), or a function of the caller threw: middleware, a check. */
export interface RequestError extends Facts {
  readonly kind: "request";
  readonly error: "request_error";
  readonly status: undefined;
  readonly cause: unknown;
}

/** The members that every operation has besides its own codes. */
export type TransportError<Code extends string> =
  | UnknownCodeError
  | MalformedError<Code>
  | UnexpectedResponse
  | InvalidResponse
  | NetworkError
  | TimeoutError
  | AbortedError
  | RequestError;

/** Any failure, untyped by an operation. */
export type AnyFailure =
  ContractError<string, number, unknown, unknown> | HttpError<number, unknown> | TransportError<string>;

/**
 * The contract errors of an operation from its codes by status: `Statuses` is the operation's entry in
 * `OperationErrors`. A range (`4XX`, `default`) leaves the status a number.
 */
export type ContractErrors<Statuses, Details, Bodies> = {
  [Status in keyof Statuses]: ErrorsWithStatus<
    Status extends number ? Status : number,
    Statuses[Status],
    Details,
    Bodies
  >;
}[keyof Statuses];

type ErrorsWithStatus<Status, Codes, Details, Bodies> = Codes extends string & keyof Details & keyof Bodies
  ? ContractError<Codes, Status, Details[Codes], Bodies[Codes]>
  : never;

/**
 * The same where the document has no catalogue: the body is the response's own type, narrowed to the code. `Responses` is
 * the operation's entry in `types.ts`.
 */
export type InferredErrors<Statuses, Details, Bodies, Responses> = {
  [Status in keyof Statuses]: InferredWithStatus<
    ErrorStatusOf<Status, keyof Responses>,
    Statuses[Status],
    Details,
    Bodies,
    Status extends keyof Responses ? JsonContent<Responses[Status]> : unknown
  >;
}[keyof Statuses];

type InferredWithStatus<Status, Codes, Details, Bodies, Body> = Codes extends string &
  keyof Details &
  keyof Bodies
  ? ContractError<Codes, Status, Details[Codes], Bodies[Codes] & Body>
  : never;

type JsonContent<Response> = Response extends { content: infer Content } ? Content[keyof Content] : unknown;
