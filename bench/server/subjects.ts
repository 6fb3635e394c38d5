/** The servers of the comparison: each takes the body of `prepareBroadcast`, validates it, and answers the same. */
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import fastify from "fastify";
import { fastifyPlugin } from "lockstep-openapi-runtime/fastify";
import { nodeListener } from "lockstep-openapi-runtime/node";
import type { Api } from "lockstep-openapi-runtime/server";
import { createApi, type ApiOptions } from "../../generated/server.ts";
import { prepareBroadcastRequest } from "../../generated/validators/operations.ts";
import { listen } from "./listen.ts";
import { bodySchema, prepared, requestPath } from "./payload.ts";

/** Starts on any free port and gives it. */
export type Subject = () => Promise<number>;

export const baseline = "bare node:http";

export const subjects: Readonly<Record<string, Subject>> = {
  [baseline]: () => listen(bare),
  "hand-written, node:http": () => listen(handWritten),
  "lockstep, node:http": () => listen(nodeListener(kit("off"))),
  "lockstep, node:http, responses validated": () => listen(nodeListener(kit("always"))),
  "lockstep, Fastify": async () => {
    const app = fastify();
    await app.register(fastifyPlugin(kit("off")));
    return portOf(await app.listen({ port: 0 }));
  },
  "Fastify's own": async () => {
    const app = fastify();
    app.post(requestPath, { schema: { body: bodySchema } }, () => prepared);
    return portOf(await app.listen({ port: 0 }));
  },
};

/** What everything is measured against: no validation, no routing, no errors. */
const bare: RequestListener = (request, response) => {
  readText(request, (text) => {
    JSON.parse(text);
    send(response, 200, prepared);
  });
};

/** One operation and nothing else, with the generated validator: the least that validating can cost. */
const handWritten: RequestListener = (request, response) => {
  if (request.method !== "POST" || request.url !== requestPath || request.headers["x-api-key"] !== "key") {
    send(response, 404, {});
    return;
  }
  readText(request, (text) => {
    const media = prepareBroadcastRequest.body.match(request.headers["content-type"]);
    const { issues } = media?.read(text) ?? { issues: [] };
    if (issues === undefined) send(response, 200, prepared);
    else
      send(response, 400, {
        error: "bad_request",
        message: "The request is not valid.",
        details: { issues },
      });
  });
};

function readText(request: IncomingMessage, done: (text: string) => void): void {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    done(Buffer.concat(chunks).toString());
  });
}

function send(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  response.writeHead(status, headers).end(body);
}

export function kit(validateResponses: "always" | "off"): Api {
  const unused = (): never => {
    throw new Error("The comparison calls one operation.");
  };
  const options: ApiOptions<string> = {
    handlers: {
      broadcasts: {
        createBroadcast: unused,
        prepareBroadcast: () => ({ status: 200, body: prepared }),
        sendPreparedBroadcast: unused,
        getBroadcast: unused,
        cancelBroadcast: unused,
      },
      journeys: { triggerJourney: unused, getJourneyRun: unused },
      templates: { listTemplates: unused, getTemplate: unused },
      segments: { listSegments: unused, previewSegment: unused },
      assets: { presignAsset: unused, finalizeAsset: unused, deleteAsset: unused },
      brandKits: { listBrandKits: unused, getBrandKit: unused },
    },
    authenticate: { apiKey: () => ({ principal: "somebody", scopes }) },
    requirements: { send_not_allowed: () => true },
    tenant: (principal) => principal,
    caller: () => "",
    idempotency: { store: { claim: unused, renew: unused, complete: unused, release: unused } },
    validateResponses,
  };
  return createApi(options);
}

const scopes = new Set(["broadcasts:prepare"]);

function portOf(url: string): number {
  return Number(new URL(url).port);
}
