/** One suite against every adapter: whatever carries the request, the response is the same. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bodiesApi, type Witness } from "../support/bodies-api.ts";
import { adapters, startTarget, type Target } from "../support/server-targets.ts";

type Body = string | Uint8Array;
const json = { "content-type": "application/json" };
const witness: Witness = { aborted: false, cancelled: false, pings: 0 };
const violations: unknown[] = [];

describe.each(adapters)("%s", (adapter) => {
  let target: Target;
  beforeAll(async () => {
    const hooks = { onViolation: (violation: unknown) => void violations.push(violation) };
    const limits = { bodyBytes: 1000, bodyTimeoutMs: 300 };
    const cors = { origins: ["https://app.example"] };
    const options = { hooks, limits, cors, trailingSlash: "ignore" } as const;
    target = await startTarget(adapter, bodiesApi(witness, options));
  });
  afterAll(async () => {
    await target.close();
    expect(violations).toEqual([]);
  });
  const code = async (response: Response): Promise<unknown> => {
    const found = /^\{"error":\{"code":"(\w+)"/.exec(await response.text());
    return found?.[1];
  };

  test("routes: unknown paths, wrong methods, what lies outside the base path", async () => {
    const unknown = await target.call("/v1/nowhere");
    expect([unknown.status, await code(unknown)]).toEqual([404, "no_path"]);
    const wrong = await target.call("/v1/session", { method: "DELETE" });
    expect([wrong.status, wrong.headers.get("allow"), await code(wrong)]).toEqual([
      405,
      "GET, HEAD, POST",
      "wrong_method",
    ]);
    const outside = await target.call("/elsewhere");
    expect(outside.status).toBe(["fetch", "node", "http2"].includes(adapter) ? 404 : 200);
  });

  test("answers preflights from the document, and lets pages read every response", async () => {
    const origin = "https://app.example";
    const ask = async (path: string, from: string): Promise<unknown[]> => {
      const headers = { origin: from, "access-control-request-method": "POST" };
      const { status, headers: fields } = await target.call(path, { method: "OPTIONS", headers });
      return [status, fields.get("access-control-allow-origin"), fields.get("access-control-allow-methods")];
    };
    expect(await ask("/v1/session", origin)).toEqual([204, origin, "GET, HEAD, POST"]);
    expect(await ask("/v1/session", "https://evil.example")).toEqual([204, null, null]);
    const refused = await target.call("/v1/nowhere", { headers: { origin } });
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([404, origin]);
  });

  test("takes a path with a slash at its end, where the option says so", async () => {
    expect((await target.call("/v1/files/a.txt/")).status).toBe(200);
  });

  test("reads multipart as the clients of .NET send it", async () => {
    const type = 'multipart/form-data; boundary="b"';
    const part = (disposition: string, content: string): string =>
      `--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
    const file = part("name=file; filename=a.txt; filename*=utf-8''%C3%A4.txt", "contents");
    const body = `A preamble\r\n${part("name=count", "2")}${file}--b--\r\n`;
    const sent = await target.call("/v1/forms", { method: "POST", headers: { "content-type": type }, body });
    expect([sent.status, await sent.json()]).toMatchObject([200, { count: 2, file: "contents" }]);
  });

  test("answers HEAD with the fields of GET and no body", async () => {
    const head = await target.call("/v1/files/a.txt", { method: "HEAD" });
    expect([head.status, head.headers.get("content-type"), await head.text()]).toEqual([
      200,
      "text/plain",
      "",
    ]);
    expect(head.headers.get("content-length")).toBe("9");
  });

  test("sends text, bytes, nothing, a redirect", async () => {
    expect(await (await target.call("/v1/files/a%20b.txt")).text()).toBe("text of a b");
    const bytes = await target.call("/v1/files/a.bin");
    expect(new Uint8Array(await bytes.arrayBuffer())).toEqual(Uint8Array.of(0, 255, 128));
    expect(bytes.headers.get("content-type")).toBe("application/octet-stream");
    const moved = await target.call("/v1/files/moved.txt");
    expect([moved.status, moved.headers.get("location")]).toEqual([302, "/elsewhere"]);
    expect(moved.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect((await target.call("/v1/files/same.txt")).status).toBe(304);
    const opened = await target.call("/v1/session", {
      method: "POST",
      headers: { cookie: "a=b; sid=2", authorization: "Bearer oauth write" },
    });
    expect([opened.status, await opened.text()]).toEqual([204, ""]);
  });

  test("streams a response", async () => {
    const response = await target.call("/v1/events");
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(await response.text()).toBe("data: 0\n\ndata: 1\n\ndata: 2\n\n");
  });

  test("a stream that fails does not end as if it were whole", async () => {
    const whole = target.call("/v1/events?broken").then((response) => response.text());
    await expect(whole).rejects.toThrow();
  });

  test("reads streams, text, JSON and forms", async () => {
    const put = async (type: string, body: Body): Promise<unknown> => {
      const headers = { "content-type": type };
      const response = await target.call("/v1/files/a.bin", { method: "PUT", headers, body });
      expect(response.headers.get("location")).toBe("/files/a.bin");
      return response.json();
    };
    expect(await put("application/octet-stream", new Uint8Array(999))).toEqual({ length: 999 });
    expect(await put("text/plain; charset=UTF-8", "äö")).toEqual({ length: 4 });
    expect(await put("application/json", '{"text":"x"}')).toEqual({ length: 12 });
    const form = await target.call("/v1/forms", {
      method: "POST",
      body: new URLSearchParams("count=4&note=a+b"),
    });
    expect(await form.json()).toEqual({
      mediaType: "application/x-www-form-urlencoded",
      count: 4,
      note: "a b",
    });
    const parts = new FormData();
    parts.append("count", "5");
    parts.append("file", new Blob(["inside"]), "name.txt");
    const multipart = await target.call("/v1/forms", { method: "POST", body: parts });
    expect(await multipart.json()).toEqual({ mediaType: "multipart/form-data", count: 5, file: "inside" });
  });

  test.each(["tea", "caf\u00e9", "\u00e9t\u00e9"])(
    "writes fields as Latin-1 and texts as UTF-8: %s",
    async (name) => {
      const answer = await target.call(`/v1/files/${encodeURIComponent(name)}.txt`);
      expect([await answer.text(), answer.headers.get("x-initial")]).toEqual([
        `text of ${name}`,
        name.charAt(0),
      ]);
    },
  );

  test("refuses bodies that are too large, of the wrong type, malformed or missing", async () => {
    const put = async (body: Body | undefined, headers: Record<string, string>): Promise<unknown[]> => {
      const init = { method: "PUT", headers, ...(body === undefined ? {} : { body }) };
      const response = await target.call("/v1/files/a.bin", init);
      return [response.status, await code(response)];
    };
    expect(await put(JSON.stringify({ text: "x".repeat(1000) }), json)).toEqual([413, "too_large"]);
    expect(await put("x", { "content-type": "image/png" })).toEqual([415, "wrong_type"]);
    expect(await put("x", { ...json, "content-encoding": "gzip" })).toEqual([415, "wrong_type"]);
    expect(await put("{}", { "content-type": "application/json; charset=utf-16" })).toEqual([
      415,
      "wrong_type",
    ]);
    expect(await put("{", json)).toEqual([400, "invalid"]);
    expect(await put(Uint8Array.of(34, 255, 34), json)).toEqual([400, "invalid"]);
    expect(await put('{"text":1}', json)).toEqual([400, "invalid"]);
    expect(await put(undefined, {})).toEqual([400, "invalid"]);
  });

  test("counts a body of unknown length while it arrives", async () => {
    const chunks = (count: number): ReadableStream<Uint8Array> =>
      new ReadableStream({
        start(controller) {
          for (let index = 0; index < count; index++) controller.enqueue(new Uint8Array(100).fill(34));
          controller.close();
        },
      });
    const init = { method: "PUT", headers: json, duplex: "half" } as const;
    const large = await target.call("/v1/files/a.bin", { ...init, body: chunks(11) });
    expect([large.status, await code(large)]).toEqual([413, "too_large"]);
    const small = await target.call("/v1/files/a.bin", { ...init, body: chunks(3) });
    expect([small.status, await code(small)]).toEqual([400, "invalid"]);
  });

  test("gives up on a body that does not arrive", async () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Uint8Array.of(123));
      },
    });
    const init = { method: "PUT", headers: json, duplex: "half", body } as const;
    const response = await target.call("/v1/files/a.bin", init);
    // The only code of this stage: its status is the catalogue's business.
    expect([response.status, await code(response)]).toEqual([413, "too_large"]);
  });

  test("knows callers by bearer, basic, scopes and cookie, and who is none", async () => {
    const session = async (headers: Record<string, string>): Promise<unknown[]> => {
      const response = await target.call("/v1/session", { headers });
      return [response.status, response.status === 200 ? await response.json() : await code(response)];
    };
    expect(await session({})).toEqual([200, { name: null }]);
    expect(await session({ authorization: "bearer good" })).toEqual([200, { name: "bearer" }]);
    const basic = Buffer.from("jo:pä:ss").toString("base64");
    expect(await session({ authorization: `Basic ${basic}` })).toEqual([200, { name: "jo" }]);
    expect(await session({ authorization: "Bearer oauth read write" })).toEqual([200, { name: "oauth" }]);
    expect(await session({ authorization: "Bearer oauth read" })).toEqual([403, "no_scope"]);
    expect(await session({ authorization: "Bearer bad" })).toEqual([401, "no_credentials"]);
    const response = await target.call("/v1/session", { headers: { authorization: "Basic ???" } });
    expect(response.status).toBe(200);
    const bad = await target.call("/v1/session", { headers: { authorization: "Bearer bad" } });
    expect(bad.headers.get("www-authenticate")).toContain('Bearer realm="Bodies of every kind"');
  });

  test("asks the requirement, and answers its details", async () => {
    const headers = { cookie: "sid=3", authorization: "Bearer oauth write" };
    const response = await target.call("/v1/session", { method: "POST", headers });
    expect(response.status).toBe(409);
    expect(await response.json()).toEqual({
      error: { code: "too_many_sessions", message: "Too many sessions.", details: { limit: 3 } },
    });
  });

  test("replays by idempotency key, requires it where it is required, frees it where one should repeat", async () => {
    const ping = (headers: Record<string, string>): Promise<Response> =>
      target.call("/v1/pings", { method: "POST", headers: { authorization: "Bearer good", ...headers } });
    const missing = await ping({});
    expect([missing.status, await code(missing)]).toEqual([400, "invalid"]);
    const busy = await ping({ "idempotency-key": "k", "x-busy": "1" });
    expect([busy.status, busy.headers.get("retry-after"), await code(busy)]).toEqual([503, "7", "busy"]);
    const first = await ping({ "idempotency-key": "k" });
    const again = await ping({ "idempotency-key": '"k"' });
    expect([first.status, again.status]).toEqual([203, 203]);
    expect(await again.text()).toBe(await first.text());
    expect(again.headers.get("content-type")).toBe("application/json");
  });

  test("takes a request id in and gives one out", async () => {
    const given = await target.call("/v1/files/a.txt", { headers: { "x-request-id": "abc-1" } });
    expect(given.headers.get("x-request-id")).toBe("abc-1");
    const made = await target.call("/v1/nowhere", { headers: { "x-request-id": "<script>" } });
    expect(made.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });
});
