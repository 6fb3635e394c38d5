/** What a client holds on to, and what it refuses to hold: budgets, listeners, bytes, parts of alternatives. */
import { getEventListeners } from "node:events";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { headerKey, bearer } from "../../runtime/client/credentials.ts";
import { linkHeader, pageParameters } from "../../runtime/client/pages.ts";
import { memoryCall } from "../support/memory-client.ts";
import { startServer } from "../support/scripted-server.ts";

const listeners = (signal: AbortSignal): number => getEventListeners(signal, "abort").length;
/** A body of chunks that ends when it has been pulled often enough. */
const chunks = (count: number, size = 1024): ReadableStream<Uint8Array> => {
  let left = count;
  return new ReadableStream({
    pull: (controller) => {
      if (left-- > 0) controller.enqueue(new Uint8Array(size).fill(0x20));
      else controller.close();
    },
  });
};

describe("the retry budget", () => {
  test("is spent by retries alone", async () => {
    let fail = false;
    const call = memoryCall(
      () => (fail ? Promise.reject(new TypeError("down")) : Response.json(1)),
      {},
      {
        retry: { attempts: 2, baseDelay: 0, budget: 1 },
      },
    );
    for (let i = 0; i < 5; i++) expect((await call()).data).toBe(1);
    fail = true;
    expect((await call()).error).toMatchObject({ kind: "network", attempts: 2 });
    expect((await call()).error).toMatchObject({ kind: "network", attempts: 1 });
  });

  test("is not touched by failures that are never retried", async () => {
    let status = 404;
    const call = memoryCall(
      () => new Response("no", { status }),
      {},
      { retry: { attempts: 2, baseDelay: 0, budget: 1 } },
    );
    for (let i = 0; i < 5; i++) expect((await call()).error).toMatchObject({ attempts: 1 });
    status = 503;
    expect((await call()).error).toMatchObject({ attempts: 2 });
  });
});

describe("the caller's signal", () => {
  test.each([
    ["data", () => Response.json(1)],
    ["an error", () => new Response("no", { status: 404 })],
    ["retries and their waits", () => new Response("busy", { status: 503 })],
    ["no response", () => Promise.reject(new TypeError("down"))],
  ])("keeps no listener after %s", async (_name, fetch) => {
    const { signal } = new AbortController();
    const call = memoryCall(fetch);
    await Promise.all([call({ signal }), call({ signal })]);
    expect(listeners(signal)).toBe(0);
  });

  const binary = { ok: { 200: "binary" } } as const;
  test("is let go when a body has ended, was cancelled or failed", async () => {
    const { signal } = new AbortController();
    const fails = (): Response =>
      new Response(
        new ReadableStream({
          pull: (controller) => {
            controller.error(new Error("cut"));
          },
        }),
      );
    const call = memoryCall(
      ({ url }) => (url.endsWith("?cut=1") ? fails() : new Response(chunks(3))),
      binary,
    );
    const [read, cancelled, cut] = await Promise.all([
      call({ signal }),
      call({ signal }),
      call({ signal, params: { query: { cut: 1 } } }),
    ]);
    expect(listeners(signal)).toBe(3);
    expect((await read.response?.arrayBuffer())?.byteLength).toBe(3 * 1024);
    expect(listeners(signal)).toBe(2);
    await cancelled.response?.body?.cancel();
    expect(listeners(signal)).toBe(1);
    await expect(cut.response?.text()).rejects.toThrow("cut");
    expect(listeners(signal)).toBe(0);
  });

  test("does not pile up over many downloads, and still stops the one that goes on", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const call = memoryCall(() => new Response(chunks(2)), binary);
    for (let i = 0; i < 200; i++) await (await call({ signal })).response?.blob();
    expect(listeners(signal)).toBe(0);
    const server = await startServer((_request, response) => {
      response.writeHead(200).write("first");
    });
    try {
      const going = await memoryCall(fetch, binary, { baseUrl: server.url })({ signal });
      const text = going.response?.text();
      controller.abort(new Error("enough"));
      await expect(text).rejects.toThrow();
    } finally {
      await server.close();
    }
  });

  test("a body that is handed on keeps the facts of its response", async () => {
    const source = Object.defineProperty(new Response(chunks(1), { status: 206 }), "url", {
      value: "http://api.test/a",
    });
    const { response, status } = await memoryCall(() => source, { ok: { "2XX": "binary" } })();
    expect([status, response?.status, response?.url]).toEqual([206, 206, "http://api.test/a"]);
  });
});

