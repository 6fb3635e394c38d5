/** What hosts do around the kit: contexts, bodies that middleware has read, mounting, fields of their own. */
import { AsyncLocalStorage } from "node:async_hooks";
import { createServer, type RequestListener } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { PassThrough, type Readable } from "node:stream";
import { createGunzip, gzipSync } from "node:zlib";
import cors from "@fastify/cors";
import express, { type RequestHandler } from "express";
import fastify, { type FastifyInstance } from "fastify";
import { Hono } from "hono";
import { expressMiddleware } from "lockstep-openapi-runtime/express";
import { fastifyPlugin } from "lockstep-openapi-runtime/fastify";
import { fetchHandler } from "lockstep-openapi-runtime/fetch";
import { nodeListener } from "lockstep-openapi-runtime/node";
import type { Api } from "lockstep-openapi-runtime/server";
import multer from "multer";
import { afterEach, describe, expect, test } from "vitest";
import type { Handlers } from "../golden/server-bodies/expected/server.ts";
import { bodiesApi, bodiesHandlers, type Caller } from "../support/bodies-api.ts";
import { http2Target, listening, serving, type Target } from "../support/server-targets.ts";

const open: Target[] = [];
afterEach(async () => {
  for (const target of open.splice(0)) await target.close();
});

async function opened(target: Promise<Target>): Promise<Target> {
  const one = await target;
  open.push(one);
  return one;
}

const errors: unknown[] = [];
const hooks = { onError: (error: unknown) => void errors.push(String(error)), onViolation: () => undefined };

function apiWith(files: Partial<Handlers<Caller>["files"]>, basePath?: string): Api {
  errors.length = 0;
  const handlers = bodiesHandlers();
  return bodiesApi(undefined, {
    hooks,
    handlers: { ...handlers, files: { ...handlers.files, ...files } },
    ...(basePath === undefined ? {} : { basePath }),
  });
}

async function withFastify(prepare: (app: FastifyInstance) => unknown): Promise<Target> {
  const app = fastify();
  await prepare(app);
  await app.ready();
  return opened(listening(app.server));
}

function withExpress(...prepare: readonly [path: string, ...handlers: RequestHandler[]][]): Promise<Target> {
  const app = express();
  for (const [path, ...handlers] of prepare) app.use(path, ...handlers);
  return opened(listening(createServer(app)));
}

const json = { "content-type": "application/json" };
const put = (target: Target, body: string | Uint8Array, headers: Record<string, string>): Promise<Response> =>
  target.call("/v1/files/a.bin", { method: "PUT", body, headers });

describe("the host's AsyncLocalStorage reaches handlers of requests with a body", () => {
  const storage = new AsyncLocalStorage<string>();
  const heard: unknown[] = [];
  const api = (): Api =>
    apiWith({
      putFile: async ({ mediaType, body }) => {
        heard.push(storage.getStore());
        if (mediaType === "application/octet-stream") for await (const _ of body);
        heard.push(storage.getStore());
        return { status: 201, body: { length: 1 } };
      },
    });
  const around = (listener: RequestListener): RequestListener => {
    return (message, response) => {
      storage.run("here", () => {
        listener(message, response);
      });
    };
  };
  const hosts: Readonly<Record<string, () => Promise<Target>>> = {
    node: () => opened(listening(createServer(around(nodeListener(api()))))),
    http2: () => opened(http2Target(createHttp2Server(around(nodeListener(api())) as never))), // types of its own
    express: () =>
      withExpress(
        [
          "/",
          (_request, _response, next) => {
            storage.run("here", next);
          },
        ],
        ["/", expressMiddleware(api())],
      ),
    fastify: () =>
      withFastify((app) => {
        app.addHook("onRequest", (_request, _reply, done) => {
          storage.run("here", done);
        });
        return app.register(fastifyPlugin(api()));
      }),
    "fastify over HTTP/2": async () => {
      const app = fastify({ http2: true });
      app.addHook("onRequest", (_request, _reply, done) => {
        storage.run("here", done);
      });
      await app.register(fastifyPlugin(api()));
      await app.ready();
      return opened(http2Target(app.server));
    },
    hono: () => {
      const app = new Hono();
      const handler = fetchHandler(api());
      app.use((_context, next) => storage.run("here", next));
      app.all("*", (context) => handler(context.req.raw));
      return opened(serving(app));
    },
  };
  test.each(Object.keys(hosts))("%s", async (name) => {
    heard.length = 0;
    const target = await hosts[name]?.();
    if (target === undefined) throw new Error(name);
    // In two pieces, so that the end comes later than the request.
    const pieces = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(new TextEncoder().encode('{"text":'));
        await new Promise((resolve) => setTimeout(resolve, 5));
        controller.enqueue(new TextEncoder().encode('"x"}'));
        controller.close();
      },
    });
    const init = { method: "PUT", duplex: "half", body: pieces } as const;
    expect((await target.call("/v1/files/a.bin", { ...init, headers: json })).status).toBe(201);
    const octets = { "content-type": "application/octet-stream" };
    expect((await put(target, "abc", octets)).status).toBe(201);
    expect(heard).toEqual(["here", "here", "here", "here"]);
  });
});

