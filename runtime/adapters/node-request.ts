/** A request of `node:http` as the kit sees it; the adapters of frameworks on top of Node share it. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { BodyProblem, ServerRequest } from "../server/exchange.ts";
import { expect, forget } from "./deadlines.ts";
import { limited } from "./limited.ts";

const nothing = new Uint8Array(0);

export class NodeRequest implements ServerRequest {
  readonly method: string;
  readonly target: string;
  readonly native: unknown;
  readonly #message: IncomingMessage;
  /** Behind a getter of the message's, which is asked once. */
  readonly #headers: IncomingHttpHeaders;
  readonly #response: ServerResponse;
  #controller: AbortController | undefined;

  /**
   * @param target what the caller asked for: frameworks rewrite `message.url`
   * @param native the framework's own request
   */
  constructor(message: IncomingMessage, response: ServerResponse, target: string, native: unknown = message) {
    this.method = message.method ?? "GET";
    this.target = target;
    this.native = native;
    this.#message = message;
    this.#headers = message.headers;
    this.#response = response;
  }

  header(name: string): string | undefined {
    const value = this.#headers[name];
    return typeof value === "object" ? value.join(", ") : value;
  }

  get hasBody(): boolean {
    const length = this.#headers["content-length"];
    return length === undefined ? this.#headers["transfer-encoding"] !== undefined : length !== "0";
  }

  /** Made when somebody asks: most handlers never do. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      const controller = new AbortController();
      this.#controller = controller;
      const response = this.#response;
      const leave = (): void => {
        if (!response.writableFinished) controller.abort();
      };
      if (response.destroyed) leave();
      else response.once("close", leave);
    }
    return this.#controller.signal;
  }

  read(limit: number, timeout: number, done: (body: Uint8Array | BodyProblem) => void): void {
    const early = parsedEarlier(this.#message);
    if (early === undefined) readAll(this.#message, limit, timeout, done);
    else done(early.length > limit ? "too-large" : early);
  }

  stream(limit: number): ReadableStream<Uint8Array> {
    // Node's own type of web streams says the same in other words.
    const source = Readable.toWeb(this.#message) as unknown as ReadableStream<Uint8Array>;
    return source.pipeThrough(limited(limit));
  }
}

/** What a body parser in front of the adapter has left: the bytes where it kept them, else its value written again. */
function parsedEarlier(message: IncomingMessage): Uint8Array | undefined {
  if (!message.readableEnded || !("body" in message)) return undefined;
  const raw: unknown = "rawBody" in message ? message.rawBody : message.body;
  if (raw instanceof Uint8Array) return raw;
  return Buffer.from(typeof raw === "string" ? raw : JSON.stringify(raw));
}

/** The other listeners stay where they are: after the end there is nothing left that they could hear. */
function readAll(
  message: IncomingMessage,
  limit: number,
  timeout: number,
  done: (body: Uint8Array | BodyProblem) => void,
): void {
  let first: Buffer | undefined;
  let more: Buffer[] | undefined;
  let length = 0;
  let over = false;
  const give = (outcome: Uint8Array | BodyProblem): void => {
    if (over) return;
    over = true;
    forget(deadline);
    // Node would do it after the answer, in a way that is slower.
    message.off("data", gather);
    // The rest is thrown away as it comes, until the answer closes the connection.
    if (typeof outcome === "string") message.on("error", () => undefined).resume();
    done(outcome);
  };
  const deadline = expect(timeout, () => {
    give("timeout");
  });
  const gather = (chunk: Buffer): void => {
    length += chunk.length;
    if (length > limit) give("too-large");
    else if (first === undefined) first = chunk;
    else (more ??= [first]).push(chunk);
  };
  message.on("data", gather);
  message.on("end", () => {
    give(more === undefined ? (first ?? nothing) : Buffer.concat(more, length));
  });
  message.on("close", () => {
    give("aborted");
  });
}
