/** The stages on the canonical API: their order, their codes, and what never leaves. */
import { Failure, tenantResource, type StageEvent, type Violation } from "lockstep-openapi-runtime/server";
import { fetchHandler } from "lockstep-openapi-runtime/fetch";
import { describe, expect, test } from "vitest";
import { contract, createApi } from "../../generated/server.ts";
import { broadcastBody, caller, canonicalOptions, otherId, someId } from "../support/canonical-api.ts";

const accepted = { broadcastId: someId, status: "NotStarted" } as const;

describe("the order of the stages", () => {
  test("an earlier stage refuses what a later one would refuse too", async () => {
    const rateLimit = (): { allowed: boolean; quotas: [] } => ({ allowed: false, quotas: [] });
    const call = caller({ ...canonicalOptions(), rateLimit });
    const bad = { body: { name: 1 } };
    const codes = [
      await call("/broadcasts", { ...bad, key: "", headers: { "content-type": "text/plain" } }),
      await call("/broadcasts", { ...bad, key: "nobody" }),
      await call("/broadcasts", { ...bad, key: "org1:noscope" }),
      await call("/broadcasts", { ...bad, key: "org1:nosend" }),
      await call("/broadcasts", bad),
      await caller(canonicalOptions())("/broadcasts", bad),
    ].map(({ status, code }) => [status, code]);
    expect(codes).toEqual([
      [400, "bad_request"],
      [401, "unauthorized"],
      [403, "insufficient_scope"],
      [403, "send_not_allowed"],
      [429, "rate_limited"],
      [400, "bad_request"],
    ]);
  });

  test("each stage is heard of", async () => {
    const heard: string[] = [];
    const onStage = ({ stage, outcome }: StageEvent): void => void heard.push(`${stage} ${outcome}`);
    const options = canonicalOptions();
    const call = caller({ ...options, hooks: { ...options.hooks, onStage } });
    await call("/broadcasts", { body: broadcastBody });
    expect(heard).toEqual([
      "routing passed",
      "request-limits passed",
      "authentication passed",
      "authorization passed",
      "requirement passed",
      "request-validation passed",
      "idempotency passed",
    ]);
    heard.length = 0;
    await call("/broadcasts", { key: "org1:noscope", body: broadcastBody });
    expect(heard.at(-1)).toBe("authorization refused");
  });

  test("all missing scopes are named, all issues of parameters and body come together", async () => {
    const call = caller(canonicalOptions());
    expect((await call("/segments", { key: "org1:noscope" })).body).toMatchObject({
      details: { required: ["segments:read"] },
    });
    const { body } = await call("/journeys/no-uuid/trigger", { body: {} });
    expect(body).toMatchObject({
      details: {
        issues: [
          { in: "path", pointer: "/id", rule: "format" },
          { in: "body", pointer: "/recipient", rule: "required" },
        ],
      },
    });
  });

  test("unknown query parameters are ignored, or refused where the host says so and the operation may", async () => {
    const options = canonicalOptions({
      segments: { listSegments: () => ({ status: 200, body: { segments: [] } }) },
      broadcasts: { createBroadcast: () => ({ status: 202, body: accepted }) },
    });
    const [lenient, strict] = [caller(options), caller({ ...options, unknownQuery: "reject" })];
    const create = [`/broadcasts?colour=red`, { body: broadcastBody }] as const;
    expect((await lenient(...create)).status).toBe(202);
    const { status, body } = await strict(...create);
    expect([status, body]).toMatchObject([
      400,
      { details: { issues: [{ in: "query", pointer: "/colour", rule: "additionalProperties" }] } },
    ]);
    // It takes nothing that could be wrong, so it declares no code for it.
    expect((await strict("/segments?colour=red")).status).toBe(200);
  });

  test("a request has one id, whatever the handler says", async () => {
    const headers = { "x-request-id": "the-handlers" };
    const options = canonicalOptions({
      segments: { listSegments: () => ({ status: 200, body: { segments: [] }, headers }) },
    });
    const handler = fetchHandler(createApi(options));
    const request = new Request("http://localhost/api/v1/public/segments", {
      headers: { "x-api-key": "org1", "x-request-id": "the-callers" },
    });
    expect((await handler(request)).headers.get("x-request-id")).toBe("the-callers");
  });

  test("a wrong method gets Allow, and with the code of routing", async () => {
    const { status, code, headers } = await caller(canonicalOptions())("/broadcasts", { method: "GET" });
    expect([status, code, headers["allow"]]).toEqual([404, "not_found", "POST"]);
  });
});

