/** Other libraries' servers for the comparison, from a project in which the user has installed them. */
import type { IncomingHttpHeaders, RequestListener } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import type { z } from "zod";
import { listen } from "./listen.ts";
import { bodySchema, prepared, requestPath } from "./payload.ts";
import type { Subject } from "./subjects.ts";

/** What each subject loads; the last is the one that it is there for. */
export const peerPackages = {
  "Hono, zod-openapi": ["hono", "@hono/node-server", "@hono/zod-openapi"],
  "openapi-backend": ["openapi-backend"],
  "express-openapi-validator": ["express", "express-openapi-validator"],
} as const;

/** The part of the document that these libraries need. */
const document = {
  openapi: "3.0.3",
  info: { title: "Comparison", version: "1" },
  paths: {
    [requestPath]: {
      post: {
        operationId: "prepareBroadcast",
        requestBody: { required: true, content: { "application/json": { schema: bodySchema } } },
        responses: { 200: { description: "Prepared." } },
      },
    },
  },
};

/** The servers of the libraries that stand in `folder`'s node_modules. */
export function peerSubjects(folder: string): Readonly<Record<keyof typeof peerPackages, Subject>> {
  const load = createRequire(path.join(path.resolve(folder), "package.json"));
  return {
    "Hono, zod-openapi": () => startHono(load),
    "openapi-backend": () => startBackend(load),
    "express-openapi-validator": () => startExpress(load),
  };
}

// What follows names only what is called of packages that this project does not depend on.

interface HonoContext {
  readonly req: { valid(part: "json"): unknown };
  json(body: unknown, status: number): unknown;
}
interface HonoApp {
  openapi(route: unknown, handler: (context: HonoContext) => unknown): void;
  readonly fetch: unknown;
}
interface ZodOpenApi {
  readonly OpenAPIHono: new () => HonoApp;
  readonly createRoute: (route: unknown) => unknown;
  readonly z: typeof z;
}
interface HonoServer {
  serve(options: { fetch: unknown; port: number }, listening: (info: { port: number }) => void): void;
}

function startHono(load: NodeJS.Require): Promise<number> {
  // A package is what its documentation says.
  const { OpenAPIHono, createRoute, z: zod } = load("@hono/zod-openapi") as ZodOpenApi;
  // A package is what its documentation says.
  const server = load("@hono/node-server") as HonoServer;
  const schema = zod.strictObject({
    name: zod.string().min(1).max(200),
    templateId: zod.uuid(),
    segmentId: zod.uuid(),
    subjectOverride: zod.string().min(1).max(998).optional(),
  });
  const app = new OpenAPIHono();
  const route = createRoute({
    method: "post",
    path: requestPath,
    request: { body: { required: true, content: { "application/json": { schema } } } },
    responses: {
      200: { description: "Prepared.", content: { "application/json": { schema: zod.unknown() } } },
    },
  });
  app.openapi(route, (context) => {
    context.req.valid("json");
    return context.json(prepared, 200);
  });
  return new Promise((resolve) => {
    server.serve({ fetch: app.fetch, port: 0 }, ({ port }) => {
      resolve(port);
    });
  });
}

interface BackendRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}
interface BackendContext {
  readonly validation: { readonly errors?: unknown };
}
interface Reply {
  readonly status: number;
  readonly body: unknown;
}
interface Backend {
  init(): Promise<unknown>;
  handleRequest(request: BackendRequest): Promise<Reply>;
}
interface AjvFormats {
  addFormat(name: string, format: RegExp): AjvFormats;
}
interface BackendPackage {
  readonly OpenAPIBackend: new (options: {
    definition: unknown;
    customizeAjv: (ajv: AjvFormats) => AjvFormats;
    handlers: Readonly<Record<string, (context: BackendContext) => Reply>>;
  }) => Backend;
}

async function startBackend(load: NodeJS.Require): Promise<number> {
  // A package is what its documentation says.
  const { OpenAPIBackend } = load("openapi-backend") as BackendPackage;
  const backend = new OpenAPIBackend({
    definition: document,
    // It knows no formats of itself.
    customizeAjv: (ajv) => ajv.addFormat("uuid", /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i),
    handlers: {
      prepareBroadcast: () => ({ status: 200, body: prepared }),
      validationFail: ({ validation }) => ({ status: 400, body: { errors: validation.errors } }),
      notFound: () => ({ status: 404, body: {} }),
    },
  });
  await backend.init();
  return listen(backendListener(backend));
}

function backendListener(backend: Backend): RequestListener {
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const sent: unknown = JSON.parse(Buffer.concat(chunks).toString());
      void backend.handleRequest({ method, path: url, headers, body: sent }).then(({ status, body }) => {
        const text = JSON.stringify(body);
        const fields = { "content-type": "application/json", "content-length": Buffer.byteLength(text) };
        response.writeHead(status, fields).end(text);
      });
    });
  };
}

interface ExpressResponse {
  status(status: number): ExpressResponse;
  json(body: unknown): void;
}
interface ExpressApp {
  use(...handlers: readonly unknown[]): void;
  post(path: string, handler: (request: unknown, response: ExpressResponse) => void): void;
}
interface Express {
  (): RequestListener & ExpressApp;
  json(): unknown;
}
interface ExpressValidator {
  middleware(options: { apiSpec: unknown; validateRequests: boolean; validateResponses: boolean }): unknown[];
}
interface ExpressError {
  readonly status?: number;
  readonly errors?: unknown;
}

function startExpress(load: NodeJS.Require): Promise<number> {
  // A package is what its documentation says.
  const express = load("express") as Express;
  // A package is what its documentation says.
  const validator = load("express-openapi-validator") as ExpressValidator;
  const app = express();
  app.use(express.json());
  app.use(validator.middleware({ apiSpec: document, validateRequests: true, validateResponses: false }));
  app.post(requestPath, (_request, response) => {
    response.status(200).json(prepared);
  });
  // Four parameters tell Express that it is a handler of errors.
  app.use((error: ExpressError, _request: unknown, response: ExpressResponse, _next: unknown) => {
    response.status(error.status ?? 500).json({ errors: error.errors });
  });
  return listen(app);
}
