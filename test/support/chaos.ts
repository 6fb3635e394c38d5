/** A server with effects behind a proxy that does everything to its traffic, and many calls through both. */
import {
  createServer,
  request as forward,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { createClient, type ErrorOf } from "../../generated/client.ts";

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

export interface ChaosReport {
  /** How many calls ended in each `kind`; `data` for those that came through. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Effects that were had more than once. */
  readonly doubled: readonly string[];
  /** Calls that were told of a success that never was. */
  readonly invented: readonly string[];
  readonly unhandled: readonly unknown[];
}

type Kind = ErrorOf<"createBroadcast">["kind"] | "data";

/** Runs `calls` calls of `POST /broadcasts`, `width` at a time. */
export async function runChaos(calls: number, width: number, seed: number): Promise<ChaosReport> {
  const random = seeded(seed);
  const effects = new Map<string, number>();
  const backend = await listen(backendHandler(effects, random));
  const proxy = await listen(proxyHandler(backend.port, random));
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on("unhandledRejection", note);
  const client = createClient({
    baseUrl: `http://127.0.0.1:${String(proxy.port)}`,
    timeout: 1000,
    deadline: 10_000,
    retry: { attempts: 4, baseDelay: 1, maxDelay: 5, budget: calls },
  });
  const outcomes: Partial<Record<Kind, number>> = {};
  const invented: string[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < calls) {
      const name = `call-${String(next++)}`;
      const { data, error } = await client.broadcasts.create({
        body: { name, templateId: id, segmentId: id },
      });
      const kind = error === undefined ? "data" : error.kind;
      outcomes[kind] = (outcomes[kind] ?? 0) + 1;
      if (data !== undefined && effects.get(name) === undefined) invented.push(name);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  await new Promise((resolve) => setTimeout(resolve, 300));
  process.off("unhandledRejection", note);
  await Promise.all([close(backend.server), close(proxy.server)]);
  const doubled = [...effects].flatMap(([name, count]) => (count > 1 ? [name] : []));
  return { outcomes, doubled, invented, unhandled };
}

const id = "7d9c1f0e-52a4-4c8e-b1b7-0a6f4f2e93d1";

/** Creates once for each key, replays after that, and answers codes of every retry policy now and then. */
function backendHandler(effects: Map<string, number>, random: () => number) {
  const replays = new Map<string, string>();
  return (request: IncomingMessage, body: string, response: ServerResponse): void => {
    const key = String(request.headers["idempotency-key"]);
    const dice = random();
    const answer = (status: number, value: object, headers = {}): void => {
      response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(JSON.stringify(value));
    };
    if (dice < 0.05) answer(429, { error: "rate_limited", message: "m" }, { "retry-after": "0" });
    else if (dice < 0.08) answer(500, { error: "internal_error", message: "m" });
    else if (dice < 0.1) answer(403, { error: "insufficient_scope", message: "m", details: { required: 1 } });
    else if (dice < 0.12) answer(418, { error: "teapot", message: "m" });
    else {
      const replay = replays.get(key);
      const { name } = JSON.parse(body) as { name: string }; // what the client sends
      if (replay === undefined) effects.set(name, (effects.get(name) ?? 0) + 1);
      replays.set(key, replay ?? name);
      answer(202, { broadcastId: id, status: "InProgress" });
    }
  };
}

/** Drops before and after, delays, truncates, duplicates, and answers garbage. */
function proxyHandler(port: number, random: () => number) {
  return (request: IncomingMessage, body: string, response: ServerResponse): void => {
    const dice = random();
    const pass = (deliver: (status: number, text: string) => void): void => {
      const { method, url, headers } = request;
      const sent = forward({ port, host: "127.0.0.1", method, path: url, headers }, (incoming) => {
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
    } else if (dice < 0.36) {
      pass(() => {
        pass(whole);
      });
    } else if (dice < 0.4) response.writeHead(503, { "content-type": "text/html" }).end("<h1>busy</h1>");
    else if (dice < 0.43) pass((status, text) => response.writeHead(status).end(text.slice(0, 7)));
    else if (dice < 0.45) response.writeHead(401, { "content-length": "0" }).end();
    else pass(whole);
  };
}

async function listen(
  handle: (request: IncomingMessage, body: string, response: ServerResponse) => void,
): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      handle(request, body, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server has an address object.
  return { server, port: (server.address() as AddressInfo).port };
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
