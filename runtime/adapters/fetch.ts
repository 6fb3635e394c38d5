/** The Fetch API: Hono, Bun, Deno, Workers, and tests without a socket. */
import type { Api } from "../server/create-server.ts";
import type { BodyProblem, ServerAnswer, ServerRequest } from "../server/exchange.ts";
import { limited } from "./limited.ts";

/** `(request) => Promise<Response>`; never rejects. */
export function fetchHandler(api: Api): (request: Request) => Promise<Response> {
  return (request) =>
    new Promise((resolve) => {
      api.handle(new FetchRequest(request), (answer) => {
        resolve(toResponse(answer));
      });
    });
}

class FetchRequest implements ServerRequest {
  readonly method: string;
  readonly target: string;
  readonly native: Request;

  constructor(request: Request) {
    this.method = request.method;
    this.target = targetOf(request.url);
    this.native = request;
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

  read(limit: number, timeout: number, done: (body: Uint8Array | BodyProblem) => void): void {
    const { body } = this.native;
    if (body === null) done(new Uint8Array(0));
    else void readAll(body.getReader(), limit, timeout).then(done);
  }

  stream(limit: number): ReadableStream<Uint8Array> {
    const body =
      this.native.body ??
      new ReadableStream<Uint8Array>({
        start: (controller) => {
          controller.close();
        },
      });
    return body.pipeThrough(limited(limit));
  }
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

function toResponse({ status, headers, body }: ServerAnswer): Response {
  const fields = new Headers();
  for (let index = 0; index < headers.length; index += 2) {
    fields.append(headers[index] ?? "", headers[index + 1] ?? "");
  }
  // `connection` belongs to the transport, which the Fetch API hides.
  fields.delete("connection");
  const bodiless = status === 204 || status === 205 || status === 304;
  return new Response(bodiless ? null : (body ?? null), { status, headers: fields });
}
