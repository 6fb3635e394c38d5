/** What goes wrong between a client and a server arrives typed: the measured failures of other clients, over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient, isApiError } from "../../generated/client.ts";
import { generateClient } from "../support/generated-client.ts";
import { startServer, type ScriptedServer } from "../support/scripted-server.ts";
import { typeErrors } from "../support/type-check.ts";

const id = "7d9c1f0e-52a4-4c8e-b1b7-0a6f4f2e93d1";
const input = { params: { path: { id } }, retry: { attempts: 1 } };

let server: ScriptedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.close();
});

const client = (): ReturnType<typeof createClient> =>
  createClient({ baseUrl: server.url, auth: { apiKey: "secret" } });

describe("answers that other clients get wrong", () => {
  test("an empty 401 is an error", async () => {
    server.script({ status: 401, headers: { "content-length": "0" } });
    const { data, error } = await client().GET("/broadcasts/{id}", input);
    expect(data).toBeUndefined();
    expect(error).toMatchObject({
      kind: "unexpected",
      error: "unexpected_response",
      status: 401,
      reason: "empty",
    });
  });

  test("an empty 401 without a length is one too", async () => {
    server.script((_request, response) => {
      response.writeHead(401).write("");
      response.end();
    });
    const { error } = await client().broadcasts.get(input);
    expect(error).toMatchObject({ error: "unexpected_response", status: 401, reason: "empty" });
  });

  test("a proxy's HTML 503 is not an envelope", async () => {
    server.script({
      status: 503,
      headers: { "content-type": "text/html" },
      body: "<h1>Service Unavailable</h1>",
    });
    const { error } = await client().broadcasts.get(input);
    expect(error).toMatchObject({
      error: "unexpected_response",
      status: 503,
      reason: "not-json",
      body: "<h1>Service Unavailable</h1>",
    });
  });

  test("JSON that breaks off keeps the status", async () => {
    server.script({
      status: 404,
      headers: { "content-type": "application/json" },
      body: '{"error":"not_fou',
    });
    const { error } = await client().broadcasts.get(input);
    expect(error).toMatchObject({ error: "unexpected_response", status: 404, reason: "not-json" });
  });

  test("a connection that breaks off in the body keeps the status", async () => {
    server.script((_request, response) => {
      response.writeHead(500, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"error":"internal_error"');
      setTimeout(() => response.destroy(), 20);
    });
    const { error } = await client().broadcasts.get(input);
    expect(error).toMatchObject({ error: "unexpected_response", status: 500, reason: "truncated" });
  });

  test("JSON without a code is not an error of ours", async () => {
    server.script({ status: 502, body: { fault: { faultstring: "gateway" } } });
    const { error } = await client().broadcasts.get(input);
    expect(error).toMatchObject({ error: "unexpected_response", status: 502, reason: "no-code" });
  });

  test("a known code with a body that does not match is not that code", async () => {
    server.script({
      status: 403,
      body: { error: "insufficient_scope", message: "no", details: { required: "x" } },
    });
    const { error } = await client().broadcasts.get(input);
    expect(error).toMatchObject({
      kind: "malformed",
      error: "malformed_error",
      code: "insufficient_scope",
      status: 403,
    });
  });

  test("a success that is HTML, empty or cut off is not data", async () => {
    server.script({ body: "<html></html>", headers: { "content-type": "text/html" } });
    expect((await client().broadcasts.get(input)).error).toMatchObject({
      error: "invalid_response",
      reason: "not-json",
    });
    server.script({ status: 200, headers: { "content-length": "0" } });
    expect((await client().broadcasts.get(input)).error).toMatchObject({
      error: "invalid_response",
      reason: "empty",
    });
    server.script((_request, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"id":');
      setTimeout(() => response.destroy(), 20);
    });
    expect((await client().broadcasts.get(input)).error).toMatchObject({
      error: "invalid_response",
      reason: "truncated",
    });
  });

  test("a code of another operation is not this operation's", async () => {
    server.script({ status: 409, body: { error: "concurrent_redeem", message: "busy" } });
    const { error } = await client().broadcasts.get(input);
    expect(error).toMatchObject({
      kind: "unknown",
      error: "unknown_error",
      code: "concurrent_redeem",
      status: 409,
    });
  });

  test.each(["__proto__", "constructor", "toString", "unknown_error"])(
    "the code %s is just unknown",
    async (code) => {
      server.script({ status: 400, body: `{"error":${JSON.stringify(code)},"message":"m"}` });
      const { error } = await client().broadcasts.get(input);
      expect(error).toMatchObject({ error: "unknown_error", code });
    },
  );
});

describe("no response", () => {
  test("a refused connection is a network failure, not a TypeError posing as a body", async () => {
    const gone = await startServer();
    await gone.close();
    const { data, error, response } = await createClient({ baseUrl: gone.url }).broadcasts.get(input);
    expect(data).toBeUndefined();
    expect(response).toBeUndefined();
    expect(error).toMatchObject({ kind: "network", error: "network_error", status: undefined, attempts: 1 });
    expect(error?.error === "network_error" && error.cause).toBeInstanceOf(TypeError);
  });

  test("a timeout, a deadline and an abort are told apart", async () => {
    server.script(() => undefined);
    const timeout = await client().broadcasts.get({ ...input, timeout: 30 });
    expect(timeout.error).toMatchObject({ kind: "timeout", limit: "timeout" });
    const deadline = await client().broadcasts.get({ ...input, deadline: 30 });
    expect(deadline.error).toMatchObject({ kind: "timeout", limit: "deadline" });
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort("enough");
    }, 30);
    const aborted = await client().broadcasts.get({ ...input, signal: controller.signal });
    expect(aborted.error).toMatchObject({ kind: "aborted", error: "aborted_error", cause: "enough" });
  });

  test("a body that never ends is a timeout, too", async () => {
    server.script((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write('{"id":');
    });
    const { error } = await client().broadcasts.get({ ...input, timeout: 50 });
    expect(error).toMatchObject({ kind: "timeout" });
  });

  test("an aborted signal sends nothing", async () => {
    server.script({ status: 200 });
    const { error } = await client().broadcasts.get({ ...input, signal: AbortSignal.abort() });
    expect(error?.kind).toBe("aborted");
    expect(server.seen).toHaveLength(0);
  });

  test("a fetch that ignores its signal still times out", async () => {
    const deaf = createClient({ baseUrl: server.url, fetch: () => new Promise(() => undefined) });
    expect((await deaf.broadcasts.get({ ...input, timeout: 20 })).error?.kind).toBe("timeout");
  });

  test("a request that cannot be made is told apart from one that failed", async () => {
    for (const bad of ["", ".", ".."]) {
      const { error } = await client().broadcasts.get({ params: { path: { id: bad } } });
      expect(error).toMatchObject({ kind: "request", error: "request_error", attempts: 1 });
    }
    const { error } = await createClient({ baseUrl: "not a url" }).broadcasts.get(input);
    expect(error?.kind).toBe("request");
  });
});

describe("functions of the caller that throw", () => {
  test("fail the call and reject no promise", async () => {
    server.script({ body: { templates: [] } });
    const cause = new Error("mine");
    const fails = (): never => {
      throw cause;
    };
    const options = { baseUrl: server.url, auth: { apiKey: "secret" } };
    const unnamed = await createClient({ ...options, requestId: fails }).templates.list();
    expect(unnamed.error).toMatchObject({ kind: "request", cause });
    expect(server.seen).toHaveLength(0);
    const validation = { listTemplates: { check: fails } };
    const unchecked = await createClient({ ...options, validation }).templates.list();
    expect(unchecked.error).toMatchObject({ kind: "request", cause });
    expect(server.seen).toHaveLength(1);
  });
});

describe("declared errors", () => {
  test("carry code, details, status, request id and page", async () => {
    const body = { error: "insufficient_scope", message: "No.", details: { required: ["broadcasts:read"] } };
    server.script({ status: 403, headers: { "x-request-id": "r-1" }, body });
    const { error, response } = await client().GET("/broadcasts/{id}", input);
    expect(response?.status).toBe(403);
    expect(error).toEqual({
      kind: "contract",
      error: "insufficient_scope",
      code: "insufficient_scope",
      status: 403,
      message: "No.",
      details: { required: ["broadcasts:read"] },
      body,
      docUrl: "https://docs.segmentflow.ai/errors/insufficient_scope/",
      retry: "never",
      requestId: "r-1",
      attempts: 1,
    });
  });

  test("are thrown only where that is asked for", async () => {
    server.script({
      status: 404,
      headers: { "x-request-id": "r-2" },
      body: { error: "not_found", message: "No." },
    });
    const thrown = await client()
      .broadcasts.get(input)
      .orThrow()
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    expect(isApiError(thrown, "getBroadcast")).toBe(true);
    expect(isApiError(thrown, "getTemplate")).toBe(false);
    expect(thrown).toMatchObject({
      name: "ApiError",
      operation: "getBroadcast",
      code: "not_found",
      status: 404,
      details: undefined,
      requestId: "r-2",
      docUrl: "https://docs.segmentflow.ai/errors/not_found/",
      message:
        "getBroadcast: not_found (404): No. (request r-2, https://docs.segmentflow.ai/errors/not_found/)",
    });
  });

  test("orThrow gives the data of a success", async () => {
    server.script({ body: { templates: [] } });
    expect(await client().templates.list().orThrow()).toEqual({ templates: [] });
    server.script({ status: 204 });
    const { data, error } = await client().assets.delete(input);
    expect([data, error]).toEqual([undefined, undefined]);
  });
});

test("errors that hold errors of their own kind compile, and too many of them break no contract", async () => {
  const fault = {
    type: "object",
    required: ["message"],
    properties: { message: { type: "string" }, cause: { $ref: "#/components/schemas/Fault" } },
  };
  const generated = await generateClient({
    openapi: "3.1.1",
    info: { title: "T", version: "1" },
    paths: {
      "/things": {
        get: {
          operationId: "listThings",
          responses: {
            "200": { description: "Things." },
            "400": {
              description: "A fault.",
              content: { "application/json": { schema: { $ref: "#/components/schemas/Fault" } } },
            },
          },
        },
      },
    },
    components: { schemas: { Fault: fault } },
  });
  try {
    const { things } = generated.create({ baseUrl: server.url });
    const nested = (depth: number): unknown =>
      Array.from({ length: depth }).reduce<object>((cause) => ({ message: "m", cause }), { message: "m" });
    server.script({ status: 400, body: nested(3) });
    expect((await things?.["list"]?.({ retry: { attempts: 1 } }))?.error).toMatchObject({ kind: "http" });
    server.script({ status: 400, body: nested(2000) });
    expect((await things?.["list"]?.({ retry: { attempts: 1 } }))?.error).toMatchObject({
      kind: "unexpected",
    });
    expect(typeErrors([generated.folder])).toEqual([]);
  } finally {
    generated.remove();
  }
});
