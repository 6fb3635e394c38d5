/** What a caller may set, for a client and for a single call. */
import type { Middleware } from "openapi-fetch";

/** A secret, or what fetches one: asked before each request, so that it may change over time. */
export type Secret<Value> = Value | (() => Value | Promise<Value>);

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

/** A generated validator of an operation's answers: what is wrong with one, or nothing. */
export interface AnswerCheck {
  check(answer: {
    readonly status: number;
    readonly contentType: string | null;
    readonly body: unknown;
    readonly header: (name: string) => string | null;
  }): readonly unknown[];
}

/** Limits in milliseconds, and how to stop. */
export interface Limits {
  /** For one request and the reading of its answer. Default 30,000. */
  readonly timeout?: number;
  /** For the whole call with its retries and waits. Default 120,000. */
  readonly deadline?: number;
  readonly retry?: RetryOptions;
}

/** `Auth` is generated from the security schemes. */
export interface ClientOptions<Auth = Credentials> extends Limits {
  /** Default: the document's first server. */
  readonly baseUrl?: string;
  readonly auth?: Auth;
  /** Default: the global one. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Sent with each request. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly middleware?: readonly Middleware[];
  /** Names each call in the `x-request-id` request header. */
  readonly requestId?: () => string;
  /** Validators of answers by operation id: `validateResponses(mode)` of the generated `client/responses`. */
  readonly validation?: Readonly<Record<string, AnswerCheck>>;
}

/** What every call takes besides its parameters and body. */
export interface CallOptions extends Limits {
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the operation takes one: instead of a fresh one. The same key is sent with every retry. */
  readonly idempotencyKey?: string;
}

/** The arguments of a call, untyped by an operation. */
export interface CallInput extends CallOptions {
  readonly params?: {
    readonly path?: Readonly<Record<string, unknown>>;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly header?: Readonly<Record<string, unknown>>;
    readonly cookie?: Readonly<Record<string, unknown>>;
  };
  readonly body?: unknown;
  /** Which of several request media types `body` is. Default: the first. */
  readonly contentType?: string;
}

/** Bytes to send. A stream can be sent once only, so a call with one is never retried. */
export type BinaryBody = Blob | ArrayBuffer | ArrayBufferView | ReadableStream<Uint8Array>;

/** Bytes that were answered, unread: the caller picks how to read them. */
export type BinaryAnswer = Pick<Response, "body" | "bodyUsed" | "blob" | "arrayBuffer" | "text" | "headers">;

/** A body as `fetch` takes it. */
export type Content = string | FormData | URLSearchParams | BinaryBody;

/** A multipart body whose members `One` are files and `Many` lists of files. */
export type FileForm<Body, One extends PropertyKey, Many extends PropertyKey> = {
  [Name in keyof Body]: Name extends One ? Blob : Name extends Many ? readonly Blob[] : Body[Name];
};
