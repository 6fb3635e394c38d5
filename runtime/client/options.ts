/** What a caller may set, for a client and for a single call. */
import type { ServerSentEvent } from "./events.ts";
import type { HeadersOption } from "./headers.ts";
import type { Middleware } from "./middleware.ts";
import type { Members } from "./record.ts";

/**
 * A secret, or a function that is asked for one before each attempt. `undefined`: the caller has none now, and
 * operations that also allow anonymous calls are called so.
 */
export type Secret<Value> =
  Value | ((request: SecretRequest) => Value | undefined | Promise<Value | undefined>);

export interface SecretRequest {
  /** The server rejected the last secret with 401: a new one is wanted. Asked once for all calls that wait for it. */
  readonly refresh: boolean;
}

export interface BasicCredentials {
  readonly username: string;
  readonly password: string;
}

/** Credentials by the name of the security scheme. */
export type Credentials = Readonly<Record<string, Secret<string> | Secret<BasicCredentials> | undefined>>;

export interface RetryOptions {
  /** Requests per call at most, the first one included. Default 4. 1: never retry. */
  readonly attempts?: number;
  /** Milliseconds that the first delay is drawn from; it doubles with every further one. Default 200. */
  readonly baseDelay?: number;
  /** Milliseconds that a drawn delay never exceeds; a `Retry-After` may. Default 10,000. */
  readonly maxDelay?: number;
  /**
   * Retries that the whole client may do in a row; each call that comes through gives a tenth of one back. It keeps
   * many callers from finishing off a server that is down. Default 20.
   */
  readonly budget?: number;
}

/** A generated validator of an operation's responses: the issues of one, or none. */
export interface ResponseCheck {
  check(response: {
    readonly status: number;
    readonly contentType: string | null;
    readonly body: unknown;
    readonly header: (name: string) => string | null;
  }): readonly unknown[];
}

/** Limits, and how to stop. */
export interface Limits {
  /** Milliseconds for one request and the reading of its response. Default 30,000. */
  readonly timeout?: number;
  /** Milliseconds for the whole call with its retries and waits. Default 120,000. */
  readonly deadline?: number;
  readonly retry?: RetryOptions;
  /** Bytes, decoded, of a response that is read into memory; not of streams and blobs. Default 64 MiB. */
  readonly responseBytes?: number;
}

/** How a successful body is read instead of by its media type. */
export type ParseAs = "json" | "text" | "blob" | "arrayBuffer" | "stream";

/** Spells the query, without or with a leading `?`. */
export type QuerySerializer = (query: Members) => string;

/** One spelling for all lists and one for all objects of a query, whatever the document says. */
export interface QuerySerializerOptions {
  /** Default: `form` with `explode`. */
  readonly array?: {
    readonly style?: "form" | "spaceDelimited" | "pipeDelimited";
    readonly explode?: boolean;
  };
  /** Default: `deepObject`. */
  readonly object?: { readonly style?: "form" | "deepObject"; readonly explode?: boolean };
  /** Leaves `:/?#[]@!$&'()*+,;=` as they are. Default false. */
  readonly allowReserved?: boolean;
}

/** Makes what is sent of a body. `headers` are those of the request so far. */
export type BodySerializer = (body: never, headers: Headers) => unknown;

/** Fills the parameters into the URL that still has its templates. */
export type PathSerializer = (url: string, params: Members) => string;

/** What `fetch` takes besides what the client decides: `credentials`, `cache`, `mode`, `keepalive`, `priority`, … */
type FetchInit = Omit<RequestInit, "body" | "headers" | "method" | "signal" | "window">;

/** What a client and a call can both set; a call's own word counts. */
export interface SharedOptions extends Limits, FetchInit {
  /** Default: the operation's server, else the document's first. */
  readonly baseUrl?: string;
  /** Default: the global one. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Sent along. `null` unsets a header that would be sent otherwise, a credential too. */
  readonly headers?: HeadersOption;
  readonly middleware?: readonly Middleware[];
  readonly querySerializer?: QuerySerializer | QuerySerializerOptions;
  readonly bodySerializer?: BodySerializer;
  readonly pathSerializer?: PathSerializer;
}

/** `Auth` is generated from the security schemes. */
export interface ClientOptions<Auth = Credentials> extends SharedOptions {
  readonly auth?: Auth;
  /** Names each call in the `x-request-id` request header. */
  readonly requestId?: () => string;
  /** Validators of responses by operation id: `validateResponses(mode)` of the generated `client/responses`. */
  readonly validation?: Readonly<Record<string, ResponseCheck>>;
}

/** What every call takes besides its parameters and body. */
export interface CallOptions extends SharedOptions {
  readonly signal?: AbortSignal | null;
  /** Where the operation takes one: instead of a fresh one. The same key is sent with every retry. */
  readonly idempotencyKey?: string;
}

/** The arguments of a call, untyped by an operation. */
export interface CallInput extends CallOptions {
  readonly params?: {
    readonly path?: Members;
    readonly query?: Members;
    readonly header?: Members;
    readonly cookie?: Members;
  };
  readonly body?: unknown;
  /** How to read a successful body. Default: as the document declares. Typed for calls by path. */
  readonly parseAs?: ParseAs;
  /** Which of several request media types `body` is. Default: that of the `content-type` header, else the first. */
  readonly contentType?: string;
}

/** Bytes to send. A stream can be sent once only, so a call with one is never retried. */
export type BinaryBody = Blob | ArrayBuffer | ArrayBufferView | ReadableStream<Uint8Array>;

/** Bytes of a response, unread: the caller picks how to read them. */
export type BinaryResponse = Pick<
  Response,
  "body" | "bodyUsed" | "blob" | "arrayBuffer" | "text" | "headers"
>;

/**
 * The items of a response, as they come. A loop that is left early closes the connection. A failure is thrown as an
 * `ApiError`. A response can be read once.
 */
export type Items<Content> = AsyncIterable<Content extends readonly (infer Item)[] ? Item : Content>;

/** Server-sent events. Where the document describes their data alone, the rest is as the standard has it. */
export type Events<Content> = AsyncIterable<
  Content extends readonly (infer Event)[]
    ? Event
    : Content extends string
      ? ServerSentEvent
      : "data" extends keyof Content
        ? Content
        : ServerSentEvent<unknown extends Content ? string : Content>
>;

/** A body as `fetch` takes it. */
export type Content = string | FormData | URLSearchParams | BinaryBody;

/** A multipart body whose members `One` are files and `Many` lists of files. */
export type FileForm<Body, One extends PropertyKey, Many extends PropertyKey> = {
  [Name in keyof Body]: Name extends One ? Blob : Name extends Many ? readonly Blob[] : Body[Name];
};