describe("responses above responseBytes", () => {
  test.each([
    [200, { kind: "invalid", reason: "too-large", status: 200 }],
    [503, { kind: "unexpected", reason: "too-large", status: 503 }],
  ])("end a call with status %i at once, and are not fetched again", async (status, failure) => {
    let sent = 0;
    let cancelled = 0;
    const call = memoryCall(() => {
      sent++;
      const endless = new ReadableStream({
        pull: (controller) => {
          controller.enqueue(new Uint8Array(1000));
        },
        cancel: () => {
          cancelled++;
        },
      });
      return new Response(endless, { status });
    });
    const { error } = await call({ responseBytes: 10_000 });
    expect(error).toMatchObject({ ...failure, attempts: 1 });
    expect(error?.message).toContain("too-large");
    expect([sent, cancelled]).toEqual([1, 1]);
  });

  test("count what is decoded, not what is sent", async () => {
    const bomb = gzipSync(Buffer.alloc(2_000_000, " "));
    const server = await startServer((_request, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" }).end(bomb);
    });
    try {
      expect(bomb.length).toBeLessThan(10_000);
      const call = memoryCall(fetch, {}, { baseUrl: server.url, responseBytes: 1_000_000 });
      expect((await call()).error).toMatchObject({ reason: "too-large", attempts: 1 });
      expect(server.seen).toHaveLength(1);
    } finally {
      await server.close();
    }
  });

  test("are 64 MiB by default, and exactly the limit is fine", async () => {
    const json = (bytes: number): Response => new Response(`"${"x".repeat(bytes - 2)}"`);
    expect((await memoryCall(() => json(1000))({ responseBytes: 1000 })).error).toBeUndefined();
    expect((await memoryCall(() => json(1001))({ responseBytes: 1000 })).error).toMatchObject({
      reason: "too-large",
    });
    const big = memoryCall(() => new Response(chunks(65, 2 ** 20)));
    expect((await big()).error).toMatchObject({ reason: "too-large" });
    expect((await big({ responseBytes: 2 ** 27 })).error).toMatchObject({ reason: "not-json" });
  });

  test("do not concern streams and blobs", async () => {
    const call = memoryCall(() => new Response(chunks(10)), {}, { responseBytes: 100 });
    expect((await call({ parseAs: "blob" })).data).toMatchObject({ size: 10 * 1024 });
    const { data } = await call({ parseAs: "stream" });
    expect((await new Response(data as ReadableStream).arrayBuffer()).byteLength).toBe(10 * 1024); // what parseAs says
  });

  test("differ from truncated ones, which are fetched again", async () => {
    let sent = 0;
    const call = memoryCall(() => {
      if (sent++ > 0) return Response.json(1);
      return new Response(
        new ReadableStream({
          pull: (controller) => {
            controller.error(new Error("cut"));
          },
        }),
      );
    });
    expect(await call()).toMatchObject({ data: 1 });
    expect(sent).toBe(2);
  });
});

describe("alternatives of security", () => {
  const api = { schemes: { token: bearer, app: headerKey("x-app"), key: headerKey("x-key") } };
  const sentWith = async (
    security: readonly (readonly string[])[],
    auth: Record<string, string>,
  ): Promise<object> => {
    let headers = {};
    await memoryCall(
      (request) => {
        headers = Object.fromEntries([...request.headers].filter(([name]) => name !== "accept"));
        return Response.json(1);
      },
      { security },
      { auth },
      api,
    )();
    return headers;
  };
  test.each([
    ["one of two that belong together is not sent alone", [["token", "app"]], { token: "t" }, {}],
    [
      "the next alternative is taken whole",
      [["token", "app"], ["key"]],
      { token: "t", key: "k" },
      { "x-key": "k" },
    ],
    [
      "the first that is complete counts",
      [["token", "app"], ["key"]],
      { token: "t", app: "a", key: "k" },
      { authorization: "Bearer t", "x-app": "a" },
    ],
    [
      "where anonymous calls are allowed, a secret is sent",
      [[], ["token"]],
      { token: "t" },
      { authorization: "Bearer t" },
    ],
    ["and half an alternative is not", [[], ["token", "app"]], { app: "a" }, {}],
    ["an empty secret is none", [["key"], ["token"]], { key: "", token: "t" }, { authorization: "Bearer t" }],
  ])("%s", async (_name, security, auth, expected) => {
    expect(await sentWith(security, auth as Record<string, string>)).toEqual(expected); // a union of literals
  });
});

describe("the next page", () => {
  const urlsOf = async (pages: typeof linkHeader, respond: (url: string) => Response): Promise<string[]> => {
    const urls: string[] = [];
    const call = memoryCall(
      (request) => {
        urls.push(request.url.replace("http://api.test", ""));
        return respond(request.url);
      },
      { pages },
    );
    for await (const { error } of call.pages({ params: { query: { size: 2 } } }))
      expect(error).toBeUndefined();
    return urls;
  };

  test("of a link keeps repeated values of its query", async () => {
    const link = '</thing?tag=a&tag=b&cursor=2&tag=c>; rel="next"';
    const urls = await urlsOf(linkHeader, (url) =>
      Response.json(1, url.includes("cursor") ? {} : { headers: { link } }),
    );
    expect(urls).toEqual(["/thing?size=2", "/thing?size=2&tag=a&tag=b&tag=c&cursor=2"]);
  });

  test.each([
    ["/a~1b", { "a/b": "x" }],
    ["/m~0n", { "m~n": "x" }],
    ["/~01", { "~1": "x" }],
    ["/list/1", { list: ["no", "x"] }],
  ])("of a pointer is read by RFC 6901: %s", async (pointer, body) => {
    const pages = pageParameters({ "query.cursor": `$response.body#${pointer}` });
    const urls = await urlsOf(pages, (url) => Response.json(url.includes("cursor") ? {} : body));
    expect(urls).toEqual(["/thing?size=2", "/thing?size=2&cursor=x"]);
  });
});