describe("fail closed", () => {
  const violations: Violation[] = [];
  const sabotaged = (result: unknown, mode: "always" | "off" | { every: number } = "always") => {
    violations.length = 0;
    const options = canonicalOptions({
      // What an untyped handler could return.
      broadcasts: { createBroadcast: () => result as never, getBroadcast: () => result as never },
    });
    const hooks = {
      ...options.hooks,
      onViolation: (violation: Violation) => void violations.push(violation),
    };
    return caller({ ...options, hooks, validateResponses: mode });
  };
  const internal = JSON.stringify({ error: "internal_error", message: "Something went wrong on our side." });

  test.each([
    ["result", undefined],
    ["result", { body: accepted }],
    ["result", { status: 99 }],
    ["status", { status: 200, body: accepted }],
    ["code", { status: 409, body: { error: "concurrent_redeem", message: "" } }],
    ["code", { status: 404, body: {} }],
    ["code", new Failure("concurrent_redeem")],
    ["details", new Failure("not_found", { why: "foreign" })],
    ["details", new Failure("bad_request")],
    ["body", new Failure("bad_request", { issues: [] })],
    ["body", { status: 202, body: { ...accepted, status: "Lost" } }],
    ["body", { status: 202 }],
    ["media-type", { status: 202, body: accepted, mediaType: "text/plain" }],
    ["headers", { status: 202, body: accepted, headers: { "x-request-id": "" } }],
  ])("%s: %j becomes the unhandled code, and the host hears of it", async (kind, result) => {
    const { status, text } = await sabotaged(result)("/broadcasts", { body: broadcastBody });
    expect([status, text]).toEqual([500, internal]);
    expect(violations).toMatchObject([{ kind, operation: "createBroadcast", response: result }]);
  });

  test("without validation, status and code are checked all the same", async () => {
    const call = (result: unknown) => sabotaged(result, "off")("/broadcasts", { body: broadcastBody });
    expect((await call({ status: 200, body: accepted })).status).toBe(500);
    expect((await call(new Failure("concurrent_redeem"))).status).toBe(500);
    expect((await call({ status: 202, body: { unchecked: true } })).status).toBe(202);
  });

  test.each([
    { headers: { "x-note": "a\r\nset-cookie: b=1" } },
    { headers: { "x-note": "\u2713" } },
    { headers: { "x note": "a" } },
    { mediaType: "application/json; a=\r\nb" },
  ])("a field that HTTP cannot carry never reaches the adapter: %j", async (more) => {
    const call = sabotaged({ status: 202, body: accepted, ...more }, "off");
    expect((await call("/broadcasts", { body: broadcastBody })).text).toBe(internal);
    expect(violations).toMatchObject([{ kind: "headers", operation: "createBroadcast" }]);
  });

  test("a host's functions for errors that throw themselves take nobody down", async () => {
    const heard: unknown[] = [];
    const options = canonicalOptions();
    const broken = (): never => {
      throw new Error("secret");
    };
    const call = caller({
      ...options,
      decorateError: broken,
      hooks: { onError: (error) => void heard.push(error) },
    });
    for (const path of ["/nowhere", "/segments"]) {
      const { status, text } = await call(path, { key: "nobody" });
      expect(status).toBe(500);
      expect(text).not.toContain("secret");
    }
    expect(heard).toHaveLength(2);
  });

  test("a response that cannot be written frees or settles the key that it was to be kept for", async () => {
    let calls = 0;
    const options = canonicalOptions({
      broadcasts: {
        createBroadcast: () => {
          calls++;
          // What an untyped handler could return.
          return { status: 202, body: { broadcastId: 1n } as never };
        },
      },
    });
    const call = caller({ ...options, hooks: { onError: () => undefined }, validateResponses: "off" });
    const keyed = { body: broadcastBody, headers: { "idempotency-key": "k" } };
    expect((await call("/broadcasts", keyed)).text).toBe(internal);
    expect((await call("/broadcasts", keyed)).text).toBe(internal);
    expect(calls).toBeGreaterThan(0);
  });

  test("a success may have a member of the name that codes have", async () => {
    const call = sabotaged({ status: 202, body: { ...accepted, error: "It was late." } });
    expect((await call("/broadcasts", { body: broadcastBody })).status).toBe(202);
  });

  test("sampling validates one in n", async () => {
    const call = sabotaged({ status: 202, body: {} }, { every: 3 });
    const statuses: number[] = [];
    for (let index = 0; index < 6; index++) {
      statuses.push((await call("/broadcasts", { body: broadcastBody })).status);
    }
    expect(statuses).toEqual([500, 202, 202, 500, 202, 202]);
  });

  test("a thrown error leaves nothing of itself, and reaches the host", async () => {
    const errors: unknown[] = [];
    const options = canonicalOptions();
    const call = caller({ ...options, hooks: { onError: (error) => void errors.push(error) } });
    const { status, text } = await call(`/broadcasts/${someId}`);
    expect([status, text]).toEqual([500, internal]);
    expect(String(errors[0])).toContain("SELECT secret");
  });

  test("errors of the host's own checks and hooks leave nothing either", async () => {
    const boom = (): never => {
      throw new Error("secret");
    };
    const options = canonicalOptions({
      broadcasts: { createBroadcast: () => ({ status: 202, body: accepted }) },
    });
    const hooks = { onStage: boom, onResponse: boom, onError: boom };
    const broken = caller({ ...options, hooks, authenticate: { apiKey: boom } });
    expect((await broken("/broadcasts", { body: broadcastBody })).text).toBe(internal);
    const noisy = caller({ ...options, hooks });
    expect((await noisy("/broadcasts", { body: broadcastBody })).status).toBe(202);
  });

  test("thrown and returned failures are the same", async () => {
    const failing = (how: "return" | "throw") =>
      caller(
        canonicalOptions({
          broadcasts: {
            cancelBroadcast: ({ fail }) => {
              const failure = fail("terminal_state", { status: "Sent" }, { message: "Over." });
              if (how === "throw") throw failure;
              return failure;
            },
          },
        }),
      )(`/broadcasts/${someId}/cancel`, { method: "POST" });
    const returned = await failing("return");
    expect(returned).toEqual(await failing("throw"));
    expect(returned.body).toEqual({ error: "terminal_state", message: "Over.", details: { status: "Sent" } });
  });
});

