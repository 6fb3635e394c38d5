/** Follows redirects without taking credentials or bodies to another origin. */
import type { Content } from "./options.ts";

const maxRedirects = 5;

/** Sends one request somewhere. */
export type Send = (request: Request) => Promise<Response>;

/**
 * `fetch` takes `Authorization` off when it follows a redirect to another origin (Fetch §4.4), but no other header: an
 * API key would go along. So requests are sent with `redirect: "manual"`, and followed here: on the same origin as they
 * are; to another one only `GET` and `HEAD`, without any header. Every other redirect is the response itself. In a
 * browser the target cannot be seen, so there each redirect is the response.
 *
 * After 303 the response is elsewhere, and `GET` fetches it (RFC 9110 §15.4.4). After 301 and 302 `fetch` makes a `GET` of a
 * `POST` too (§4.4, HTTP-redirect fetch, step 12): what that finds is not a response to what was posted, and posting again may do
 * it twice. So there the redirect is the response.
 *
 * @param content the body again: a request can be read once only; `undefined` where there is none or it is a stream
 * @param mode the caller's: `manual` takes each redirect for the response, `error` refuses them
 */
export async function sendFollowing(
  request: Request,
  content: Content | undefined,
  mode: RequestInit["redirect"],
  send: Send,
): Promise<Response> {
  for (let current = request, hops = 0; ; hops++) {
    const response = await send(current);
    if (mode === "manual") return response;
    const isRedirect = response.type === "opaqueredirect" || /^30[12378]$/.test(String(response.status));
    if (mode === "error" && isRedirect)
      throw new TypeError('The server redirects, and `redirect` is "error".');
    const next = hops < maxRedirects ? nextRequest(current, response, content) : undefined;
    if (next === undefined) return response;
    await response.body?.cancel();
    current = next;
  }
}

function nextRequest(
  request: Request,
  response: Response,
  content: Content | undefined,
): Request | undefined {
  const location = response.headers.get("location");
  const followed = request.method === "POST" ? /^30[378]$/ : /^30[12378]$/;
  if (!followed.test(String(response.status)) || location === null || !URL.canParse(location, request.url))
    return undefined;
  const target = new URL(location, request.url);
  const toGet = response.status === 303 && request.method !== "HEAD";
  const method = toGet ? "GET" : request.method;
  const bodiless = method === "GET" || method === "HEAD";
  const sameOrigin = target.origin === new URL(request.url).origin;
  // Without the body at hand only a request that has none can be sent again.
  if (!bodiless && (!sameOrigin || (request.body !== null && content === undefined))) return undefined;
  const headers = new Headers(sameOrigin ? request.headers : {});
  if (toGet) headers.delete("content-type");
  return new Request(target, {
    method,
    headers,
    redirect: "manual",
    signal: request.signal,
    // Compilers disagree about what may be a body, and `fetch` has taken this one once already.
    ...(bodiless || content === undefined ? {} : { body: content as string }),
  });
}
