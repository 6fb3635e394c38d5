/** Sends one request over HTTP, as it stands: no redirect is followed, nothing is retried, time and bytes are bounded. */
import { request as requestHttp, type Agent, type ClientRequest, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import type { Exchange, ProbeRequest, ReceivedResponse, SendFailure } from "./exchange.ts";

export interface SendOptions {
  /** Of the server, with its base path and without a slash at its end. */
  readonly baseUrl: string;
  /** Milliseconds for the whole exchange. */
  readonly timeoutMs: number;
  /** Bytes of a body that are kept; the connection is closed behind them. */
  readonly maxBytes: number;
  readonly agent?: Agent;
  readonly signal?: AbortSignal;
  /** The time now, in milliseconds since 1970. */
  readonly now: () => number;
}

/** Never rejects. */
export function send(request: ProbeRequest, options: SendOptions): Promise<Exchange> {
  const started = options.now();
  return new Promise((resolve) => {
    const finish = (result: Pick<Exchange, "response" | "failure">): void => {
      const startedAt = new Date(started).toISOString();
      resolve({ request, ...result, startedAt, milliseconds: Math.max(0, options.now() - started) });
    };
    const fail = (reason: SendFailure, message: string): void => {
      finish({ failure: { reason, message } });
    };
    if (options.signal?.aborted === true) {
      fail("stopped", "The run was stopped.");
      return;
    }
    try {
      exchange(request, options, finish, fail);
    } catch (error) {
      // A header or a path that HTTP cannot carry.
      fail("connection", messageOf(error));
    }
  });
}

function exchange(
  request: ProbeRequest,
  options: SendOptions,
  finish: (result: { readonly response: ReceivedResponse }) => void,
  fail: (reason: SendFailure, message: string) => void,
): void {
  const outgoing = open(request, options);
  const { timeoutMs, signal } = options;
  const reader = { stop: (): void => undefined };
  const end = once((act) => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
    act();
  });
  const give = (reason: SendFailure, message: string): void => {
    end(fail.bind(undefined, reason, message));
    outgoing.destroy();
  };
  const stop = give.bind(undefined, "stopped", "The run was stopped.");
  const timer = setTimeout(() => {
    // What has come of a body by now is a response; else there is none.
    reader.stop();
    give("timeout", `No response within ${String(timeoutMs)} ms.`);
  }, timeoutMs);
  signal?.addEventListener("abort", stop, { once: true });
  outgoing.on("error", (error) => {
    give(reasonOf(error), messageOf(error));
  });
  outgoing.on("response", (message) => {
    reader.stop = read(message, options.maxBytes, (response) => {
      end(() => {
        finish({ response });
      });
      // A connection whose response was read to its end is used again.
      if (response.truncated) outgoing.destroy();
    });
  });
  outgoing.end(request.body);
}

/** The first call counts. */
function once(act: (inner: () => void) => void): (inner: () => void) => void {
  let isDone = false;
  return (inner) => {
    if (isDone) return;
    isDone = true;
    act(inner);
  };
}

function open({ method, target, headers, body }: ProbeRequest, options: SendOptions): ClientRequest {
  const base = new URL(options.baseUrl);
  const path = `${base.pathname.replace(/\/$/, "")}${target}`;
  const fields = headers.flatMap(([name, value]) => [name, value]);
  if (body !== undefined) fields.push("content-length", String(Buffer.byteLength(body)));
  const start = base.protocol === "https:" ? requestHttps : requestHttp;
  return start({
    protocol: base.protocol,
    hostname: base.hostname.replace(/^\[|\]$/g, ""),
    port: base.port,
    method,
    path: path === "" ? "/" : path,
    // A flat list keeps the order and lets a name be sent twice.
    headers: ["host", base.host, ...fields],
    ...(options.agent === undefined ? {} : { agent: options.agent }),
  });
}

/** Reads a body up to the limit. Returns what stops reading early, which counts as truncated. */
function read(
  message: IncomingMessage,
  maxBytes: number,
  done: (response: ReceivedResponse) => void,
): () => void {
  const chunks: Buffer[] = [];
  let length = 0;
  const finish = (truncated: boolean): void => {
    const body = Buffer.concat(chunks).subarray(0, maxBytes).toString("utf8");
    done({ status: message.statusCode ?? 0, headers: fieldsOf(message), body, truncated });
  };
  message.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxBytes) finish(true);
  });
  message.on("end", () => {
    finish(false);
  });
  // A connection that ends within a body.
  message.on("error", () => {
    finish(true);
  });
  return () => {
    finish(true);
  };
}

function fieldsOf({ rawHeaders }: IncomingMessage): [string, string][] {
  const fields: [string, string][] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    fields.push([rawHeaders[index] ?? "", rawHeaders[index + 1] ?? ""]);
  }
  return fields;
}

/** Errors of the parser have codes of their own. */
function reasonOf(error: Error): SendFailure {
  return "code" in error && String(error.code).startsWith("HPE_") ? "not-http" : "connection";
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return error.message === "" ? (code ?? "unknown") : error.message;
}
