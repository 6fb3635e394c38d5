/** Yesterday's client and tomorrow's server, and the other way round: two versions of one document, over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../../generator/json/json.ts";
import { generateClient, type GeneratedClient, type LooseResult } from "../support/generated-client.ts";
import { startServer, type Answer, type ScriptedServer } from "../support/scripted-server.ts";

interface Version {
  readonly codes: JsonObject;
  readonly details: JsonObject;
  readonly success: string;
}

const entry = (status: number, extra: JsonObject = {}): JsonObject => ({
  status,
  title: "T",
  meaning: "M",
  remediation: "R",
  message: "m",
  retry: "never",
  "raised-by": "handler",
  ...extra,
});
const details = { $ref: "#/components/schemas/QuotaDetails" };

const yesterday: Version = {
  codes: { quota_exceeded: entry(403, { details }), not_found: entry(404) },
  details: { limit: { type: "integer" }, unit: { type: "string", enum: ["kg", "lb"] } },
  success: "200",
};
/** A code is new, one has moved to another status, details gained a member and a value, success is another 2xx. */
const tomorrow: Version = {
  codes: { quota_exceeded: entry(402, { details }), not_found: entry(404), customs_hold: entry(451) },
  details: {
    limit: { type: "integer" },
    unit: { type: "string", enum: ["kg", "lb", "t"] },
    resetsAt: { type: "string" },
  },
  success: "202",
};

function documentOf({ codes, details: properties, success }: Version): JsonObject {
  const closed = { type: "object", additionalProperties: false };
  return {
    openapi: "3.1.0",
    info: { title: "Parcels", version: "1.0.0" },
    paths: {
      "/parcels": {
        post: {
          operationId: "sendParcel",
          tags: ["Parcels"],
          "x-errors": Object.keys(codes),
          responses: {
            [success]: {
              description: "Sent.",
              content: {
                "application/json": {
                  schema: { ...closed, required: ["id"], properties: { id: { type: "string" } } },
                },
              },
            },
          },
        },
      },
    },
    components: {
      schemas: {
        ErrorCode: { type: "string", enum: Object.keys(codes), "x-error-codes": codes },
        ErrorEnvelope: {
          ...closed,
          required: ["error", "message"],
          properties: {
            error: { $ref: "#/components/schemas/ErrorCode" },
            message: { type: "string" },
            details: { type: "object" },
          },
        },
        QuotaDetails: { ...closed, required: ["limit", "unit"], properties },
      },
    },
  };
}

let server: ScriptedServer;
let old: GeneratedClient;
let fresh: GeneratedClient;
beforeAll(async () => {
  server = await startServer();
  old = await generateClient(documentOf(yesterday));
  fresh = await generateClient(documentOf(tomorrow));
});
afterAll(async () => {
  await server.close();
  old.remove();
  fresh.remove();
});

async function send(client: GeneratedClient, answer: Answer): Promise<LooseResult> {
  server.script(answer);
  const result = await client.create({ baseUrl: server.url })["parcels"]?.["send"]?.();
  if (result === undefined) throw new Error("The client has no parcels.send.");
  return result;
}

const quota = (status: number, members: JsonObject): Answer => ({
  status,
  body: { error: "quota_exceeded", message: "m", details: { limit: 5, ...members } },
});

describe("yesterday's client, tomorrow's server", () => {
  test("a new code is the sentinel, with the code and its details beside it", async () => {
    const body = { error: "customs_hold", message: "Held.", details: { country: "CH" } };
    const { error } = await send(old, { status: 451, body });
    expect(error).toMatchObject({
      error: "unknown_error",
      code: "customs_hold",
      status: 451,
      details: { country: "CH" },
      message: "Held.",
    });
  });

  test("details that gained a member keep their code and the member", async () => {
    const { error } = await send(old, quota(403, { unit: "kg", resetsAt: "tomorrow" }));
    expect(error).toMatchObject({
      kind: "contract",
      error: "quota_exceeded",
      details: { limit: 5, unit: "kg", resetsAt: "tomorrow" },
    });
  });

  test("an envelope that gained a member, too", async () => {
    const { error } = await send(old, {
      status: 404,
      body: { error: "not_found", message: "m", trace: "t" },
    });
    expect(error).toMatchObject({ kind: "contract", error: "not_found", body: { trace: "t" } });
  });

  test("a value that the type does not have is not passed off as the type", async () => {
    const { error } = await send(old, quota(403, { unit: "t" }));
    expect(error).toMatchObject({ kind: "malformed", error: "malformed_error", code: "quota_exceeded" });
  });

  test("a code that moved keeps its meaning and its contract's status", async () => {
    const result = await send(old, quota(402, { unit: "kg" }));
    expect(result.error).toMatchObject({ kind: "contract", error: "quota_exceeded", status: 403 });
    expect(result).toMatchObject({ response: { status: 402 } });
  });

  test("another 2xx with the same body is a success", async () => {
    expect(await send(old, { status: 202, body: { id: "1", more: 1 } })).toMatchObject({
      data: { id: "1", more: 1 },
      status: 202,
    });
  });
});

describe("tomorrow's client, yesterday's server", () => {
  test("knows what is older than itself", async () => {
    const result = await send(fresh, quota(403, { unit: "lb" }));
    expect(result.error).toMatchObject({
      kind: "contract",
      error: "quota_exceeded",
      status: 402,
      details: { unit: "lb" },
    });
    expect(result).toMatchObject({ response: { status: 403 } });
    expect(await send(fresh, { status: 200, body: { id: "1" } })).toMatchObject({
      data: { id: "1" },
      status: 200,
    });
  });
});