describe("concealment", () => {
  const loads: string[] = [];
  const templates = tenantResource({
    load: (id: string, tenant: string) => {
      loads.push(`${id} ${tenant}`);
      return id === someId && tenant === "org1" ? { organization: "org1" } : null;
    },
    tenantOf: ({ organization }) => organization,
  });

  test("missing and foreign are the same bytes after the same work", async () => {
    const options = canonicalOptions({
      templates: {
        getTemplate: async ({ path, find }) => find(templates, path.id).then(() => unreachable()),
      },
    });
    const call = caller(options);
    loads.length = 0;
    const foreign = await call(`/templates/${someId}`, { key: "org2" });
    const missing = await call(`/templates/${otherId}`, { key: "org2" });
    expect(foreign).toEqual(missing);
    expect([foreign.status, foreign.code]).toEqual([404, "not_found"]);
    expect(loads).toEqual([`${someId} org2`, `${otherId} org2`]);
  });

  test("a query that forgets the tenant is caught, hidden and reported", async () => {
    const violations: Violation[] = [];
    const careless = tenantResource({ load: () => ({ owner: "org1" }), tenantOf: ({ owner }) => owner });
    const options = canonicalOptions({
      templates: { getTemplate: async ({ path, find }) => find(careless, path.id).then(() => unreachable()) },
    });
    const hooks = {
      ...options.hooks,
      onViolation: (violation: Violation) => void violations.push(violation),
    };
    const { status, code } = await caller({ ...options, hooks })(`/templates/${someId}`, { key: "org2" });
    expect([status, code]).toEqual([404, "not_found"]);
    expect(violations).toMatchObject([{ kind: "tenant", operation: "getTemplate" }]);
  });
});

function unreachable(): never {
  throw new Error("The resource was found.");
}

describe("starting", () => {
  test("what untyped code leaves out is named", () => {
    const options = canonicalOptions();
    const without =
      (name: string, value: unknown): (() => unknown) =>
      () =>
        // What untyped code could give.
        createApi({ ...options, [name]: value } as never);
    expect(without("handlers", { ...options.handlers, assets: {} })).toThrow("handlers.assets.presignAsset");
    expect(without("authenticate", {})).toThrow("authenticate.apiKey");
    expect(without("requirements", {})).toThrow("requirements.send_not_allowed");
  });

  test("the contract holds every operation", () => {
    expect(contract.operations).toHaveLength(16);
    expect(contract.basePath).toBe("/api/v1/public");
  });
});

test("coverage hears each answered pair, and each once from a recorder", async () => {
  const { coverageRecorder } = await import("lockstep-openapi-runtime/server");
  const lines: string[] = [];
  const coverage = coverageRecorder((line) => void lines.push(line));
  const call = caller({ ...canonicalOptions(), coverage });
  await call("/broadcasts", { body: {} });
  await call("/broadcasts", { body: {} });
  await call("/nowhere");
  expect(lines).toEqual(['{"operation":"createBroadcast","status":400,"code":"bad_request"}\n']);
});
