/** Keys reach the API and nobody else: not another origin, not a middleware, not a log. */
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient, type Options } from "../../generated/client.ts";
import { startServer, type ScriptedServer } from "../support/scripted-server.ts";

const id = "7d9c1f0e-52a4-4c8e-b1b7-0a6f4f2e93d1";
const path = { params: { path: { id } }, retry: { attempts: 1 } };
const redeem = { body: { preparedSendId: id }, retry: { attempts: 1 } };
const key = "sk_very_secret";

let server: ScriptedServer;
let elsewhere: ScriptedServer;
beforeAll(async () => {
  server = await startServer();
  elsewhere = await startServer();
});
afterAll(async () => {
  await server.close();
  await elsewhere.close();
});

const client = (options: Partial<Options> = {}): ReturnType<typeof createClient> =>
  createClient({ baseUrl: server.url, auth: { apiKey: key }, ...options });

describe("sending", () => {
  test("the key goes where the document says", async () => {
    server.script({ body: { templates: [] } });
    await client().templates.list();
    expect(server.seen[0]?.headers["x-api-key"]).toBe(key);
  });

  test("a function is asked for each request", async () => {
    server.script({ status: 503 }, { body: { templates: [] } });
    let asked = 0;
    await client({
      auth: { apiKey: () => Promise.resolve(`k${String(++asked)}`) },
      retry: { baseDelay: 1 },
    }).templates.list();
    expect(server.seen.map(({ headers }) => headers["x-api-key"])).toEqual(["k1", "k2"]);
  });

  test("a function that throws is a request that cannot be made", async () => {
    server.script({ body: {} });
    const { error } = await client({
      auth: {
        apiKey: () => {
          throw new Error("vault is sealed");
        },
      },
    }).templates.list();
    expect(error?.kind).toBe("request");
    expect(server.seen).toHaveLength(0);
  });

  test("without a key none is sent", async () => {
    server.script({ body: { templates: [] } });
    await createClient({ baseUrl: server.url }).templates.list();
    expect(server.seen[0]?.headers).not.toHaveProperty("x-api-key");
  });
});

describe("redirects", () => {
  test("on the same origin are followed with everything", async () => {
    server.script(
      { status: 308, headers: { location: "/moved" } },
      { status: 202, body: { broadcastId: id } },
    );
    const { status } = await client().broadcasts.sendPrepared(redeem);
    expect(status).toBe(202);
    expect(server.seen[1]).toMatchObject({
      method: "POST",
      url: "/moved",
      body: JSON.stringify(redeem.body),
    });
    expect(server.seen[1]?.headers).toMatchObject({ "x-api-key": key, "content-type": "application/json" });
    expect(server.seen[1]?.headers["idempotency-key"]).toBe(server.seen[0]?.headers["idempotency-key"]);
  });

  test.each([301, 302])("%d never sends a POST again, and no GET passes for its response", async (status) => {
    for (const location of ["/moved", `${elsewhere.url}/x`]) {
      server.script({ status, headers: { location } }, { status: 202, body: { broadcastId: id } });
      elsewhere.script({ status: 202, body: { broadcastId: id } });
      const { error } = await client().broadcasts.sendPrepared(redeem);
      expect(error).toMatchObject({ error: "unexpected_response", status, reason: "redirect" });
      expect(server.seen).toHaveLength(1);
      expect(elsewhere.seen).toHaveLength(0);
    }
  });

  test("303 fetches the response to a POST, without what was posted", async () => {
    server.script(
      { status: 303, headers: { location: "/answer" } },
      { status: 202, body: { broadcastId: id } },
    );
    const { data } = await client().broadcasts.sendPrepared(redeem);
    expect(data).toEqual({ broadcastId: id });
    expect(server.seen[1]).toMatchObject({ method: "GET", url: "/answer", body: "" });
    expect(server.seen[1]?.headers).not.toHaveProperty("content-type");
  });

  test.each([301, 302])("%d keeps every other method", async (status) => {
    server.script({ status, headers: { location: "/moved" } }, { body: { id } });
    expect((await client().broadcasts.get(path)).data).toEqual({ id });
    expect(server.seen[1]).toMatchObject({ method: "GET", url: "/moved" });
  });

  test("to another origin are followed without the key", async () => {
    server.script({ status: 302, headers: { location: `${elsewhere.url}/x` } });
    elsewhere.script({ body: { id } });
    const { data } = await client({ headers: { "x-tenant": "t" } }).broadcasts.get(path);
    expect(data).toEqual({ id });
    expect(elsewhere.seen).toHaveLength(1);
    expect(JSON.stringify(elsewhere.seen)).not.toContain(key);
    expect(elsewhere.seen[0]?.headers).not.toHaveProperty("x-tenant");
  });

  test("to another origin never take a body along", async () => {
    server.script({ status: 307, headers: { location: `${elsewhere.url}/x` } });
    elsewhere.script({ status: 202, body: {} });
    const { error } = await client().broadcasts.sendPrepared(redeem);
    expect(error).toMatchObject({ error: "unexpected_response", status: 307, reason: "redirect" });
    expect(elsewhere.seen).toHaveLength(0);
  });

  test("end after a few", async () => {
    server.script({ status: 302, headers: { location: "/again" } });
    const { error } = await client().broadcasts.get(path);
    expect(error).toMatchObject({ error: "unexpected_response", reason: "redirect" });
    expect(server.seen).toHaveLength(6);
  });
});

