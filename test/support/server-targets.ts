/** Runs one API behind each adapter, so that one suite can call all of them. */
import { createServer, type Server } from "node:http";
import { createServer as createHttp2Server, type Http2Server } from "node:http2";
import type { AddressInfo, Server as NetServer } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";
import { expressMiddleware } from "lockstep-openapi-runtime/express";
import { fastifyPlugin } from "lockstep-openapi-runtime/fastify";
import { fetchHandler } from "lockstep-openapi-runtime/fetch";
import { createHttpServer, nodeListener } from "lockstep-openapi-runtime/node";
import type { Api } from "lockstep-openapi-runtime/server";
import { http2Caller } from "./http2-caller.ts";

export const adapters = ["fetch", "hono", "node", "http2", "fastify", "express"] as const;
export type Adapter = (typeof adapters)[number];

export interface Target {
  /** Without a path. */
  readonly origin: string;
  /** Absent for the Fetch adapter, which needs no socket. */
  readonly port: number | undefined;
  call(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export async function startTarget(adapter: Adapter, api: Api): Promise<Target> {
  switch (adapter) {
    case "fetch":
      return fetchTarget(api);
    case "hono": {
      const handler = fetchHandler(api);
      const app = new Hono();
      app.get("/elsewhere", (context) => context.text("the host's own"));
      app.all("*", (context) => handler(context.req.raw, () => context.req.arrayBuffer()));
      return serving(app);
    }
    case "node":
      return listening(createHttpServer(api));
    case "http2":
      return http2Target(createHttp2Server(listenerOf(api)));
    case "fastify": {
      const app = fastify();
      app.get("/elsewhere", () => "the host's own");
      app.post("/echo", ({ body }) => body);
      await app.register(fastifyPlugin(api));
      await app.ready();
      await app.listen({ port: 0 });
      const { port } = addressOf(app.server);
      return socketTarget(port, () => app.close());
    }
    case "express": {
      const app = express();
      app.use(expressMiddleware(api));
      app.get("/elsewhere", (_request, response) => void response.send("the host's own"));
      return listening(createServer(app));
    }
  }
}

function fetchTarget(api: Api): Target {
  const handler = fetchHandler(api);
  const origin = "http://in-process.example";
  return {
    origin,
    port: undefined,
    call: (path, init) => handler(new Request(origin + path, init)),
    close: () => Promise.resolve(),
  };
}

/** The compatibility API of `node:http2` has the members of `node:http` under types of its own. */
export function listenerOf(api: Api): Parameters<typeof createHttp2Server>[1] {
  // See above.
  return nodeListener(api) as unknown as Parameters<typeof createHttp2Server>[1];
}

/** A Hono app behind `node:http`. */
export function serving(app: Hono): Promise<Target> {
  // Made without options, it is one of HTTP/1.1.
  return listening(createAdaptorServer(app) as Server);
}

export async function http2Target(server: Http2Server): Promise<Target> {
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = addressOf(server);
  const caller = http2Caller(`http://127.0.0.1:${String(port)}`);
  const close = async (): Promise<void> => {
    caller.close();
    await new Promise((resolve) => server.close(resolve));
  };
  return { origin: caller.origin, port, call: (path, init) => caller.call(path, init), close };
}

export async function listening(server: Server): Promise<Target> {
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return socketTarget(addressOf(server).port, async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
}

function socketTarget(port: number, close: () => Promise<void>): Target {
  const origin = `http://127.0.0.1:${String(port)}`;
  return { origin, port, call: (path, init) => fetch(origin + path, { redirect: "manual", ...init }), close };
}

function addressOf(server: NetServer): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address;
}
