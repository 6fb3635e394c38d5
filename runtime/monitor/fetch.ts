/** The monitor for handlers of the Fetch API: Hono, Bun, Deno, Workers. */
import type { Monitor } from "./monitor.ts";

type FetchHandler<Rest extends unknown[]> = (request: Request, ...rest: Rest) => Response | Promise<Response>;

/** Wraps a handler: it gives the very response that the handler gave. A copy of the body is read up to the limit. */
export function monitorFetch<Rest extends unknown[]>(
  monitor: Monitor,
  handler: FetchHandler<Rest>,
): (request: Request, ...rest: Rest) => Promise<Response> {
  return async (request, ...rest) => {
    const response = await handler(request, ...rest);
    try {
      if (monitor.takes()) watch(monitor, request, response);
    } catch (error) {
      monitor.fail(error);
    }
    return response;
  };
}

function watch(monitor: Monitor, request: Request, response: Response): void {
  const { method, url } = request;
  const target = url.slice(new URL(url).origin.length);
  const observed = {
    status: response.status,
    header: (name: string) => response.headers.get(name) ?? undefined,
  };
  const type = response.headers.get("content-type") ?? "";
  // A stream of events does not end, and what is compressed is not read.
  const isRead =
    response.body !== null &&
    !response.bodyUsed &&
    !/event-stream/.test(type) &&
    !response.headers.has("content-encoding");
  if (!isRead) {
    monitor.observe(method, target, { ...observed, body: undefined, hasBody: response.body !== null });
    return;
  }
  readText(response.clone(), monitor.maxBodyBytes).then(
    ({ text, length }) => {
      monitor.observe(method, target, { ...observed, body: text, hasBody: length > 0 });
    },
    (error: unknown) => {
      monitor.fail(error);
    },
  );
}

/** The text of a body; `undefined` where it is longer than the limit. */
async function readText(
  { body }: Response,
  limit: number,
): Promise<{ text: string | undefined; length: number }> {
  if (body === null) return { text: "", length: 0 };
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > limit) {
      await reader.cancel();
      return { text: undefined, length };
    }
    text += decoder.decode(next.value, { stream: true });
  }
  return { text: text + decoder.decode(), length };
}
