/**
 * What an operation takes and responds with, read off its entry in `types.ts`. Nothing here is worked out before a call asks
 * for it, so that a document of a thousand operations costs a compiler no more than the few that a program calls.
 */
import type { ErrorStatusOf, SuccessStatusOf } from "../statuses.ts";
import type { Success } from "./client-types.ts";
import type { HttpError, TransportError } from "./failures.ts";
import type { CallOptions } from "./options.ts";

/**
 * An operation whose bodies are JSON; that of a request may be a URL-encoded form. `Contract` are its errors with a code,
 * `Coded` their statuses, `Codes` the codes.
 */
export interface DerivedOperation<Entry extends OperationEntry, Contract, Coded, Codes extends string> {
  input: Arguments<ParametersOf<Entry> & BodyOf<Entry>>;
  output: SuccessesOf<Entry["responses"]>;
  failure: Contract | HttpErrorsOf<Entry["responses"], Coded> | TransportError<Codes>;
}

/** What `types.ts` says of an operation; a place without parameters is an optional `never`. */
export interface OperationEntry {
  parameters: { query?: unknown; header?: unknown; path?: unknown; cookie?: unknown };
  requestBody?: unknown;
  responses: unknown;
}

type Arguments<Input> = object extends Input ? [init?: CallOptions & Input] : [init: CallOptions & Input];

/** Places without parameters are left out, and no alias names the rest: an editor shows what can be given. */
type ParametersOf<Entry extends OperationEntry> = Params<
  {
    [
      Place in keyof Entry["parameters"] as Place extends "header"
        ? never
        : [NonNullable<Entry["parameters"][Place]>] extends [never]
          ? never
          : Place
    ]: Entry["parameters"][Place];
  } & ([NonNullable<Entry["parameters"]["header"]>] extends [never]
    ? unknown
    : Header<SentHeaders<NonNullable<Entry["parameters"]["header"]>>>)
>;

type Params<Parameters> = [keyof Parameters] extends [never]
  ? unknown
  : object extends Parameters
    ? { params?: Parameters }
    : { params: Parameters };

type Header<Headers> = [keyof Headers] extends [never]
  ? unknown
  : object extends Headers
    ? { header?: Headers }
    : { header: Headers };

/** The client sees to the key (callers give one as `idempotencyKey`); the others are not parameters (OpenAPI 3.1.1 §4.8.12.2.1). */
type SentHeaders<Headers> = {
  [
    Name in keyof Headers as Lowercase<Name & string> extends
      "idempotency-key" | "accept" | "content-type" | "authorization"
      ? never
      : Name
  ]: Headers[Name];
};

type BodyOf<Entry extends OperationEntry> = [NonNullable<Entry["requestBody"]>] extends [never]
  ? unknown
  : NonNullable<Entry["requestBody"]> extends { content: infer Content }
    ? Entry extends { requestBody: object }
      ? { body: Sent<Content> }
      : { body?: Sent<Content> }
    : never;

type Sent<Content> =
  | Content[keyof Content]
  | ("application/x-www-form-urlencoded" extends keyof Content ? URLSearchParams : never);

type SuccessesOf<Responses> = [SuccessStatus<keyof Responses>] extends [never]
  ? Success<number, unknown>
  : {
      [Status in keyof Responses & SuccessStatus<keyof Responses>]: Success<
        SuccessStatusOf<Status, keyof Responses>,
        JsonOf<Responses[Status]>
      >;
    }[keyof Responses & SuccessStatus<keyof Responses>];

/** `default` means success only where no status 2xx is declared at all. */
type SuccessStatus<Status> = [Explicit<Status>] extends [never]
  ? Extract<Status, "default">
  : Explicit<Status>;

type Explicit<Status> = Status extends number | string
  ? `${Status}` extends `2${string}`
    ? Status
    : never
  : never;

/** The responses that are declared without a code: the redirects and errors that `Contract` leaves over. */
type HttpErrorsOf<Responses, Coded> = {
  [Status in keyof Responses]: Status extends Coded
    ? never
    : `${Status & (number | string)}` extends `${1 | 2}${string}`
      ? never
      : HttpError<ErrorStatusOf<Status, keyof Responses>, JsonOf<Responses[Status]>>;
}[keyof Responses];

/** `undefined` where there is no body. */
type JsonOf<Response> = Response extends { content: infer Content } ? Content[keyof Content] : undefined;