describe("a body that middleware has read is used, or the host hears of it", () => {
  const octets = { "content-type": "application/octet-stream" };
  const form = (fields: Record<string, string>, file?: string): FormData => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.append(name, value);
    if (file !== undefined) data.append("file", new Blob([file], { type: "text/plain" }), "f.txt");
    return data;
  };
  const behind = (...parsers: RequestHandler[]): Promise<Target> =>
    withExpress(["/", ...parsers], ["/", expressMiddleware(apiWith({}))]);
  /** As some platforms do: the bytes and nothing else. */
  const keepsBytes: RequestHandler = (request, _response, next) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      Object.assign(request, { rawBody: Buffer.concat(chunks) });
      next();
    });
  };
  const keepsNothing: RequestHandler = (request, _response, next) => {
    request.resume().on("end", next);
  };

  test("express.raw(), express.text(), express.json(), bytes alone", async () => {
    const raw = await behind(express.raw({ type: "*/*" }));
    expect(await (await put(raw, new Uint8Array(9), octets)).json()).toEqual({ length: 9 });
    expect(await (await put(raw, '{"text":"x"}', json)).json()).toEqual({ length: 12 });
    const parsed = await behind(express.json(), express.text({ type: "text/plain" }));
    expect(await (await put(parsed, '{"text":"x"}', json)).json()).toEqual({ length: 12 });
    expect(await (await put(parsed, "äö", { "content-type": "text/plain" })).json()).toEqual({ length: 4 });
    const bytes = await behind(keepsBytes);
    expect(await (await put(bytes, '{"text":"x"}', json)).json()).toEqual({ length: 12 });
    expect(await (await put(bytes, new Uint8Array(3), octets)).json()).toEqual({ length: 3 });
  });

  test("what they inflated is taken, and held to the kit's limit", async () => {
    const handlers = bodiesHandlers();
    const api = bodiesApi(undefined, { handlers, hooks, limits: { bodyBytes: 100 } });
    const target = await withExpress(["/", express.json()], ["/", expressMiddleware(api)]);
    const gzip = { ...json, "content-encoding": "gzip" };
    expect((await put(target, gzipSync('{"text":"x"}'), gzip)).status).toBe(201);
    expect((await put(target, gzipSync(`{"text":"${"x".repeat(100)}"}`), gzip)).status).toBe(413);
    const plain = `{"text":"${"x".repeat(85)}"}`;
    expect((await put(target, plain, json)).status).toBe(201);
    const raw = await withExpress(["/", keepsBytes], ["/", expressMiddleware(api)]);
    expect(
      (await raw.call("/v1/files/a.bin", { method: "PUT", headers: json, body: chunked(101) })).status,
    ).toBe(413);
  });

  test("forms: express.urlencoded(), multer", async () => {
    const send = async (target: Target, body: FormData | URLSearchParams): Promise<unknown> => {
      const response = await target.call("/v1/forms", { method: "POST", body });
      return response.status === 200 ? response.json() : response.status;
    };
    const target = await behind(express.urlencoded({ extended: true }), multer().any());
    expect(await send(target, new URLSearchParams("count=4&note=a+b"))).toMatchObject({
      count: 4,
      note: "a b",
    });
    expect(await send(target, form({ count: "5" }, "inside"))).toMatchObject({ count: 5, file: "inside" });
    expect(await send(target, new URLSearchParams("count=4&note[x]=1"))).toBe(500);
    expect(errors).toEqual([expect.stringMatching(/express\.urlencoded.*"note"/)]);
    errors.length = 0;
    const dropped = await behind(keepsNothing);
    expect(await send(dropped, form({ count: "5" }))).toBe(500);
    expect(await send(dropped, new URLSearchParams("count=4"))).toBe(500);
    expect((await put(dropped, "abc", octets)).status).toBe(500);
    expect(errors).toHaveLength(3);
    for (const error of errors)
      expect(error).toMatch(/BodyTakenError: .* was read before it reached the API/);
  });

  test("Hono's own readers", async () => {
    const app = new Hono();
    const handler = fetchHandler(apiWith({}));
    app.use(async (context, next) => {
      if (context.req.header("content-type") === "application/json") await context.req.json();
      else await context.req.arrayBuffer();
      await next();
    });
    app.all("/v1/*", (context) => handler(context.req.raw, () => context.req.arrayBuffer()));
    app.all("/bare/*", async (context) => {
      const request = context.req.raw;
      return handler(
        new Proxy(request, {
          get: (of, name) => (name === "url" ? request.url.replace("/bare", "") : valueOf(of, name)),
        }),
      );
    });
    const target = await opened(serving(app));
    expect(await (await put(target, '{"text":"x"}', json)).json()).toEqual({ length: 12 });
    expect(await (await put(target, new Uint8Array(5), octets)).json()).toEqual({ length: 5 });
    const bare = await target.call("/bare/v1/files/a.bin", {
      method: "PUT",
      body: '{"text":"x"}',
      headers: json,
    });
    expect(bare.status).toBe(500);
    expect(errors).toEqual([expect.stringContaining("c.req.arrayBuffer()")]);
  });

  test("Fastify's preParsing", async () => {
    const target = await withFastify((app) => {
      app.addHook("preParsing", (request, _reply, payload, done) => {
        if (request.headers["content-encoding"] !== "gzip") done(null, payload);
        else done(null, (payload as Readable).pipe(createGunzip()).pipe(new PassThrough())); // what Fastify hands on
      });
      return app.register(fastifyPlugin(apiWith({})));
    });
    const gzip = { "content-encoding": "gzip" };
    expect(await (await put(target, gzipSync('{"text":"x"}'), { ...json, ...gzip })).json()).toEqual({
      length: 12,
    });
    expect(await (await put(target, gzipSync("abc"), { ...octets, ...gzip })).json()).toEqual({ length: 3 });
    expect((await put(target, '{"text":"x"}', json)).status).toBe(201);
  });
});

