/** `node:http`: a request listener, a server that responds to malformed HTTP in the envelope as well, and a drain. */
import {
  createServer as createNodeServer,
  type IncomingMessage,
  type Server,
  ServerResponse,
  type ServerOptions,
} from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Api } from "../server/create-server.ts";
import type { OutgoingResponse, ServerRequest } from "../server/exchange.ts";
import type { Malformation } from "../server/validation/malformed.ts";
import { sendResponse } from "./node-response.ts";
import { NodeRequest } from "./node-request.ts";

/** Who is calling, as far as the framework or the connection knows: Fastify and Express follow proxies where they are told to. */
export function remoteAddress({ native }: ServerRequest): string {
  if (typeof native !== "object" || native === null) return "";
  const ip: unknown = Reflect.get(native, "ip");
  if (typeof ip === "string") return ip;
  const socket: unknown = Reflect.get(native, "socket");
  return socket instanceof Socket ? (socket.remoteAddress ?? "") : "";
}

export { nodeInflaters } from "./node-inflaters.ts";

export type NodeListener = (message: IncomingMessage, response: ServerResponse) => void;

/** For `http.createServer`, `https.createServer` and everything that takes the same. */
export function nodeListener(api: Api): NodeListener {
  return (message, response) => {
    api.handle(new NodeRequest(message, response, message.url ?? "/"), (outgoing) => {
      sendResponse(response, outgoing);
    });
  };
}

/**
 * An HTTP server of the API, not yet listening; what Node itself would reject gets the envelope too.
 *
 * @param listen where the server has more than the API: what takes all requests and hands the API's to `nodeListener(api)`
 */
export function createHttpServer(
  api: Api,
  options: ServerOptions = {},
  listen: NodeListener = nodeListener(api),
): Server {
  const wantsHost = options.requireHostHeader !== false;
  const serve = (message: IncomingMessage, response: ServerResponse): void => {
    if (wantsHost && !namesItsHost(message)) sendResponse(response, api.rejectMalformed("host"));
    else listen(message, response);
  };
  const server = createNodeServer({ ...options, requireHostHeader: false }, serve);
  // An expectation that is not known may be ignored (RFC 9110 §10.1.1).
  server.on("checkExpectation", serve);
  server.on("checkContinue", (message: IncomingMessage, response: ServerResponse) => {
    continueWhenRead(message, response);
    server.emit("request", message, response);
  });
  server.on("connect", (message: IncomingMessage, socket: Duplex) => {
    // As all connections of a server are.
    if (!(socket instanceof Socket)) return;
    const response = new ServerResponse(message);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.on("finish", () => socket.end());
    socket.on("error", () => socket.destroy());
    serve(message, response);
  });
  respondToClientErrors(server, api);
  return server;
}

/**
 * Whoever waits to be told to send its body is told so when somebody wants to read it, and not where the response needs no
 * body: without credentials, or with too long a body, nothing is sent (RFC 9110 §10.1.1).
 */
function continueWhenRead(message: IncomingMessage, response: ServerResponse): void {
  const goOn = (event: string | symbol): void => {
    if (event !== "data" && event !== "readable") return;
    message.off("newListener", goOn);
    if (!response.headersSent) response.writeContinue();
  };
  message.on("newListener", goOn);
}

/** Exactly once, says RFC 9112 §3.2; HTTP/1.0 had no such field. */
function namesItsHost({ headers, httpVersion, rawHeaders }: IncomingMessage): boolean {
  if (headers.host === undefined) return httpVersion === "1.0";
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === "host") count++;
  }
  return count === 1;
}

/** Responds to what the HTTP parser rejects in the API's envelope instead of Node's bare lines. */
function respondToClientErrors(server: Server, api: Api): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else socket.end(rawResponse(api.rejectMalformed(malformations[error.code ?? ""] ?? "not-http")));
  });
}

const malformations: Readonly<Record<string, Malformation>> = {
  HPE_HEADER_OVERFLOW: "header-size",
  ERR_HTTP_REQUEST_TIMEOUT: "timeout",
};

/**
 * Takes no new connections, lets running calls end, and closes what is left after `graceMs` milliseconds.
 * Resolves when the last connection is closed.
 */
export function drain(server: Server, graceMs = 10_000): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => {
      server.closeAllConnections();
    }, graceMs);
    // Connections that are idle now would stay open for their next request.
    server.on("request", (_message, response: ServerResponse) => {
      response.shouldKeepAlive = false;
    });
    server.close(() => {
      clearTimeout(force);
      clearInterval(sweep);
      resolve();
    });
    const sweep = setInterval(() => {
      server.closeIdleConnections();
    }, 50);
  });
}

/** There is no response object for a request that was never one. */
function rawResponse({ status, headers, body }: OutgoingResponse): string {
  const text = typeof body === "string" ? body : "";
  const lines = [`HTTP/1.1 ${status} `, `content-length: ${Buffer.byteLength(text)}`];
  for (let index = 0; index < headers.length; index += 2) {
    lines.push(`${headers[index] ?? ""}: ${headers[index + 1] ?? ""}`);
  }
  return `${lines.join("\r\n")}\r\n\r\n${text}`;
}
