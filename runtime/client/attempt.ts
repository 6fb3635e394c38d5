/** Sends one request through openapi-fetch and reads its answer. */
import type { ApiDescriptor, OperationDescriptor } from "./contract.ts";
import { authorize } from "./credentials.ts";
import type { CallInput, ClientOptions, Content } from "./options.ts";
import { failureOf, type FailureParts } from "./failure-parts.ts";
import { readError, readSuccess } from "./read-response.ts";
import { ownValue } from "./record.ts";
import { sendFollowing } from "./redirects.ts";
import { serializeBody, serializeHeaders, serializePath, serializeQuery } from "./serialize.ts";

/** The part of openapi-fetch that is used; its own types follow a `paths` type, which is data here. */
export interface Sender {
  request(
    method: string,
    path: string,
    init: object,
  ): Promise<{ readonly error?: unknown; readonly response: Response }>;
}

export interface AttemptContext {
  readonly api: ApiDescriptor;
  readonly options: ClientOptions;
  readonly sender: Sender;
  readonly operation: OperationDescriptor;
  readonly input: CallInput;
  /** Headers of this call: request id, idempotency key. The first attempt fills them in, the others keep them. */
  readonly headers: Record<string, string>;
  readonly signal: AbortSignal;
}

/** Either data or a failure. `response` is there when an answer came. */
export type Attempted =
  | { readonly response: Response; readonly data: unknown; readonly failure?: undefined }
  | { readonly response?: Response; readonly data?: undefined; readonly failure: FailureParts };

/** draft-ietf-httpapi-idempotency-key-header §2.1. */
export const keyHeader = "idempotency-key";

/** Never rejects. An abort of `signal` comes out as a network failure: the caller knows why it aborted. */
export async function attempt(context: AttemptContext): Promise<Attempted> {
  const { api, operation, sender } = context;
  const seen: { sent?: true; response?: Response } = {};
  try {
    const { error, response } = await sender.request(
      operation.method,
      operation.path,
      requestInit(context, seen),
    );
    if (!response.ok) {
      // An empty body is no body, however openapi-fetch came by it.
      return { response, failure: readError(api, operation, response, error === "" ? undefined : error) };
    }
    return {
      response,
      ...(await readSuccess(operation, response, ownValue(context.options.validation ?? {}, operation.id))),
    };
  } catch (cause) {
    return { ...seen, failure: explain(cause, seen) };
  }
}

function explain(cause: unknown, { sent, response }: { sent?: true; response?: Response }): FailureParts {
  if (sent !== undefined && response === undefined) return failureOf("network", { status: undefined, cause });
  // Nothing was sent, or it is not the reading of an error's body that failed: then a function of the caller threw.
  if (!response?.bodyUsed || response.ok) return failureOf("request", { status: undefined, cause });
  return failureOf("unexpected", { status: response.status, reason: "truncated", body: undefined });
}

/** What openapi-fetch takes. Bodies of 2xx answers stay unread, so that reading them is in our hands. */
function requestInit(context: AttemptContext, seen: { sent?: true; response?: Response }): object {
  const { operation, input, options, headers, signal } = context;
  const { params = {} } = input;
  const { requestId } = options;
  const body = bodyOf(operation, input);
  if (operation.key) headers[keyHeader] ??= input.idempotencyKey ?? newKey();
  if (requestId) headers["x-request-id"] ??= requestId();
  return {
    // Headers are spelled here: openapi-fetch would take lists and objects as they are.
    params: { path: params.path ?? {}, query: params.query ?? {} },
    headers: {
      "content-type": body?.type,
      ...options.headers,
      ...serializeHeaders(operation, params.header ?? {}),
      ...operation.cookies?.(params.cookie ?? {}),
      ...headers,
      ...input.headers,
    },
    pathSerializer: (url: string) =>
      url.slice(0, url.length - operation.path.length) + serializePath(operation, params.path ?? {}),
    querySerializer: operation.query ?? serializeQuery,
    body: body?.content,
    bodySerializer: (content: unknown) => content,
    // Streams must say so (Fetch §5.4); to all others it makes no difference.
    duplex: "half",
    parseAs: "stream",
    redirect: "manual",
    signal,
    fetch: async (request: Request) => {
      seen.response = await send(context, request, body?.content, () => {
        seen.sent = true;
      });
      return seen.response;
    },
  };
}

/** Credentials come on after all middleware, which thus cannot see, log or keep them. */
async function send(
  { api, operation, options, input }: AttemptContext,
  request: Request,
  content: Content | undefined,
  sending: () => void,
): Promise<Response> {
  const own = isOwn(request, options.baseUrl ?? api.baseUrl ?? "");
  const target = own ? await authorize(request, operation, api, options.auth) : request;
  sending();
  const fetch = options.fetch ?? globalThis.fetch;
  return sendFollowing(target, isRepeatable(input.body) ? content : undefined, (next) => fetch(next));
}

/** 128 random bits. `randomUUID` is missing where a page is not served over TLS. */
export function newKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}

/** Middleware may send a request elsewhere; then it goes without credentials. */
function isOwn(request: Request, baseUrl: string): boolean {
  // A relative base URL means something in a page only, and there a request knows what.
  const base = URL.canParse(baseUrl) ? baseUrl : new Request(baseUrl).url;
  return new URL(request.url).origin === new URL(base).origin;
}

/** Can the body be sent a second time? */
export function isRepeatable(body: unknown): boolean {
  return !(body instanceof ReadableStream);
}

function bodyOf(
  { body: forms = [] }: OperationDescriptor,
  { body, contentType }: CallInput,
): ReturnType<typeof serializeBody> | undefined {
  const form = forms.find(([mediaType]) => mediaType === contentType) ?? forms[0];
  return body === undefined || form === undefined ? undefined : serializeBody(body, form);
}
