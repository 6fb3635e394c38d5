/** Makes the request of an attempt from the caller's arguments and the operation's descriptor. */
import type { CallContext } from "./context.ts";
import { mergeHeaders, setHeader } from "./headers.ts";
import type { MergedOptions } from "./middleware.ts";
import type { Content } from "./options.ts";
import { createQuerySerializer } from "./query-serializer.ts";
import { asRecord } from "./record.ts";
import { serializeBody, serializeHeaders, serializePath, serializeQuery } from "./serialize.ts";

/** A request that is ready for middleware, and what sending it needs to know. */
export interface Made {
  readonly request: Request;
  readonly options: MergedOptions;
  readonly content: Content | undefined;
  /** Lower-case names of headers that the caller wants not to be sent. */
  readonly unset: ReadonlySet<string>;
}

/** draft-ietf-httpapi-idempotency-key-header §2.1. */
const keyHeader = "idempotency-key";

/** @throws TypeError that says which part of the request cannot be made */
export function makeRequest(context: CallContext, signal: AbortSignal): Made {
  const { operation, call } = context;
  const options = mergedOptions(context);
  const unset = new Set<string>();
  const { headers, content } = makeHeaders(context, unset);
  const init: object = {
    // A `Request` takes what it knows of them.
    ...call,
    method: operation.method,
    headers,
    body: content,
    signal,
    redirect: "manual",
    // Streams must say so (Fetch §5.4); to all others it makes no difference.
    duplex: "half",
  };
  const request = new Request(parseUrl(urlOf(context, options)), init);
  return { request: addExtras(request, context), options, content, unset };
}

/** Copies what a `Request` does not keep of the caller's options, as openapi-fetch does: a runtime reads `next` there. */
export function addExtras(request: Request, { input }: CallContext): Request {
  return Object.assign(
    request,
    Object.fromEntries(Object.entries(input).filter(([name]) => !(name in request))),
  );
}

function mergedOptions({ api, operation, call }: CallContext): MergedOptions {
  const { baseUrl = operation.baseUrl ?? api.baseUrl ?? "", querySerializer } = call;
  return Object.freeze({
    baseUrl: baseUrl.replace(/\/$/, ""),
    parseAs: call.parseAs,
    // A browser's `fetch` refuses to be called as a method of anything but the window.
    fetch: call.fetch ?? ((request: Request) => globalThis.fetch(request)),
    querySerializer:
      typeof querySerializer === "object" ? createQuerySerializer(querySerializer) : querySerializer,
    bodySerializer: call.bodySerializer,
    pathSerializer: call.pathSerializer,
  });
}

function urlOf({ operation, call }: CallContext, options: MergedOptions): string {
  const { path = {}, query = {} } = call.params ?? {};
  const { baseUrl, pathSerializer, querySerializer = operation.query ?? serializeQuery } = options;
  const url = pathSerializer?.(baseUrl + operation.path, path) ?? baseUrl + serializePath(operation, path);
  const search = querySerializer(query).replace(/^\?/, "");
  return search === "" ? url : `${url}?${search}`;
}

/**
 * An absolute URL; in a page also one that is relative to the page.
 *
 * @throws TypeError whose message says what is wrong
 */
export function parseUrl(text: string): URL {
  const page = asRecord(asRecord(globalThis)["location"])["href"];
  const base = typeof page === "string" ? page : undefined;
  if (!URL.canParse(text, base)) {
    throw new TypeError(
      `"${text}" is not a URL. Is baseUrl set, to something like https://api.example.com/v1?`,
    );
  }
  const url = new URL(text, base);
  if (url.username === "" && url.password === "") return url;
  throw new TypeError("baseUrl must not hold a user name or password. Set the header, or use `auth`.");
}

/** The headers in the order in which they win, and the body that they announce. */
function makeHeaders(
  { operation, options, call, input, state }: CallContext,
  unset: Set<string>,
): { readonly headers: Headers; readonly content: Content | undefined } {
  const { params = {} } = call;
  const parameters = serializeHeaders(operation, params.header ?? {});
  const cookies = operation.cookies?.(params.cookie ?? {});
  const headers = mergeHeaders([options.headers, parameters, cookies, input.headers], unset);
  const byDefault = (name: string, value: string | undefined): void => {
    if (value && !headers.has(name) && !unset.has(name)) setHeader(headers, name, value);
  };
  const { content, type } = serializeBody(operation, call, headers);
  byDefault("content-type", type);
  byDefault("accept", operation.accept ?? "application/json");
  if (operation.key) {
    state.ownKey ??= call.idempotencyKey !== undefined || headers.has(keyHeader);
    byDefault(keyHeader, (state.key ??= call.idempotencyKey ?? newKey()));
  }
  if (call.requestId) byDefault("x-request-id", (state.requestId ??= call.requestId()));
  return { headers, content };
}

/** 128 random bits. `randomUUID` is missing where a page is not served over TLS. */
export function newKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}
