/** Fastify 5: a plugin that serves the API below its base path, beside the host's other routes. */
import { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type {
  FastifyError,
  FastifyInstance,
  FastifyPluginCallback,
  FastifyReply,
  FastifyRequest,
  RouteHandler,
  RouteOptions,
} from "fastify";
import type { Api } from "../server/create-server.ts";
import type { OutgoingResponse } from "../server/exchange.ts";
import { leavesUnrouted, mountedTarget, type MountOptions } from "./mount.ts";
import { sendText } from "./node-response.ts";
import { NodeRequest } from "./node-request.ts";
import { byFieldName, fieldValues } from "./response-fields.ts";

/**
 * `app.register(fastifyPlugin(api))`, with a `prefix` or none: the base path counts from it. Fastify's hooks (CORS, helmet,
 * logging, `preParsing`) run as for every route; its parsers and its validation do not: the kit reads the body itself,
 * after it knows who is calling.
 */
export function fastifyPlugin(api: Api, mounting: MountOptions = {}): FastifyPluginCallback {
  return (app: FastifyInstance, _options, done) => {
    // Parsers belong to this plugin's own scope, so the host's routes keep theirs.
    app.removeAllContentTypeParsers();
    // Fastify looks for the one of a type once, and for that of `*` at each request.
    for (const types of [/^/, "*"]) {
      app.addContentTypeParser(types, (_request, payload, parsed) => {
        // The message, or what a hook has put in its place.
        parsed(null, payload);
      });
    }
    const handler = handlerOf(api, app.prefix, leavesUnrouted(app.prefix + api.basePath, mounting));
    // What no media type can be made of never gets here; all else that goes wrong before is the host's.
    const errorHandler = (error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void => {
      if (!unreadableType.has(error.code)) throw error;
      sendReply(reply, api.rejectMalformed("media-type"));
    };
    const options = { bodyLimit: unlimited, errorHandler, handler };
    const below = app.prefix.endsWith(api.basePath) && app.prefix !== "" ? "" : api.basePath;
    addRoutes(app, below, options);
    done();
  };
}

/** Gives no promise: Fastify waits for `send`. */
function handlerOf(api: Api, prefix: string, leaves: boolean): RouteHandler {
  const segments = prefix.split("/").filter((segment) => segment !== "").length;
  return (request, reply) => {
    const { raw, body } = request;
    const rest = behindSegments(raw.url ?? "/", segments);
    const target = mountedTarget(prefix, rest, api.basePath) ?? rest;
    const source = body instanceof Readable ? body : raw;
    const pass = (): void => {
      reply.callNotFound();
    };
    api.handle(
      new NodeRequest(raw, reply.raw, target, request, source),
      (response) => {
        sendReply(reply, response);
      },
      leaves ? pass : undefined,
    );
  };
}

/**
 * All methods of all paths below. At the root, `OPTIONS` has routes of its own, because plugins for CORS add one for `*`,
 * and Fastify does not start where two routes are the same.
 */
function addRoutes(app: FastifyInstance, below: string, route: Omit<RouteOptions, "method" | "url">): void {
  const methods = app.supportedMethods;
  if (app.prefix + below !== "") {
    if (below !== "") app.route({ ...route, method: methods, url: below, exposeHeadRoute: false });
    app.route({ ...route, method: methods, url: `${below}/*`, exposeHeadRoute: false });
    return;
  }
  const others = methods.filter((method) => method !== "OPTIONS");
  app.route({ ...route, method: others, url: "/*", exposeHeadRoute: false });
  for (const url of ["/", "/:lockstep", "/:lockstep/*"]) app.route({ ...route, method: "OPTIONS", url });
}

/** The target behind its first segments, which stand for a prefix that may have parameters. */
function behindSegments(target: string, count: number): string {
  let at = 0;
  for (let segment = 0; segment < count; segment++) {
    const next = target.slice(at + 1).search(/[/?]/);
    if (next === -1) return "/";
    at += next + 1;
  }
  const rest = target.slice(at);
  return rest.startsWith("/") ? rest : `/${rest}`;
}

const unreadableType: ReadonlySet<string> = new Set([
  "FST_ERR_CTP_INVALID_MEDIA_TYPE",
  "FST_ERR_ROUTE_MISSING_CONTENT_TYPE",
]);

const asItIs = (text: string): string => text;

/** The kit has limits of its own; Fastify's would respond without the envelope. */
const unlimited = Number.MAX_SAFE_INTEGER;

function sendReply(reply: FastifyReply, { status, headers, body }: OutgoingResponse): void {
  reply.code(status);
  // `content-length` of a response to HEAD included: Fastify keeps what it is given.
  if (headers.length <= 4) {
    for (let index = 0; index < headers.length; index += 2)
      setField(reply, headers[index] ?? "", [headers[index + 1] ?? ""]);
  } else for (const [name, values] of byFieldName(headers)) setField(reply, name, values);
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

/** Fastify adds cookies up by itself. */
function setField(reply: FastifyReply, name: string, own: readonly string[]): void {
  if (name === "connection" && reply.raw.req.httpVersionMajor > 1) return;
  const values = name === "set-cookie" ? own : fieldValues(name, own, reply.getHeader(name));
  reply.header(name, values.length === 1 ? values[0] : values);
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
