/** Middleware with the names and the contract of openapi-fetch's. It runs for every attempt and sees no credential of `auth`. */
import type { BodySerializer, ParseAs, PathSerializer, QuerySerializer } from "./options.ts";

/** What all hooks are given. */
export interface MiddlewareCallbackParams {
  /** Without the credentials that `auth` supplies: those are added later. */
  readonly request: Request;
  /** The path as the document writes it, e.g. `/broadcasts/{id}`. */
  readonly schemaPath: string;
  /** As the caller gave them. */
  readonly params: MiddlewareParams;
  /** Names the attempt: the same in all hooks. */
  readonly id: string;
  /** The options in force for this call. */
  readonly options: MergedOptions;
}

export interface MiddlewareParams {
  readonly query?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly path?: Readonly<Record<string, unknown>>;
  readonly cookie?: Readonly<Record<string, unknown>>;
}

export interface MergedOptions {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** `undefined`: as the document declares. */
  readonly parseAs: ParseAs | undefined;
  readonly fetch: (request: Request) => Promise<Response>;
  readonly querySerializer: QuerySerializer | undefined;
  readonly bodySerializer: BodySerializer | undefined;
  readonly pathSerializer: PathSerializer | undefined;
}

/** May return nothing at all. */
type Hook<Params, Replacement> =
  | ((params: Params) => Replacement | undefined | Promise<Replacement | undefined>)
  | ((params: Params) => void);

interface Hooks {
  /** In order. A `Request` replaces the request; a `Response` is the response, and nothing is sent. */
  onRequest: Hook<MiddlewareCallbackParams, Request | Response>;
  /** In reverse order. A `Response` replaces the response. */
  onResponse: Hook<MiddlewareCallbackParams & { readonly response: Response }, Response>;
  /** In reverse order, where `fetch` rejected. An `Error` replaces the error, a `Response` stands in for it. */
  onError: Hook<MiddlewareCallbackParams & { readonly error: unknown }, Response | Error>;
}

/** At least one hook. */
export type Middleware = {
  [Name in keyof Hooks]: Pick<Hooks, Name> & Partial<Omit<Hooks, Name>>;
}[keyof Hooks];

type Loose = Partial<Hooks>;
type Context = Omit<MiddlewareCallbackParams, "request">;

/**
 * Sends a request through middleware.
 *
 * @param send rejects where no response came
 */
export async function sendThrough(
  middleware: readonly Loose[],
  request: Request,
  context: Context,
  send: (request: Request) => Promise<Response>,
): Promise<Response> {
  let current = request;
  for (const { onRequest } of middleware) {
    const replaced = await onRequest?.({ ...context, request: current });
    if (isResponse(replaced)) return replaced;
    if (isRequest(replaced)) current = replaced;
    else reject("onRequest", replaced, "a Request, a Response");
  }
  const reversed = [...middleware].reverse();
  let response: Response;
  try {
    response = await send(current);
  } catch (error) {
    response = await recover(reversed, error, { ...context, request: current });
  }
  for (const { onResponse } of reversed) {
    const replaced = await onResponse?.({ ...context, request: current, response });
    if (isResponse(replaced)) response = replaced;
    else reject("onResponse", replaced, "a Response");
  }
  return response;
}

/** Marks an error (its `cause`) as one of `fetch`, not of a function of the caller. */
export class SendError extends Error {
  constructor(cause: unknown) {
    super("", { cause });
  }
}

/** Lets `onError` hooks see what `fetch` rejected with. Other errors pass them by. */
async function recover(
  reversed: readonly Loose[],
  thrown: unknown,
  context: MiddlewareCallbackParams,
): Promise<Response> {
  if (!(thrown instanceof SendError)) throw thrown;
  let error = thrown.cause;
  for (const { onError } of reversed) {
    const handled = await onError?.({ ...context, error });
    if (isResponse(handled)) return handled;
    if (handled instanceof Error) error = handled;
    else reject("onError", handled, "a Response, an Error");
  }
  throw new SendError(error);
}

/** By shape: a test environment or a polyfill may have classes of its own. */
function isResponse(value: unknown): value is Response {
  return typeof value === "object" && value !== null && "status" in value;
}

function isRequest(value: unknown): value is Request {
  return typeof value === "object" && value !== null && "method" in value;
}

function reject(hook: keyof Hooks, value: unknown, allowed: string): void {
  if (value) throw new TypeError(`${hook} must return ${allowed} or nothing.`);
}
