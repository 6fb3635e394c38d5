/** A proxy that drops, delays, truncates, duplicates and answers garbage, and what small servers of tests are made of. */
import {
  createServer,
  request as forward,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

/** A small generator with a seed (mulberry32), so that a failing run can be repeated. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Listening {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Stands before the server at this port; `random` decides what happens to each request. */
export function startChaosProxy(port: number, random: () => number): Promise<Listening> {
  return listen(proxyHandler(port, random));
}

/** Drops before and after, delays, truncates, duplicates, and answers garbage. */
function proxyHandler(port: number, random: () => number) {
  return (request: IncomingMessage, body: string, response: ServerResponse): void => {
    const dice = random();
    const pass = (deliver: (status: number, text: string) => void): void => {
      const { method, url, headers } = request;
      const sent = forward({ port, host: "localhost", method, path: url, headers }, (incoming) => {
        void read(incoming).then((text) => {
          deliver(incoming.statusCode ?? 502, text);
        });
      });
      sent.on("error", () => response.destroy());
      sent.end(body);
    };
    const whole = (status: number, text: string): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(text);
    };
    if (dice < 0.08) response.destroy();
    else if (dice < 0.16) pass(() => response.destroy());
    else if (dice < 0.22) pass((status, text) => setTimeout(whole, 500 + random() * 1000, status, text));
    else if (dice < 0.3) {
      pass((status, text) => {
        response.writeHead(status, { "content-type": "application/json", "content-length": text.length });
        response.write(text.slice(0, text.length / 2));
        setTimeout(() => response.destroy(), 5);
      });
    } else if (dice < 0.33) {
      pass(() => {
        pass(whole);
      });
    } else if (dice < 0.36) {
      pass(() => undefined);
      pass(whole);
    } else if (dice < 0.4) response.writeHead(503, { "content-type": "text/html" }).end("<h1>busy</h1>");
    else if (dice < 0.43) pass((status, text) => response.writeHead(status).end(text.slice(0, 7)));
    else if (dice < 0.45) response.writeHead(401, { "content-length": "0" }).end();
    else pass(whole);
  };
}

/** Answers requests with their whole bodies. */
export async function listen(
  handle: (request: IncomingMessage, body: string, response: ServerResponse) => void,
): Promise<Listening> {
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      handle(request, body, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server has an address object.
  const { port } = server.address() as AddressInfo;
  return { port, close: () => close(server) };
}

async function read(stream: IncomingMessage): Promise<string> {
  stream.setEncoding("utf8");
  let text = "";
  try {
    for await (const chunk of stream) text += String(chunk);
  } catch {
    // The other side went away: the part that came is the message.
  }
  return text;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