function valueOf(request: Request, name: string | symbol): unknown {
  const value: unknown = Reflect.get(request, name);
  return typeof value === "function" ? value.bind(request) : value;
}

function chunked(bytes: number): Uint8Array {
  return new TextEncoder().encode(`{"text":"${"x".repeat(bytes)}"}`);
}

describe("mounting", () => {
  const health: RequestHandler = (_request, response) => void response.send("the host's");
  const status = async (target: Target, path: string, init?: RequestInit): Promise<unknown> => {
    const response = await target.call(path, init);
    const body = await response.text();
    return body === "the host's" ? body : response.status;
  };
  const at = (basePath: string): Api => apiWith({}, basePath);

  test("Express: below paths with parameters, at the base path itself, and beside the host's routes", async () => {
    const target = await withExpress(
      ["/t/:tenant", expressMiddleware(at("/v1"))],
      ["/v1", expressMiddleware(at("/v1"))],
      ["/own", expressMiddleware(at(""))],
      ["/greedy", expressMiddleware(at(""), { unrouted: "respond" })],
      ["/", expressMiddleware(at(""))],
      ["/", health],
    );
    expect(await status(target, "/t/a/v1/files/a.txt")).toBe(200);
    expect(await status(target, "/t/a/v1/nowhere")).toBe(404);
    expect(await status(target, "/t/a/files/a.txt")).toBe("the host's");
    expect(await status(target, "/v1/files/a.txt")).toBe(200);
    expect(await status(target, "/own/files/a.txt")).toBe(200);
    expect(await status(target, "/files/a.txt")).toBe(200);
    expect(await status(target, "/health")).toBe("the host's");
    expect(await status(target, "/own/health")).toBe("the host's");
    expect(await status(target, "/greedy/health")).toBe(404);
    expect(await status(target, "/files/a.txt", { method: "DELETE" })).toBe(405);
  });

  test("Fastify: prefixes, a root with CORS before and after, and the host's routes", async () => {
    const target = await withFastify(async (app) => {
      await app.register(fastifyPlugin(at("")));
      await app.register(cors);
      await app.register(fastifyPlugin(at("/v1")), { prefix: "/t/:tenant" });
      await app.register(fastifyPlugin(at("/v1")), { prefix: "/v1" });
      await app.register(fastifyPlugin(at("/v1")), { prefix: "/a/b" });
      app.get("/health", () => "the host's");
      app.setNotFoundHandler((_request, reply) => reply.send("the host's"));
    });
    expect(await status(target, "/t/a/v1/files/a.txt")).toBe(200);
    expect(await status(target, "/t/a/v1/nowhere")).toBe(404);
    expect(await status(target, "/v1/files/a.txt")).toBe(200);
    expect(await status(target, "/a/b/v1/files/a.txt?x=1")).toBe(200);
    expect(await status(target, "/a/b/v1?x=1")).toBe(404);
    expect(await status(target, "/files/a.txt")).toBe(200);
    expect(await status(target, "/health")).toBe("the host's");
    expect(await status(target, "/nowhere/else")).toBe("the host's");
    expect(await status(target, "/files/a.txt", { method: "DELETE" })).toBe(405);
    const preflight = { origin: "https://a.example", "access-control-request-method": "GET" };
    const allowed = await target.call("/files/a.txt", { method: "OPTIONS", headers: preflight });
    expect([allowed.status, allowed.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
    const other = await withFastify((app) => app.register(fastifyPlugin(at(""), { unrouted: "respond" })));
    expect(await status(other, "/nowhere")).toBe(404);
    expect(await status(other, "/files/a.txt", { method: "OPTIONS" })).toBe(405);
  });

  test("Fetch: what the API does not have may be the host's", async () => {
    const handler = fetchHandler(at(""), { unrouted: () => new Response("the host's") });
    const ask = async (path: string): Promise<string> =>
      (await handler(new Request(`http://h${path}`))).text();
    expect([await ask("/health"), await ask("/files/a.txt")]).toEqual(["the host's", "text of a"]);
  });
});

describe("fields of several lines, and fields of the host", () => {
  const api = (): Api =>
    apiWith({
      getFile: () => ({
        status: 302,
        headers: {
          location: "/x",
          vary: "Accept, Origin",
          link: ["<a>; rel=a", "<b>; rel=b"],
          "set-cookie": ["c=3"],
        },
      }),
    });
  const hosts: Readonly<Record<string, () => Promise<Target>>> = {
    node: () =>
      opened(
        listening(
          createServer((message, response) => {
            response.setHeader("Vary", "origin, Cookie").setHeader("set-cookie", ["a=1", "b=2"]);
            nodeListener(api())(message, response);
          }),
        ),
      ),
    express: () =>
      withExpress(
        [
          "/",
          (_request, response, next) => {
            response.vary("origin").vary("Cookie").append("set-cookie", ["a=1", "b=2"]);
            next();
          },
        ],
        ["/", expressMiddleware(api())],
      ),
    fastify: () =>
      withFastify((app) => {
        app.addHook("onRequest", (_request, reply, done) => {
          reply.header("vary", "origin, Cookie").header("set-cookie", ["a=1", "b=2"]);
          done();
        });
        return app.register(fastifyPlugin(api()));
      }),
  };
  test.each(Object.keys(hosts))("%s", async (name) => {
    const response = await (await hosts[name]?.())?.call("/v1/files/a.txt");
    expect(response?.status).toBe(302);
    expect(response?.headers.get("vary")).toBe("origin, Cookie, Accept");
    expect(response?.headers.get("link")).toBe("<a>; rel=a, <b>; rel=b");
    expect(response?.headers.getSetCookie()).toEqual(["a=1", "b=2", "c=3"]);
  });
});
