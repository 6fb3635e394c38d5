/** `node:http`: a request listener, a server that answers in the envelope even to what is no HTTP, and a drain. */
import {
  createServer as createNodeServer,
  type IncomingMessage,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from "node:http";
import type { Duplex } from "node:stream";
import type { Api } from "../server/create-server.ts";
import type { ServerAnswer } from "../server/exchange.ts";
import { sendAnswer } from "./node-answer.ts";
import { NodeRequest } from "./node-request.ts";

/** For `http.createServer`, `https.createServer` and everything that takes the same. */
export function nodeListener(api: Api): (message: IncomingMessage, response: ServerResponse) => void {
  return (message, response) => {
    api.handle(new NodeRequest(message, response, message.url ?? "/"), (answer) => {
      sendAnswer(response, answer);
    });
  };
}

/** An HTTP server of the API, not yet listening; what Node's parser rejects is answered in the envelope too. */
export function createHttpServer(api: Api, options: ServerOptions = {}): Server {
  const server = createNodeServer(options, nodeListener(api));
  answerClientErrors(server, api);
  return server;
}

/** Answers too large header sections and malformed requests in the API's envelope instead of Node's bare lines. */
export function answerClientErrors(server: Server, api: Api): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    if (error.code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    socket.end(rawAnswer(api.rejectMalformed(error.code === "HPE_HEADER_OVERFLOW")));
  });
}

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
function rawAnswer({ status, headers, body }: ServerAnswer): string {
  const text = typeof body === "string" ? body : "";
  const lines = [`HTTP/1.1 ${status} `, `content-length: ${Buffer.byteLength(text)}`];
  for (let index = 0; index < headers.length; index += 2) {
    lines.push(`${headers[index] ?? ""}: ${headers[index + 1] ?? ""}`);
  }
  return `${lines.join("\r\n")}\r\n\r\n${text}`;
}
