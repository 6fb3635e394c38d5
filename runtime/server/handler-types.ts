/** The types of handlers, computed from what `types.ts` says about an operation. */
import type { StatusOf } from "../statuses.ts";
import type { ServerRequest } from "./exchange.ts";
import type { Failure, FailureOptions } from "./response/failure.ts";
import type { PublicResource, TenantResource } from "./tenant-resource.ts";

/** An operation in `types.ts`. */
export interface OperationTypes {
  parameters: object;
  requestBody?: unknown;
  responses: object;
}

/** What the generated code says about one operation. */
export interface HandlerShape {
  /** The operation in `types.ts`. */
  types: OperationTypes;
  id: string;
  /** Its declared codes, and their statuses. */
  codes: string;
  errorStatuses: PropertyKey;
  /** `details` by code. */
  details: object;
  /** The code of a resource that is not there, where the operation declares it; else `never`. */
  lookup: string;
  principal: unknown;
  /** What the idempotency store takes part in; `never` for an operation without keys. */
  transaction: unknown;
  /** Names of parameters with a default: present even where the caller leaves them out. */
  defaulted: string;
}

/** Implements one operation. What it returns, or throws as a `Failure`, is what the operation declares. */
export type Handler<Shape extends HandlerShape> = (
  context: Context<Shape>,
) => HandlerResponse<Shape> | Promise<HandlerResponse<Shape>>;

export type HandlerResponse<Shape extends HandlerShape> =
  ResultOf<Shape["types"]["responses"], Shape["errorStatuses"]> | Failure<Shape["codes"]>;

/** What a handler is given; every member may be destructured. */
export type Context<Shape extends HandlerShape> = ContextMembers<Shape> & BodyMembers<Shape["types"]>;

export interface ContextMembers<Shape extends HandlerShape> {
  readonly operation: Shape["id"];
  /** Decoded, validated and defaulted. */
  readonly path: Part<Shape["types"], "path", Shape["defaulted"]>;
  readonly query: Part<Shape["types"], "query", Shape["defaulted"]>;
  readonly header: Part<Shape["types"], "header", Shape["defaulted"]>;
  readonly cookie: Part<Shape["types"], "cookie", Shape["defaulted"]>;
  readonly principal: Shape["principal"];
  /** The caller's own id of the request, or a new one. */
  readonly requestId: string;
  /** Aborts when the caller has gone. */
  readonly signal: AbortSignal;
  readonly request: ServerRequest;
  /** Makes a declared error response, to be returned or thrown. */
  readonly fail: Fail<Shape["codes"], Shape["details"]>;
  /** Looks up what belongs to the caller's tenant; what is missing and what is another's fail alike. */
  readonly find: [Shape["lookup"]] extends [never] ? never : Find;
  /** The `Idempotency-Key` of the call, unquoted. */
  readonly idempotencyKey: string | undefined;
  /**
   * Stores the response of this call under its idempotency key inside the handler's own transaction, so that effect and
   * response are committed together or not at all. Without a key it stores nothing. Returns `result`.
   *
   * @throws LeaseLostError where another call has taken the key over: the transaction must roll back.
   */
  readonly remember: [Shape["transaction"]] extends [never]
    ? never
    : <Result extends HandlerResponse<Shape>>(
        result: Result,
        transaction: Shape["transaction"],
      ) => Promise<Result>;
}

export type Find = <Value, Arguments extends readonly unknown[]>(
  resource: TenantResource<Value, Arguments> | PublicResource<Value, Arguments>,
  id: string,
  ...rest: Arguments
) => Promise<Value>;

export type Fail<Codes extends string, Details> = <Code extends Codes>(
  code: Code,
  ...rest: FailArguments<Code extends keyof Details ? Details[Code] : undefined>
) => Failure<Code>;

type FailArguments<Details> = [Details] extends [undefined]
  ? [details?: undefined, options?: FailureOptions]
  : undefined extends Details
    ? [details?: Details, options?: FailureOptions]
    : [details: Details, options?: FailureOptions];

/** No parameters in this place, so no member that could be asked for. */
type Empty = object;

/** One location's parameters; those with a default are always there. */
type Part<
  Types extends OperationTypes,
  Name extends string,
  Defaulted extends string,
> = Name extends keyof Types["parameters"]
  ? [NonNullable<Types["parameters"][Name]>] extends [never]
    ? Empty
    : WithDefaults<NonNullable<Types["parameters"][Name]>, Defaulted>
  : Empty;

type WithDefaults<Values, Names extends string> = [Extract<keyof Values, Names>] extends [never]
  ? Readonly<Values>
  : Readonly<Omit<Values, Names> & Required<Pick<Values, Extract<keyof Values, Names>>>>;

