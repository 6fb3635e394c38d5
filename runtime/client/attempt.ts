/** One attempt: makes the request, sends it through middleware, and reads the response. */
import type { CallContext } from "./context.ts";
import { chooseSecrets, placeSecrets, type Secrets } from "./credentials.ts";
import { failureOf, type FailureParts } from "./failure-parts.ts";
import { addExtras, makeRequest, parseUrl, type Made } from "./make-request.ts";
import { SendError, sendThrough } from "./middleware.ts";
import { readResponse } from "./read-response.ts";
import { sendFollowing } from "./redirects.ts";
import { isRepeatable } from "./serialize.ts";

/** Either data or a failure. `response` is there when one came. */
export type Attempted = {
  /** What was sent as credentials. */
  readonly secrets?: Secrets | undefined;
} & (
  | { readonly response: Response; readonly data: unknown; readonly failure?: undefined }
  | { readonly response?: Response | undefined; readonly data?: undefined; readonly failure: FailureParts }
);

/** Filled in while an attempt goes on, so that its end can be explained. */
interface Progress {
  secrets?: Secrets;
  response?: Response;
}

/** Never rejects. An abort of `signal` comes out as a network failure: the caller knows why it aborted. */
export async function attempt(context: CallContext, signal: AbortSignal): Promise<Attempted> {
  const progress: Progress = {};
  try {
    const made = makeRequest(context, signal);
    const { call, operation, middleware } = context;
    const { params = {} } = call;
    const id = Math.random().toString(36).slice(2);
    const about = { schemaPath: operation.path, params, id, options: made.options };
    const response = await sendThrough(middleware, made.request, about, (request) =>
      send(context, made, request, progress),
    );
    progress.response = response;
    return { ...(await readResponse(context, response)), response, secrets: progress.secrets };
  } catch (cause) {
    const { response } = progress;
    const failure =
      cause instanceof SendError
        ? failureOf("network", { status: undefined, cause: cause.cause })
        : failureOf("request", { status: undefined, cause });
    return { failure, response };
  }
}

/** Credentials are added after all middleware, to a copy: what middleware has seen or kept stays without them. */
async function send(
  context: CallContext,
  { options, content, unset }: Made,
  request: Request,
  progress: Progress,
): Promise<Response> {
  const { api, operation, call, renewals } = context;
  const url = new URL(request.url);
  const headers = new Headers(request.headers);
  // Middleware may send a request elsewhere; then it goes without credentials.
  if (url.origin === parseUrl(options.baseUrl).origin) {
    progress.secrets = await chooseSecrets(operation, call.auth, renewals);
    const kept = (name: string): boolean => request.headers.has(name) || unset.has(name.toLowerCase());
    placeSecrets({ headers, url }, progress.secrets, api, kept);
  }
  const repeated = isRepeatable(call.body) ? content : undefined;
  const target = progress.secrets?.size ? addExtras(withSecrets(request, url, headers), context) : request;
  let response: Response;
  try {
    response = await sendFollowing(target, repeated, call.redirect, (next) => options.fetch(next));
  } catch (cause) {
    throw new SendError(cause);
  }
  return (progress.response = url.href === request.url ? response : withUrl(response, request.url));
}

/** A copy. A `Request` as options would lose its body in some browsers, so that is done for a key in the query only. */
function withSecrets(request: Request, url: URL, headers: Headers): Request {
  const moved = url.href === request.url ? request : new Request(url, request);
  return new Request(moved, { headers });
}

/** The same response under another URL: a key in the query does not concern those who read the response. */
function withUrl(response: Response, url: string): Response {
  const clone = (): Response => withUrl(Response.prototype.clone.call(response), url);
  return Object.defineProperties(response, { url: { value: url }, clone: { value: clone } });
}
