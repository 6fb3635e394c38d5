/** A real HTTP server that responds with what a test tells it to, and remembers what it was asked. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One answer; a function may do anything with the connection. */
export type Answer =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** JSON, or text as it is. */
      readonly body?: unknown;
    }
  | ((request: IncomingMessage, response: ServerResponse, seen: SeenRequest) => void);

export interface ScriptedServer {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  /** The responses from now on, one a request; the last one stays. Forgets what was seen. */
  script(...answers: Answer[]): void;
  close(): Promise<void>;
}

export async function startServer(...first: Answer[]): Promise<ScriptedServer> {
  const seen: SeenRequest[] = [];
  let answers = first;
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const record = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
      seen.push(record);
      const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 500 };
      if (typeof answer === "function") answer(request, response, record);
      else reply(response, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server has an address object.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    seen,
    script(...next) {
      answers = next;
      seen.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** Answers at once. */
export function reply(
  response: ServerResponse,
  { status = 200, headers = {}, body }: Exclude<Answer, (...args: never[]) => void>,
): void {
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const type = body === undefined || typeof body === "string" ? {} : { "content-type": "application/json" };
  response.writeHead(status, { ...type, ...headers });
  response.end(text);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array)); // a request yields buffers
  } catch {
    // The client went away; what has come so far is what there is.
  }
  return Buffer.concat(chunks).toString();
}
