/** The Fetch API: Hono, Bun, Deno, Workers, and tests without a socket. */
import type { Api } from "../server/create-server.ts";
import {
  BodyTakenError,
  type BodyProblem,
  type OutgoingResponse,
  type ServerRequest,
} from "../server/exchange.ts";
import { streamOfBytes } from "../server/validation/read-body.ts";
import { limited } from "../server/validation/limited.ts";

export interface FetchOptions {
  /** Serves the paths that the API does not have; the API's own response where absent. */
  readonly unrouted?: (request: Request) => Response | Promise<Response>;
}

/**
 * Never rejects, unless `unrouted` does. `readBody` gives the body where middleware in front may have read it:
 * `app.all("*", (c) => handler(c.req.raw, () => c.req.arrayBuffer()))` in Hono.
 */
export type FetchHandler = (request: Request, readBody?: () => Promise<ArrayBuffer>) => Promise<Response>;

/** Serves requests of the Fetch API. */
export function fetchHandler(api: Api, { unrouted }: FetchOptions = {}): FetchHandler {
  return (request, readBody) =>
    new Promise((resolve) => {
      const pass =
        unrouted === undefined
          ? undefined
          : (): void => {
              resolve(unrouted(request));
            };
      api.handle(
        new FetchRequest(request, readBody),
        (response) => {
          resolve(toResponse(response));
        },
        pass,
      );
    });
}

class FetchRequest implements ServerRequest {
  readonly method: string;
  readonly target: string;
  readonly native: Request;
  readonly #readBody: (() => Promise<ArrayBuffer>) | undefined;

  constructor(request: Request, readBody: (() => Promise<ArrayBuffer>) | undefined) {
    this.method = request.method;
    this.target = targetOf(request.url);
    this.native = request;
    this.#readBody = readBody;
  }

  header(name: string): string | undefined {
    return this.native.headers.get(name) ?? undefined;
  }

  get hasBody(): boolean {
    return this.native.body !== null && this.header("content-length") !== "0";
  }

  get signal(): AbortSignal {
    return this.native.signal;
  }

  /** Only the platform itself, which says nothing of it, could have done so. */
  get isInflated(): boolean {
    return false;
  }

  read(limit: number, timeout: number, done: (body: Uint8Array | BodyProblem) => void): void {
    const body = this.#body();
    if (body === null) done(new Uint8Array(0));
    else void readAll(body.getReader(), limit, timeout).then(done);
  }

  stream(limit: number): ReadableStream<Uint8Array> {
    return (this.#body() ?? streamOfBytes(new Uint8Array(0))).pipeThrough(limited(limit));
  }

  #body(): ReadableStream<Uint8Array> | null {
    const { body, bodyUsed } = this.native;
    if (body === null || !(bodyUsed || body.locked)) return body;
    const readBody = this.#readBody;
    if (readBody !== undefined) return lateStream(readBody);
    throw new BodyTakenError(
      "The body was read before it reached the API. In Hono, `handler(c.req.raw, () => c.req.arrayBuffer())` takes what `c.req.json()` and its like have read.",
    );
  }
}

/** What another reader has kept. */
function lateStream(readBody: () => Promise<ArrayBuffer>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async start(controller) {
      const bytes = new Uint8Array(await readBody());
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
}

/** Never rejects. */
async function readAll(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  limit: number,
  timeout: number,
): Promise<Uint8Array | BodyProblem> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let problem: BodyProblem = "aborted";
  const timer = setTimeout(() => {
    problem = "timeout";
    // Ends the read below.
    reader.cancel().catch(() => undefined);
  }, timeout);
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      length += next.value.length;
      if (length > limit) {
        problem = "too-large";
        break;
      }
      chunks.push(next.value);
    }
  } catch {
    return problem;
  } finally {
    clearTimeout(timer);
  }
  if (problem !== "aborted") {
    reader.cancel().catch(() => undefined);
    return problem;
  }
  return joined(chunks, length);
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = chunks;
  if (chunks.length === 1 && only !== undefined) return only;
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** Everything behind the authority; an absolute URL always has a slash there. */
function targetOf(url: string): string {
  const slash = url.indexOf("/", url.indexOf("://") + 3);
  const fragment = url.indexOf("#", slash);
  return fragment === -1 ? url.slice(slash) : url.slice(slash, fragment);
}

function toResponse({ status, headers, body }: OutgoingResponse): Response {
  const fields = new Headers();
  for (let index = 0; index < headers.length; index += 2) {
    fields.append(headers[index] ?? "", headers[index + 1] ?? "");
  }
  // `connection` belongs to the transport, which the Fetch API hides.
  fields.delete("connection");
  const bodiless = status === 204 || status === 205 || status === 304;
  // Hosts on Node may write header section and text as one, in UTF-8, which HTTP does not read in fields.
  const sent = typeof body === "string" && headers.some(isNoAscii) ? new TextEncoder().encode(body) : body;
  return new Response(bodiless ? null : (sent ?? null), { status, headers: fields });
}

function isNoAscii(text: string): boolean {
  return /[\x80-\xff]/.test(text);
}
