/** Fastify 5: a plugin that serves the API below its base path, beside the host's other routes. */
import { ServerResponse } from "node:http";
import type {
  FastifyError,
  FastifyInstance,
  FastifyPluginCallback,
  FastifyReply,
  FastifyRequest,
} from "fastify";
import type { Api } from "../server/create-server.ts";
import type { ServerAnswer } from "../server/exchange.ts";
import { sendText } from "./node-response.ts";
import { NodeRequest } from "./node-request.ts";

/**
 * `app.register(fastifyPlugin(api))`. Fastify's hooks (CORS, helmet, logging) run as for every route; its parsers and
 * its validation do not: the kit reads the body itself, after it knows who is calling.
 */
export function fastifyPlugin(api: Api): FastifyPluginCallback {
  return (app: FastifyInstance, _options, done) => {
    // Parsers belong to this plugin's own scope, so the host's routes keep theirs.
    app.removeAllContentTypeParsers();
    // Fastify looks for the one of a type once, and for that of `*` at each request.
    for (const types of [/^/, "*"]) {
      app.addContentTypeParser(types, (_request, _payload, parsed) => {
        parsed(null);
      });
    }
    // Gives no promise: Fastify waits for `send`.
    const handler = (request: FastifyRequest, reply: FastifyReply): void => {
      const { raw } = request;
      api.handle(new NodeRequest(raw, reply.raw, raw.url ?? "/", request), (answer) => {
        sendReply(reply, answer);
      });
    };
    // What no media type can be made of never gets here; all else that goes wrong before is the host's.
    const errorHandler = (error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void => {
      if (!unreadableType.has(error.code)) throw error;
      sendReply(reply, api.rejectMalformed("media-type"));
    };
    const options = { bodyLimit: unlimited, errorHandler };
    if (api.basePath !== "") app.all(api.basePath, options, handler);
    app.all(`${api.basePath}/*`, { ...options, exposeHeadRoute: false }, handler);
    done();
  };
}

const unreadableType: ReadonlySet<string> = new Set([
  "FST_ERR_CTP_INVALID_MEDIA_TYPE",
  "FST_ERR_ROUTE_MISSING_CONTENT_TYPE",
]);

const asItIs = (text: string): string => text;

/** The kit has limits of its own; Fastify's would answer without the envelope. */
const unlimited = Number.MAX_SAFE_INTEGER;

function sendReply(reply: FastifyReply, { status, headers, body }: ServerAnswer): void {
  reply.code(status);
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? "";
    // `content-length` of an answer to HEAD included: Fastify keeps what it is given.
    reply.header(name, headers[index + 1]);
  }
  if (typeof body !== "string") {
    reply.send(body);
    return;
  }
  // Without a serializer, Fastify would add a charset that the contract does not have.
  reply.serializer(asItIs);
  const { raw } = reply;
  // What has an `end` of its own keeps it: other protocols, requests without a socket, hosts that watch it.
  if (raw.end === ServerResponse.prototype.end) raw.end = endAsOne;
  // Node writes header section and text as one, in UTF-8, which HTTP does not read in fields. Type and request id are ASCII.
  reply.send(headers.length > 4 && headers.some(isNoAscii) ? Buffer.from(body) : body);
}

function isNoAscii(text: string): boolean {
  return /[\x80-\xff]/.test(text);
}

/** How Fastify, after the hooks of the host, ends a response with its text: in one piece with the header section. */
function endAsOne(this: ServerResponse, chunk?: unknown, ...rest: readonly unknown[]): ServerResponse {
  if (typeof chunk === "string" && chunk !== "") sendText(this, chunk, Buffer.byteLength(chunk));
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called on the response
  else Reflect.apply(ServerResponse.prototype.end, this, [chunk, ...rest]);
  return this;
}
