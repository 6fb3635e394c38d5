/** A request of `node:http` as the kit sees it; the adapters of frameworks on top of Node share it. */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import {
  BodyTakenError,
  type BodyProblem,
  type ReceivedBody,
  type ServerRequest,
} from "../server/exchange.ts";
import { streamOfBytes } from "../server/validation/read-body.ts";
import { earlierBody } from "./earlier-body.ts";
import { limited } from "../server/validation/limited.ts";
import { gatherBody } from "./gather-body.ts";

export class NodeRequest implements ServerRequest {
  readonly method: string;
  readonly target: string;
  readonly native: unknown;
  readonly #message: IncomingMessage;
  /** Behind a getter of the message's, which is asked once. */
  readonly #headers: IncomingHttpHeaders;
  readonly #response: ServerResponse;
  readonly #source: Readable;
  #controller: AbortController | undefined;

  /**
   * @param target what the caller asked for: frameworks rewrite `message.url`
   * @param native the framework's own request
   * @param source the body, where the framework has put another stream in the place of the message
   */
  constructor(
    message: IncomingMessage,
    response: ServerResponse,
    target: string,
    native: unknown = message,
    source: Readable = message,
  ) {
    this.method = message.method ?? "GET";
    this.target = target;
    this.native = native;
    this.#message = message;
    this.#headers = message.headers;
    this.#response = response;
    this.#source = source;
  }

  header(name: string): string | undefined {
    const value = this.#headers[name];
    return typeof value === "object" ? value.join(", ") : value;
  }

  get hasBody(): boolean {
    const length = this.#headers["content-length"];
    if (length !== undefined) return length !== "0";
    return this.#headers["transfer-encoding"] !== undefined || hasFrames(this.#message);
  }

  get isInflated(): boolean {
    return this.#source !== this.#message || this.#message.readableEnded;
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

  read(limit: number, timeout: number, done: (body: ReceivedBody | BodyProblem) => void): void {
    const early = this.#early();
    if (early !== undefined) done(sizeOf(early) > limit ? "too-large" : early);
    else if (this.#source.destroyed) done("aborted");
    else gatherBody(this.#source, limit, timeout, done);
  }

  stream(limit: number): ReadableStream<Uint8Array> {
    const early = this.#early();
    if (early === undefined) {
      // Node's own type of web streams says the same in other words.
      const source = Readable.toWeb(this.#source) as unknown as ReadableStream<Uint8Array>;
      return source.pipeThrough(limited(limit));
    }
    if (early instanceof Uint8Array) return streamOfBytes(early).pipeThrough(limited(limit));
    throw new BodyTakenError("multer (or middleware like it) has read a body that the API streams.");
  }

  #early(): ReceivedBody | undefined {
    return this.#source === this.#message ? earlierBody(this.#message) : undefined;
  }
}

/** HTTP/2 says with the frame of the header section whether there are more (RFC 9113 §8.1), with or without a length. */
function hasFrames(message: IncomingMessage): boolean {
  if (message.httpVersionMajor < 2) return false;
  const stream: unknown = Reflect.get(message, "stream");
  return typeof stream === "object" && stream !== null && Reflect.get(stream, "endAfterHeaders") !== true;
}

function sizeOf(body: ReceivedBody): number {
  if (body instanceof Uint8Array) return body.length;
  let size = 0;
  for (const [, value] of body) size += typeof value === "string" ? Buffer.byteLength(value) : value.size;
  return size;
}