/** `body` and `mediaType`; with several media types, a union that `mediaType` discriminates. */
type BodyMembers<Types> = Types extends { requestBody: { content: infer Content } }
  ? BodyOf<Content>
  : Types extends { requestBody?: infer Body }
    ? [NonNullable<Body>] extends [never]
      ? NoBody
      : NonNullable<Body> extends { content: infer Content }
        ? BodyOf<Content> | NoBody
        : NoBody
    : NoBody;

interface NoBody {
  readonly body: undefined;
  readonly mediaType: undefined;
}

type BodyOf<Content> = {
  [Type in keyof Content]: { readonly body: BodyFor<Type, Content[Type]>; readonly mediaType: Type };
}[keyof Content];

type JsonType =
  "application/json" | `application/json;${string}` | `${string}+json` | `${string}+json;${string}`;

/** Ranges that JSON, a form or text may come under: which of them it was, only the value tells. */
type DecodedRange = `*/*${string}` | `application/*${string}` | `text/*${string}` | `multipart/*${string}`;

/** JSON, forms and text arrive decoded and validated, everything else as a stream of bytes. */
type BodyFor<Type, Value> = Type extends JsonType | `application/x-www-form-urlencoded${string}`
  ? Value
  : Type extends `multipart/form-data${string}`
    ? Parts<Value>
    : Type extends DecodedRange
      ? Value | Parts<Value> | ReadableStream<Uint8Array>
      : Type extends `text/event-stream${string}`
        ? ReadableStream<Uint8Array>
        : Type extends `text/${string}`
          ? Value
          : ReadableStream<Uint8Array>;

/** A part that the schema calls a string of bytes comes as a file where it was sent as one. */
type Parts<Value> = {
  [Name in keyof Value]: NonNullable<Value[Name]> extends string
    ? Value[Name] | File
    : NonNullable<Value[Name]> extends string[]
      ? (string | File)[] | Exclude<Value[Name], string[]>
      : Value[Name];
};

/** What a response body other than JSON may be. */
export type RawBody = string | Uint8Array | ReadableStream<Uint8Array> | AsyncIterable<string | Uint8Array>;

/** The results of an operation: every declared status but those that carry codes. */
export type ResultOf<Responses, ErrorStatuses> = {
  [Status in Exclude<keyof Responses, ErrorStatuses>]: StatusResult<
    StatusOf<Status, keyof Responses>,
    Responses[Status]
  >;
}[Exclude<keyof Responses, ErrorStatuses>];

type StatusResult<Status, Response> = Response extends { content: infer Content }
  ? [keyof Content] extends [never]
    ? EmptyResult<Status, Response>
    : ContentResult<Status, Response, Content, keyof Content>
  : EmptyResult<Status, Response>;

interface EmptyResult<Status, Response> {
  readonly status: Status;
  readonly body?: undefined;
  readonly headers?: ResultHeaders<Response>;
}

type ContentResult<Status, Response, Content, All> = {
  [Type in keyof Content]: {
    readonly status: Status;
    readonly body: ResponseBodyFor<Type, Content[Type]>;
    readonly headers?: ResultHeaders<Response>;
  } & MediaTypeOf<Type, All>;
}[keyof Content];

/** Has to be said where several are declared, and where a range is. */
type MediaTypeOf<Type, All> = Type extends Range
  ? { readonly mediaType: Within<Type> }
  : [All] extends [Type]
    ? { readonly mediaType?: Type }
    : { readonly mediaType: Type };

type Range = `${string}*${string}`;

/** The types of a range: anything may stand for its asterisks. */
type Within<Type extends string> = Type extends `${infer Before}*${infer After}`
  ? `${Before}${string}${Within<After>}`
  : Type;

type ResponseBodyFor<Type, Value> = Type extends JsonType
  ? Value
  : Type extends DecodedRange
    ? Value | RawBody
    : RawBody;

type HeaderValue = string | number | boolean;

/** Declared fields, each optional here: some the kit itself adds. Others may be given too. */
type ResultHeaders<Response> = Response extends { headers: infer Headers }
  ? {
      readonly [Name in keyof Headers as string extends Name ? never : Name]?: FieldFor<
        Exclude<Headers[Name], undefined>
      >;
    } & Readonly<Record<string, HeaderValue | readonly HeaderValue[] | undefined>>
  : Readonly<Record<string, HeaderValue | readonly HeaderValue[]>>;

/** A list is written as one; an object, whose style the kit does not know, as the text that it is to be. */
type FieldFor<Value> = unknown extends Value
  ? HeaderValue
  : Value extends HeaderValue | readonly HeaderValue[]
    ? Value
    : string;
