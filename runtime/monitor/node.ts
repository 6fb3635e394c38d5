/** The monitor for `node:http`, and for everything that hands out its requests and responses. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Monitor } from "./monitor.ts";

/** Call it before the request is handled. Bytes that leave are copied up to the limit; nothing else is touched. */
export function monitorNode(
  monitor: Monitor,
  message: IncomingMessage,
  response: ServerResponse,
  target = message.url ?? "/",
): void {
  try {
    if (monitor.takes()) watch(monitor, message.method ?? "GET", target, response);
  } catch (error) {
    monitor.fail(error);
  }
}

/** Express 4 and 5, Connect: `app.use(expressMonitor(monitor))` before the routes. */
export function expressMonitor(monitor: Monitor) {
  return (
    message: IncomingMessage & { readonly originalUrl?: string },
    response: ServerResponse,
    next: () => void,
  ): void => {
    monitorNode(monitor, message, response, message.originalUrl ?? message.url ?? "/");
    next();
  };
}

function watch(monitor: Monitor, method: string, target: string, response: ServerResponse): void {
  const kept = new KeptBody(monitor.maxBodyBytes);
  const write = response.write.bind(response);
  const end = response.end.bind(response);
  const writeHead = response.writeHead.bind(response);
  let given: Readonly<Record<string, string>> = {};
  // Each of the three is called with what it was called with, and returns what it returns.
  response.write = (...args: unknown[]): boolean => {
    kept.add(args[0], args[1]);
    return Boolean(Reflect.apply(write, response, args));
  };
  response.end = (...args: unknown[]): typeof response => {
    kept.add(args[0], args[1]);
    Reflect.apply(end, response, args);
    return response;
  };
  response.writeHead = (...args: unknown[]): typeof response => {
    given = fieldsOf(args.at(-1));
    Reflect.apply(writeHead, response, args);
    return response;
  };
  response.once("finish", () => {
    monitor.observe(method, target, {
      status: response.statusCode,
      header: (name) => given[name] ?? textOf(response.getHeader(name)),
      body: kept.text(textOf(response.getHeader("content-encoding")) ?? given["content-encoding"]),
      hasBody: kept.length > 0,
    });
  });
}

/** Fields that `writeHead` was given: an object, or a flat list. */
function fieldsOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null) return {};
  const entries: [unknown, unknown][] = Array.isArray(value) ? pairsOf(value) : Object.entries(value);
  return Object.fromEntries(
    entries.map(([name, field]) => [String(name).toLowerCase(), textOf(field) ?? ""]),
  );
}

function pairsOf(list: readonly unknown[]): [unknown, unknown][] {
  const pairs: [unknown, unknown][] = [];
  for (let index = 0; index < list.length; index += 2) pairs.push([list[index], list[index + 1]]);
  return pairs;
}

function textOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return value.map((item) => textOf(item) ?? "").join(", ");
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

class KeptBody {
  length = 0;
  readonly #limit: number;
  #chunks: Uint8Array[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(chunk: unknown, encoding: unknown): void {
    const bytes =
      typeof chunk === "string"
        ? Buffer.from(chunk, typeof encoding === "string" && Buffer.isEncoding(encoding) ? encoding : "utf8")
        : chunk instanceof Uint8Array
          ? chunk
          : undefined;
    if (bytes === undefined) return;
    this.length += bytes.length;
    if (this.length <= this.#limit) this.#chunks.push(Uint8Array.from(bytes));
    else this.#chunks = [];
  }

  /** `undefined` where the body was longer than the limit, or is compressed. */
  text(contentEncoding: string | undefined): string | undefined {
    const isPlain = contentEncoding === undefined || contentEncoding === "identity";
    return isPlain && this.length <= this.#limit ? Buffer.concat(this.#chunks).toString("utf8") : undefined;
  }
}