describe("middleware", () => {
  test("runs for each request, and never sees the key", async () => {
    server.script({ status: 503 }, { body: { templates: [] } });
    const seen: string[] = [];
    const watched = client({
      retry: { baseDelay: 1 },
      middleware: [
        {
          onRequest: ({ request }) => {
            seen.push(JSON.stringify([...request.headers]), request.url);
          },
          onResponse: ({ response }) => {
            seen.push(String(response.status));
          },
        },
      ],
    });
    await watched.templates.list();
    expect(seen.filter((text) => /^\d{3}$/.test(text))).toEqual(["503", "200"]);
    expect(seen.join()).not.toContain(key);
  });

  test("that sends a request elsewhere sends it without the key", async () => {
    server.script({ body: {} });
    elsewhere.script({ body: { templates: [] } });
    const moved = client();
    moved.use({ onRequest: () => new Request(`${elsewhere.url}/templates`) });
    expect((await moved.templates.list()).data).toEqual({ templates: [] });
    expect(elsewhere.seen[0]?.headers).not.toHaveProperty("x-api-key");
    expect(server.seen).toHaveLength(0);
  });

  test("that throws is a typed failure", async () => {
    server.script({ body: { templates: [] } });
    const cause = new Error("mine");
    for (const middleware of [
      {
        onRequest: () => {
          throw cause;
        },
      },
      {
        onResponse: () => {
          throw cause;
        },
      },
    ]) {
      const { error } = await client({ middleware: [middleware] }).templates.list();
      expect(error).toMatchObject({ kind: "request", error: "request_error", cause });
    }
  });

  test("may return by itself", async () => {
    const cached = client({ middleware: [{ onRequest: () => Response.json({ templates: [] }) }] });
    expect((await cached.templates.list()).data).toEqual({ templates: [] });
  });
});

test("no result, error or client shows a key when printed", async () => {
  const printed: string[] = [];
  const print = (value: unknown): void => {
    printed.push(inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true }), String(value));
    printed.push(JSON.stringify(value));
  };
  const one = client();
  print(one);
  server.script({ body: { templates: [] } });
  print(await one.templates.list());
  server.script({ status: 404, body: { error: "not_found", message: "m" } });
  print(await one.broadcasts.get(path));
  print(
    await one.broadcasts
      .get(path)
      .orThrow()
      .catch((error: unknown) => error),
  );
  server.script((_request, response) => response.destroy());
  print(await one.broadcasts.get(path));
  expect(printed.join()).toContain("not_found");
  expect(printed.join()).not.toContain(key);
});

test("a call can be named for the server's logs", async () => {
  server.script({ body: { templates: [] }, headers: { "x-request-id": "theirs" } });
  const result = await client({ requestId: () => "ours" }).templates.list();
  expect(server.seen[0]?.headers["x-request-id"]).toBe("ours");
  expect(result.requestId).toBe("theirs");
});
