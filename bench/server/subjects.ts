/** The servers of the comparison: each takes the body of `prepareBroadcast`, validates it, and answers the same. */
import { createServer, type RequestListener } from "node:http";
import fastify from "fastify";
import { fastifyPlugin } from "lockstep-openapi/fastify";
import { nodeListener } from "lockstep-openapi/node";
import type { Api } from "lockstep-openapi/server";
import { createApi, type ApiOptions } from "../../generated/server.ts";
import { prepared } from "./payload.ts";

/** Starts on any free port and gives it. */
export type Subject = () => Promise<number>;

const path = "/api/v1/public/broadcasts/prepare";

export const subjects: Readonly<Record<string, Subject>> = {
  "bare node:http": () => listen(bare),
  "lockstep, node:http": () => listen(nodeListener(kit("off"))),
  "lockstep, node:http, answers validated": () => listen(nodeListener(kit("always"))),
  "lockstep, Fastify": async () => {
    const app = fastify();
    await app.register(fastifyPlugin(kit("off")));
    return portOf(await app.listen({ port: 0 }));
  },
  "Fastify's own": async () => {
    const app = fastify();
    app.post(path, { schema: { body: bodySchema } }, () => prepared);
    return portOf(await app.listen({ port: 0 }));
  },
};

/** What everything is measured against: no validation, no routing, no errors. */
const bare: RequestListener = (request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    JSON.parse(Buffer.concat(chunks).toString());
    const body = JSON.stringify(prepared);
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    response.writeHead(200, headers).end(body);
  });
};

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
    idempotency: { store: { claim: unused, renew: unused, complete: unused, release: unused } },
    validateResponses,
  };
  return createApi(options);
}

const scopes = new Set(["broadcasts:prepare"]);

/** The schema of the document, as a user of Fastify would write it down. */
const bodySchema = {
  type: "object",
  required: ["name", "templateId", "segmentId"],
  additionalProperties: false,
  properties: {
    name: { type: "string", minLength: 1, maxLength: 200 },
    templateId: { type: "string", format: "uuid" },
    segmentId: { type: "string", format: "uuid" },
    subjectOverride: { type: "string", minLength: 1, maxLength: 998 },
  },
};

function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  return new Promise((resolve) => {
    server.listen(0, () => {
      const address = server.address();
      resolve(typeof address === "object" ? (address?.port ?? 0) : 0);
    });
  });
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
