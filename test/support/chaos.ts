/** A server with effects behind a proxy that does everything to its traffic, and many calls through both. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { createClient, type ErrorOf } from "../../generated/client.ts";
import { listen, seeded, startChaosProxy } from "./chaos-proxy.ts";

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
  const proxy = await startChaosProxy(backend.port, random);
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
  await Promise.all([backend.close(), proxy.close()]);
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
