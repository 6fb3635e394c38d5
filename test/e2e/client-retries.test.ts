/** Retries follow the catalogue: which requests are repeated, when, how often, and with which key. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient, type Options } from "../../generated/client.ts";
import { startServer, type Answer, type ScriptedServer } from "../support/scripted-server.ts";

const id = "7d9c1f0e-52a4-4c8e-b1b7-0a6f4f2e93d1";
const path = { params: { path: { id } } };
const redeem = { body: { preparedSendId: id } };
const redeemed: Answer = { status: 202, body: { broadcastId: id, status: "InProgress", firstRedeem: true } };
const broken: Answer = (_request, response) => response.destroy();
const error = (status: number, code: string, headers = {}): Answer => ({
  status,
  headers,
  body: { error: code, message: "m" },
});

let server: ScriptedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  await server.close();
});

const client = (options: Partial<Options> = {}): ReturnType<typeof createClient> =>
  createClient({ baseUrl: server.url, timeout: 5000, ...options, retry: { baseDelay: 1, ...options.retry } });
const keys = (): unknown[] => server.seen.map(({ headers }) => headers["idempotency-key"]);

describe("by the catalogue", () => {
  test("same-request: again, with the same key", async () => {
    server.script(error(409, "concurrent_redeem"), error(409, "concurrent_redeem"), redeemed);
    const { data } = await client().broadcasts.sendPrepared(redeem);
    expect(data).toMatchObject({ firstRedeem: true });
    expect(server.seen.map(({ body }) => body)).toEqual(Array(3).fill(JSON.stringify(redeem.body)));
    expect(keys()[0]).toMatch(/^\d+(?:-\d+){3}$/);
    expect(new Set(keys()).size).toBe(1);
  });

  test("each call has a key of its own, and a given one is kept", async () => {
    server.script(redeemed);
    await client().broadcasts.sendPrepared(redeem);
    await client().broadcasts.sendPrepared(redeem);
    expect(new Set(keys()).size).toBe(2);
    server.script(error(409, "concurrent_redeem"), redeemed);
    await client().broadcasts.sendPrepared({ ...redeem, idempotencyKey: "mine" });
    expect(keys()).toEqual(["mine", "mine"]);
  });

  test("an operation that takes no key gets none", async () => {
    server.script({ body: { id } });
    await client().segments.preview(path);
    expect(keys()).toEqual([undefined]);
  });

  test("after-delay: not before Retry-After", async () => {
    server.script(error(429, "rate_limited", { "retry-after": "1" }), { body: { templates: [] } });
    const start = performance.now();
    const { data } = await client().templates.list();
    expect(data).toEqual({ templates: [] });
    expect(performance.now() - start).toBeGreaterThanOrEqual(995);
  });

  test("after-delay: a wait that the deadline does not allow is not begun", async () => {
    server.script(error(429, "rate_limited", { "retry-after": "3600" }));
    const start = performance.now();
    const result = await client().templates.list({ deadline: 30_000 });
    expect(result.error).toMatchObject({ error: "rate_limited", attempts: 1 });
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  test("never: once, whatever the status and the method", async () => {
    for (const [status, code] of [
      [500, "internal_error"],
      [404, "not_found"],
    ] as const) {
      server.script(error(status, code));
      expect((await client().broadcasts.get(path)).error).toMatchObject({ error: code, attempts: 1 });
      expect(server.seen).toHaveLength(1);
    }
  });

  test("the code decides even where the status says try again", async () => {
    server.script(error(503, "internal_error", { "retry-after": "0" }));
    expect((await client().broadcasts.get(path)).error).toMatchObject({
      error: "internal_error",
      status: 500,
    });
    expect(server.seen).toHaveLength(1);
  });

  test("new-key: a fresh key instead of our own, never instead of the caller's", async () => {
    server.script(error(422, "idempotency_key_reuse"), redeemed);
    expect((await client().broadcasts.sendPrepared(redeem)).error).toBeUndefined();
    expect(new Set(keys()).size).toBe(2);
    server.script(error(422, "idempotency_key_reuse"), redeemed);
    const { error: reuse } = await client().broadcasts.sendPrepared({ ...redeem, idempotencyKey: "mine" });
    expect(reuse).toMatchObject({ error: "idempotency_key_reuse", attempts: 1 });
  });

  test("a code that is not proven has no policy", async () => {
    server.script({ status: 409, body: { error: "concurrent_redeem" } }, redeemed);
    expect((await client().broadcasts.sendPrepared(redeem)).error).toMatchObject({
      error: "malformed_error",
    });
    expect(server.seen).toHaveLength(1);
  });
});

describe("without a code", () => {
  test("what is idempotent by method or by key is sent again", async () => {
    server.script(broken, { status: 503, body: "busy" }, { body: { templates: [] } });
    expect((await client().templates.list()).error).toBeUndefined();
    server.script(broken, redeemed);
    expect((await client().broadcasts.sendPrepared(redeem)).error).toBeUndefined();
    expect(new Set(keys()).size).toBe(1);
    server.script(broken, { status: 204 });
    expect((await client().assets.delete(path)).error).toBeUndefined();
  });

  test("what is not is left alone: it may have been done", async () => {
    for (const answer of [broken, { status: 503, body: "busy" }] satisfies Answer[]) {
      server.script(answer, { body: { id } });
      expect((await client().segments.preview(path)).error?.attempts).toBe(1);
      expect(server.seen).toHaveLength(1);
    }
  });

  test("an unknown code is repeated only where the server names a time", async () => {
    server.script(error(429, "slow_down"), { body: { templates: [] } });
    expect((await client().templates.list()).error).toMatchObject({
      error: "unknown_error",
      code: "slow_down",
    });
    server.script(error(429, "slow_down", { ratelimit: '"default";r=0;t=0' }), { body: { templates: [] } });
    expect((await client().templates.list()).error).toBeUndefined();
  });

  test("a body that was cut off is fetched again", async () => {
    const cut: Answer = (_request, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": "99" }).write("{");
      setTimeout(() => response.destroy(), 10);
    };
    server.script(cut, { body: { templates: [] } });
    expect((await client().templates.list()).data).toEqual({ templates: [] });
  });
});

describe("limits", () => {
  test("attempts", async () => {
    server.script(broken);
    expect((await client({ retry: { attempts: 3 } }).templates.list()).error).toMatchObject({
      error: "network_error",
      attempts: 3,
    });
    expect(server.seen).toHaveLength(3);
  });

  test("the budget is the client's, not the call's", async () => {
    server.script(broken);
    const poor = client({ retry: { attempts: 10, budget: 4 } });
    const results = await Promise.all(Array.from({ length: 5 }, () => poor.templates.list()));
    expect(results.every(({ error: failure }) => failure?.error === "network_error")).toBe(true);
    expect(server.seen).toHaveLength(5 + 4);
  });

  test("the deadline ends a row of attempts", async () => {
    server.script(broken);
    const patient = client({ retry: { attempts: 1000, budget: 1000, baseDelay: 20, maxDelay: 20 } });
    const start = performance.now();
    const { error: failure } = await patient.templates.list({ deadline: 200 });
    // Whichever it is: an attempt that fails, or one that the deadline cuts short.
    expect(["network", "timeout"]).toContain(failure?.kind);
    // All of them would take twenty seconds.
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test("an abort ends the wait between attempts", async () => {
    server.script(error(429, "rate_limited", { "retry-after": "30" }));
    const controller = new AbortController();
    setTimeout(() => {
      controller.abort();
    }, 50);
    const { error: failure } = await client().templates.list({ signal: controller.signal });
    expect(failure).toMatchObject({ kind: "aborted", attempts: 1 });
  });

  test("an attempt that times out is one attempt", async () => {
    server.script(() => undefined, { body: { templates: [] } });
    expect((await client({ timeout: 50 }).templates.list()).error).toBeUndefined();
    expect(server.seen).toHaveLength(2);
  });
});
