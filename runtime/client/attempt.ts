/** Sends one request through openapi-fetch and reads its answer. */
import type { ApiDescriptor, OperationDescriptor } from "./contract.ts";
import { attach } from "./credentials.ts";
import type { AnswerCheck, CallInput, ClientOptions, Content } from "./options.ts";
import { readError, readSuccess, type FailureParts } from "./read-answer.ts";
import { asRecord, ownValue } from "./record.ts";
import { sendFollowing } from "./redirects.ts";
import { serializeBody, serializeHeaders, serializePath, serializeQuery, spell } from "./serialize.ts";

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
  /** Headers of this call: request id, idempotency key. */
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Either data or a failure. `response` is there when an answer came. */
export type Attempted =
  | { readonly response: Response; readonly data: unknown; readonly failure?: undefined }
  | { readonly response?: Response; readonly failure: FailureParts };

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
    return { response, ...(await readSuccess(operation, response, checkOf(operation.id, context.options))) };
  } catch (cause) {
    return { ...seen, failure: failureOf(cause, seen) };
  }
}

function failureOf(cause: unknown, { sent, response }: { sent?: true; response?: Response }): FailureParts {
  if (sent !== undefined && response === undefined) {
    return { kind: "network", error: "network_error", status: undefined, cause };
  }
  // Nothing was sent, or nobody has begun to read the answer: then it was a middleware that threw.
  if (!response?.bodyUsed) return { kind: "request", error: "request_error", status: undefined, cause };
  const { status } = response;
  return { kind: "unexpected", error: "unexpected_response", status, reason: "truncated", body: undefined };
}

/** What openapi-fetch takes. Bodies of 2xx answers stay unread, so that reading them is in our hands. */
function requestInit(context: AttemptContext, seen: { sent?: true; response?: Response }): object {
  const { operation, input, options, headers, signal } = context;
  const { params = {} } = input;
  const body = bodyOf(operation, input);
  return {
    // Headers are spelled here: openapi-fetch would take lists and objects as they are.
    params: { path: params.path ?? {}, query: params.query ?? {} },
    headers: {
      ...(body?.type === undefined ? {} : { "content-type": body.type }),
      ...options.headers,
      ...serializeHeaders(params.header ?? {}, operation.headerStyles),
      ...cookieHeader(params.cookie),
      ...headers,
      ...input.headers,
    },
    pathSerializer: (url: string) =>
      url.slice(0, url.length - operation.path.length) + serializePath(operation, params.path ?? {}),
    querySerializer: (query: Readonly<Record<string, unknown>>) => serializeQuery(query, operation.query),
    ...(body === undefined ? {} : { body: body.content, bodySerializer: (content: unknown) => content }),
    ...(body?.content instanceof ReadableStream ? { duplex: "half" } : {}),
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

async function send(
  { api, operation, options, input }: AttemptContext,
  request: Request,
  content: Content | undefined,
  sending: () => void,
): Promise<Response> {
  const target = isOwn(request, options.baseUrl ?? api.baseUrl ?? "") ? await authorized(request) : request;
  sending();
  const fetch = options.fetch ?? globalThis.fetch;
  return sendFollowing(target, isRepeatable(input.body) ? content : undefined, (next) => fetch(next));

  /** Credentials come on after all middleware, which thus cannot see, log or keep them. */
  async function authorized(plain: Request): Promise<Request> {
    const { headers, query } = await attach(operation, api, options.auth ?? {});
    for (const [name, value] of Object.entries(headers)) plain.headers.append(name, value);
    if (Object.keys(query).length === 0) return plain;
    const url = new URL(plain.url);
    for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
    return new Request(url, plain);
  }
}

/** Middleware may send a request elsewhere; then it goes without credentials. */
function isOwn(request: Request, baseUrl: string): boolean {
  return new URL(request.url).origin === new URL(new Request(baseUrl).url).origin;
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

function cookieHeader(cookies: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, string>> {
  const pairs = Object.entries(cookies).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [`${name}=${encodeURIComponent(spell(value))}`],
  );
  return pairs.length === 0 ? {} : { cookie: pairs.join("; ") };
}

function checkOf(id: string, { validation }: ClientOptions): AnswerCheck | undefined {
  const wanted = validation?.mode === "always" || (validation?.mode === "dev" && !isProduction());
  return wanted ? ownValue(validation.responses, id) : undefined;
}

/** By Node's convention; without a `process` it is a browser or a worker in development. */
function isProduction(): boolean {
  const environment = asRecord(asRecord(ownValue(asRecord(globalThis), "process"))["env"]);
  return environment["NODE_ENV"] === "production";
}
