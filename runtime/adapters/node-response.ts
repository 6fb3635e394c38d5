/** Sends the responses of an API through a `node:http` response. */
import type { ServerResponse } from "node:http";
import { Duplex, Readable } from "node:stream";
import type { OutgoingResponse } from "../server/exchange.ts";
import { byFieldName, fieldValues } from "./response-fields.ts";

/** Never throws; a caller who has gone gets nothing. */
export function sendResponse(response: ServerResponse, { status, headers, body }: OutgoingResponse): void {
  if (response.destroyed || response.headersSent) {
    if (body instanceof ReadableStream) body.cancel().catch(() => undefined);
    return;
  }
  if (body instanceof ReadableStream) {
    writeHead(response, status, headers);
    pump(response, body);
    return;
  }
  // 204 and 304 have no length (RFC 9110 §8.6); a response to HEAD brings that of its GET.
  const sized = status === 204 || status === 304 || headers.includes("content-length");
  if (typeof body === "string" && body !== "") {
    const length = Buffer.byteLength(body);
    if (!sized) headers.push("content-length", String(length));
    writeHead(response, status, headers);
    sendText(response, body, length);
    return;
  }
  if (!sized) headers.push("content-length", String(body?.length ?? 0));
  writeHead(response, status, headers);
  response.end(body);
}

/**
 * Header section and text as one piece: `end(text)` alone would add an empty one, and gathering the two costs more than
 * either. What is as long in bytes as in characters is ASCII, and needs no encoding; what is not must not be one piece with
 * the header section, which Node would then write as UTF-8 too.
 */
export function sendText(response: ServerResponse, text: string, length: number): void {
  if (length !== text.length) {
    response.end(Buffer.from(text));
    return;
  }
  response.cork();
  response.write(text, "latin1");
  response.uncork();
  response.end();
}

/** Where a framework has set fields of its own, `writeHead` would keep only the last of several with one name. */
function writeHead(response: ServerResponse, status: number, headers: string[]): void {
  if (response.getHeaderNames().length === 0 && !isHttp2(response)) {
    response.writeHead(status, headers);
    return;
  }
  for (const [name, own] of byFieldName(headers)) {
    if (name === "connection" && isHttp2(response)) {
      endExchange(response);
      continue;
    }
    const values = fieldValues(name, own, response.getHeader(name));
    response.setHeader(name, values.length === 1 ? (values[0] ?? "") : values);
  }
  response.writeHead(status);
}

/** What HTTP/1.1 closes the connection for, the rest of a body that nobody reads, ends one stream (RFC 9113 §8.1). */
function endExchange({ stream }: { readonly stream: unknown }): void {
  if (!(stream instanceof Duplex) || !("close" in stream)) return;
  const { close } = stream;
  stream.once("finish", () => {
    if (typeof close === "function") Reflect.apply(close, stream, []);
  });
}

/** To HTTP/2, a stream that is destroyed without an error has come to its end: the reset has to say that it broke. */
function breakOff(response: ServerResponse): void {
  const stream: unknown = isHttp2(response) ? response.stream : undefined;
  const close: unknown = stream instanceof Duplex ? Reflect.get(stream, "close") : undefined;
  if (typeof close === "function") Reflect.apply(close, stream, [internalError]);
  else response.destroy();
}

/** RFC 9113 §7. */
const internalError = 2;

/** It has no fields for the connection (RFC 9113 §8.2.2), and no list of several fields with one name. */
function isHttp2(response: ServerResponse): response is ServerResponse & { readonly stream: unknown } {
  return "stream" in response && response.stream !== undefined;
}

/** Follows the pace of the reader; a source that fails ends the connection, so that nobody takes the half for the whole. */
function pump(response: ServerResponse, body: ReadableStream<Uint8Array>): void {
  const source = Readable.fromWeb(body);
  source.on("error", () => {
    breakOff(response);
  });
  response.on("close", () => {
    source.destroy();
  });
  source.pipe(response);
}
