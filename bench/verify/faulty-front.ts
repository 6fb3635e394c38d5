/** An HTTP server in front of the example that carries out one fault. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Fault, Incoming, Outgoing, World } from "./fault.ts";

export interface Front {
  /** With the base path of the API behind it. */
  readonly url: string;
  /** Requests so far. */
  readonly count: () => number;
  close(): Promise<void>;
}

/** Answers a request, or hands it on. */
export type Remember = (
  request: Incoming,
  forward: (request: Incoming) => Promise<Outgoing>,
) => Promise<Outgoing>;

/** Remembers what does not change the server and does not depend on what changed it: refusals, and what is read. */
export function rememberResponses(): Remember {
  const known = new Map<string, Outgoing>();
  return async (request, forwarded) => {
    const { connection: _, host: __, ...headers } = request.headers;
    const key = JSON.stringify([request.method, request.path, headers, request.body]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const response = await forwarded(request);
    const isStable =
      request.method === "GET" || (response.status >= 400 && ![404, 409, 422].includes(response.status));
    if (isStable) known.set(key, response);
    return response;
  };
}

/** @param behind the URL of the API, with its base path */
export async function startFront(
  behind: string,
  fault: Fault,
  { mine, theirs, remember }: Pick<World, "mine" | "theirs"> & { readonly remember: Remember },
): Promise<Front> {
  const basePath = new URL(behind).pathname;
  const memory = new Map<string, Outgoing>();
  const next = (request: Incoming): Promise<Outgoing> =>
    remember(request, (handed) => forward(behind, handed));
  const world: World = { mine, theirs, memory, next };
  let count = 0;
  const server = createServer((message, response) => {
    count += 1;
    void readRequest(message, basePath)
      .then((request) => fault(request, world))
      .then(({ status, headers, body }) => {
        response.writeHead(status, headers).end(body);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${basePath}`,
    count: () => count,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function readRequest(message: IncomingMessage, basePath: string): Promise<Incoming> {
  const chunks: Uint8Array[] = [];
  // Without an encoding a message hands out bytes.
  for await (const chunk of message) chunks.push(chunk as Uint8Array);
  const { method = "GET", url = "/" } = message;
  const headers = Object.fromEntries(
    Object.entries(message.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  );
  const path = url.startsWith(basePath) ? url.slice(basePath.length) : url;
  return { method, path, headers, body: Buffer.concat(chunks).toString("utf8") };
}

const hopByHop: ReadonlySet<string> = new Set([
  "host",
  "connection",
  "content-length",
  "transfer-encoding",
  "keep-alive",
]);

async function forward(behind: string, { method, path, headers, body }: Incoming): Promise<Outgoing> {
  const kept = Object.entries(headers).filter(([name]) => !hopByHop.has(name));
  const response = await fetch(behind + path, {
    method,
    headers: Object.fromEntries(kept),
    ...(body === "" || method === "GET" || method === "HEAD" ? {} : { body: Buffer.from(body) }),
  });
  const fields = [...response.headers].filter(([name]) => !hopByHop.has(name));
  return { status: response.status, headers: Object.fromEntries(fields), body: await response.text() };
}
