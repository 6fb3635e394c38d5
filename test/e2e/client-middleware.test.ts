/** The client's own transport: middleware, credentials beside it, options of a call, over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient, createPathBasedClient, type Options } from "../../generated/client.ts";
import { startServer, type ScriptedServer } from "../support/scripted-server.ts";

const id = "7d9c1f0e-52a4-4c8e-b1b7-0a6f4f2e93d1";
const path = { params: { path: { id } } };
const redeem = { body: { preparedSendId: id } };
const key = "SECRET-key-7f3a";

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
  createClient({ baseUrl: server.url, auth: { apiKey: key }, retry: { baseDelay: 1 }, ...options });
const templates = { body: { templates: [] } };

describe("middleware", () => {
  test("runs in order for requests and in reverse for responses, the call's own innermost", async () => {
    server.script(templates);
    const steps: string[] = [];
    const named = (name: string) => ({
      onRequest: ({ request }: { request: Request }) => {
        steps.push(`> ${name} ${request.headers.get("step") ?? ""}`);
        request.headers.set("step", name);
      },
      onResponse: ({ request }: { request: Request }) => {
        steps.push(`< ${name} ${request.headers.get("step") ?? ""}`);
      },
    });
    await client({ middleware: [named("A"), named("B")] }).templates.list({ middleware: [named("C")] });
    expect(steps).toEqual(["> A ", "> B A", "> C B", "< C C", "< B C", "< A C"]);
    expect(server.seen[0]?.headers).toMatchObject({ step: "C", "x-api-key": key });
  });

  test("is told what is called, with the caller's parameters and options in force", async () => {
    server.script(templates, templates);
    const seen: unknown[] = [];
    const ids: unknown[] = [];
    const watched = client({ baseUrl: `${server.url}/v1/` });
    watched.use({
      onRequest: ({ id: one, schemaPath, params, options }) => {
        ids.push(one);
        seen.push(schemaPath, params, options.baseUrl, Object.isFrozen(options));
      },
      onResponse: ({ id: one }) => {
        ids.push(one);
      },
    });
    await watched.templates.list({ params: { query: { pageSize: 2 } } });
    await watched.templates.list();
    expect(seen.slice(0, 4)).toEqual(["/templates", { query: { pageSize: 2 } }, `${server.url}/v1`, true]);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[1]).not.toBe(ids[2]);
  });

  test("can replace the request, the response and the error", async () => {
    server.script({ status: 201, body: { templates: [] } });
    elsewhere.script(templates);
    const moved = client();
    const redirect = { onRequest: () => new Request(`${elsewhere.url}/templates`) };
    moved.use(redirect);
    expect((await moved.templates.list()).status).toBe(200);
    expect(elsewhere.seen[0]?.headers).not.toHaveProperty("x-api-key");
    moved.eject(redirect);
    const { status } = await moved.templates.list({
      middleware: [{ onResponse: ({ response }) => new Response(response.body, { status: 203 }) }],
    });
    expect(status).toBe(203);
  });

  test("may stand in for the network, and later hooks are skipped", async () => {
    let called = 0;
    const add = (): void => {
      called++;
    };
    const count = { onRequest: add, onResponse: add };
    const cached = client({ middleware: [{ onRequest: () => Response.json({ templates: [] }) }, count] });
    expect((await cached.templates.list()).data).toEqual({ templates: [] });
    expect(called).toBe(0);
  });

  test("sees what fetch rejected with, and may recover from it", async () => {
    const fails = new TypeError("down");
    const fetch = (): Promise<Response> => Promise.reject(fails);
    const once = { retry: { attempts: 1 } };
    const other = new Error("other");
    const errors: unknown[] = [];
    const replace = {
      onError: ({ error }: { error: unknown }): Error => {
        errors.push(error);
        return other;
      },
    };
    const down = await client({ fetch, middleware: [replace] }).templates.list(once);
    expect(down.error).toMatchObject({ kind: "network", cause: other });
    const recover = { onError: () => Response.json({ templates: [] }) };
    const up = await client({ fetch, middleware: [recover, replace] }).templates.list(once);
    expect(up.data).toEqual({ templates: [] });
    expect(errors).toEqual([fails, fails]);
  });

  test("that returns something else, or is none, is refused with a plain message", async () => {
    server.script(templates);
    const wrong = { onRequest: (): Request => "yes" as unknown as Request }; // what JavaScript lets through
    const { error } = await client({ middleware: [wrong] }).templates.list();
    expect(error).toMatchObject({ kind: "request" });
    expect(error?.message).toContain("onRequest must return a Request, a Response or nothing.");
    const none = {} as { onRequest: () => undefined }; // the same
    expect(() => client({ middleware: [none] })).toThrow(/onRequest, onResponse or onError/);
  });

  test("keeps no credential, whatever it keeps", async () => {
    server.script({ status: 503 }, (_request, response) => response.destroy(), templates);
    const kept: unknown[] = [];
    const keep = (context: object): void => void kept.push(...Object.values({ ...context }));
    const { error } = await client({
      middleware: [{ onRequest: keep, onResponse: keep, onError: keep }],
    }).templates.list({ headers: { "x-mine": "1" } });
    expect(error).toBeUndefined();
    const headers = kept.flatMap((value) =>
      value instanceof Request || value instanceof Response ? [...value.headers, value.url] : [],
    );
    expect(headers.flat()).toContain("x-mine");
    expect(JSON.stringify(headers)).not.toContain(key);
    expect(server.seen).toHaveLength(3);
    expect(server.seen.every((seen) => seen.headers["x-api-key"] === key)).toBe(true);
  });

  test("that sets a credential itself loses it on a redirect to another origin, and keeps it at home", async () => {
    server.script(
      { status: 307, headers: { location: "/moved" } },
      { status: 307, headers: { location: `${elsewhere.url}/x` } },
    );
    elsewhere.script(templates);
    const own = client({
      auth: {},
      middleware: [
        {
          onRequest: ({ request }) => {
            request.headers.set("authorization", "Bearer mine");
          },
        },
      ],
    });
    expect((await own.templates.list()).error).toBeUndefined();
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(["Bearer mine", "Bearer mine"]);
    expect(elsewhere.seen[0]?.headers).not.toHaveProperty("authorization");
  });
});

describe("headers", () => {
  test("of the caller win over auth, and null sends none", async () => {
    server.script(templates);
    await client().templates.list({ headers: { "X-API-Key": "mine" } });
    await client().templates.list({ headers: { "X-API-Key": null } });
    await client({ headers: { "x-api-key": "ours" } }).templates.list();
    expect(server.seen.map(({ headers }) => headers["x-api-key"])).toEqual(["mine", undefined, "ours"]);
  });

  test("are merged: null unsets, undefined leaves, numbers and lists are spelled", async () => {
    server.script(templates);
    const headers = { a: "1", b: "2", c: "3" };
    const call = { a: null, b: undefined, n: 5, list: ["x", "y"], flag: false };
    await client({ headers }).templates.list({ headers: call });
    expect(server.seen[0]?.headers).toMatchObject({ b: "2", c: "3", n: "5", list: "x, y", flag: "false" });
    expect(server.seen[0]?.headers).not.toHaveProperty("a");
    await client({ headers: new Headers(headers) }).templates.list({ headers: [["c", "4"]] });
    expect(server.seen[1]?.headers).toMatchObject({ a: "1", c: "4" });
  });

  test("say what the operation can read", async () => {
    server.script(templates);
    await client().templates.list();
    await client().templates.list({ headers: { accept: "text/html" } });
    expect(server.seen.map(({ headers }) => headers.accept)).toEqual(["application/json", "text/html"]);
  });

  test("that cannot be sent fail the call without showing their value", async () => {
    const { error } = await client({ auth: { apiKey: `${key}\nx` } }).templates.list();
    expect(error).toMatchObject({ kind: "request" });
    expect(error?.message).toContain("x-api-key");
    expect(JSON.stringify([error, String(error?.kind === "request" && error.cause)])).not.toContain(key);
  });
});

describe("an expired secret", () => {
  const expired = { status: 401, body: { error: "unauthorized", message: "m" } };

  test("is renewed once for all calls, and each is sent once more", async () => {
    let token = "old";
    let renewals = 0;
    server.script((_request, response, { headers }) => {
      const known = headers["x-api-key"] === "new";
      response.writeHead(known ? 200 : 401, { "content-type": "application/json" });
      response.end(JSON.stringify(known ? { templates: [] } : expired.body));
    });
    const renewing = client({
      auth: {
        apiKey: async ({ refresh }) => {
          if (refresh) {
            renewals++;
            await Promise.resolve();
            token = "new";
          }
          return token;
        },
      },
    });
    const results = await Promise.all(Array.from({ length: 5 }, () => renewing.templates.list()));
    expect(results.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(renewals).toBe(1);
    expect(server.seen).toHaveLength(10);
    expect((await renewing.broadcasts.get(path)).error?.kind).not.toBe("contract");
    expect(renewals).toBe(1);
  });

  test("stays the error where there is no other, and where it is not a function", async () => {
    for (const apiKey of [
      "old",
      () => "old",
      ({ refresh }: { refresh: boolean }) => (refresh ? undefined : "old"),
    ]) {
      server.script(expired, templates);
      const { error } = await client({ auth: { apiKey } }).templates.list();
      expect(error).toMatchObject({ kind: "contract", error: "unauthorized", attempts: 1 });
      expect(server.seen).toHaveLength(1);
    }
  });

  test("is asked for once in a call", async () => {
    server.script(expired);
    let asked = 0;
    const { error } = await client({ auth: { apiKey: () => `token-${String(asked++)}` } }).templates.list();
    expect(error).toMatchObject({ error: "unauthorized", attempts: 2 });
    expect(server.seen).toHaveLength(2);
  });

  test("whose renewal fails is a typed failure, and the next call asks again", async () => {
    server.script(expired);
    const cause = new Error("no login");
    let asked = 0;
    const apiKey = ({ refresh }: { refresh: boolean }): string => {
      if (!refresh) return "old";
      asked++;
      throw cause;
    };
    const failing = client({ auth: { apiKey } });
    expect((await failing.templates.list()).error).toMatchObject({ kind: "request", cause });
    expect((await failing.templates.list()).error).toMatchObject({ kind: "request", cause });
    expect(asked).toBe(2);
  });

  test("is not renewed for a body that can be sent once only", async () => {
    server.script(expired);
    const auth = { apiKey: ({ refresh }: { refresh: boolean }) => (refresh ? "new" : "old") };
    const body = new Blob([JSON.stringify(redeem.body)]).stream();
    const input = { body } as unknown as typeof redeem; // the types allow JSON alone
    expect((await client({ auth }).broadcasts.sendPrepared(input)).error).toMatchObject({ attempts: 1 });
  });
});

describe("what cannot be sent", () => {
  test.each([
    ["no value", { params: { path: { id: undefined } } }, 'Path parameter "id" is missing.'],
    ["an empty value", { params: { path: { id: "" } } }, 'Path parameter "id" must not be "".'],
    ["a step upwards", { params: { path: { id: ".." } } }, 'Path parameter "id" must not be "..".'],
    ["a broken URL", { ...path, baseUrl: "no url" }, "Is baseUrl set"],
    ["a URL with a password", { ...path, baseUrl: "https://me:hidden@h" }, "must not hold a user name"],
  ])("%s: says what is wrong, and throws nothing", async (_name, input, message) => {
    // The types refuse most of it; JavaScript does not.
    const { error, response } = await client().GET("/broadcasts/{id}", input as typeof path);
    expect(response).toBeUndefined();
    expect(error).toMatchObject({ kind: "request", error: "request_error", attempts: 1 });
    expect(error?.message).toContain(message);
    expect(error?.message).not.toContain("hidden");
  });

  test("an unknown path or method is a failure of the call", async () => {
    // The same.
    const loose = client() as unknown as {
      request(method: string, path: string): ReturnType<ReturnType<typeof client>["templates"]["list"]>;
    };
    const { error } = await loose.request("get", "/nowhere");
    expect(error).toMatchObject({ kind: "request", attempts: 0 });
    expect(error?.message).toContain("This client has no operation GET /nowhere.");
    await expect(loose.request("post", "/nowhere").orThrow()).rejects.toThrow(/POST \/nowhere/);
  });
});

test("a call has three spellings", async () => {
  server.script(templates);
  const options = { baseUrl: server.url, auth: { apiKey: key } };
  const called = client();
  const byPath = createPathBasedClient(options);
  const results = [
    await called.templates.list(),
    await called.GET("/templates"),
    await called.request("get", "/templates"),
    await called.request("GET", "/templates"),
    await byPath["/templates"].GET(),
  ];
  expect(results.map(({ data }) => data)).toEqual(Array(5).fill({ templates: [] }));
  expect(await Promise.resolve(byPath)).toBe(byPath);
  const { GET } = byPath["/broadcasts/{id}"];
  await GET(path);
  expect(server.seen.at(-1)?.url).toBe(`/broadcasts/${id}`);
});

describe("options of a call", () => {
  test("its own way to read the body", async () => {
    server.script(templates);
    const text = JSON.stringify(templates.body);
    const read = async (parseAs: "text" | "blob" | "arrayBuffer" | "stream" | "json"): Promise<unknown> =>
      (await client().GET("/templates", { parseAs })).data;
    expect(await read("text")).toBe(text);
    expect(await read("json")).toEqual(templates.body);
    for (const body of [await read("blob"), await read("arrayBuffer"), await read("stream")]) {
      expect(await new Response(body as Blob).text()).toBe(text); // each of them is a body
    }
  });

  test("a server of its own gets the credentials that are meant for it", async () => {
    elsewhere.script(templates);
    await client().templates.list({ baseUrl: `${elsewhere.url}/v9/` });
    expect(elsewhere.seen[0]).toMatchObject({ url: "/v9/templates", headers: { "x-api-key": key } });
  });

  test("its own fetch, query and body", async () => {
    const sent: { url: string; body: string; type: string | null; extra: unknown; cache: string }[] = [];
    const fetch = async (request: Request): Promise<Response> => {
      const { url, cache } = request;
      const extra: unknown = Reflect.get(request, "next");
      sent.push({ url, body: await request.text(), type: request.headers.get("content-type"), extra, cache });
      return Response.json({});
    };
    const call = {
      fetch,
      cache: "no-store",
      next: { revalidate: 60 },
      bodySerializer: (body: object) => `<${JSON.stringify(body)}>`,
      headers: { "content-type": "application/xml" },
      params: { query: { tags: ["a", "b"] } },
      querySerializer: { array: { style: "pipeDelimited", explode: false } },
    };
    await client().broadcasts.sendPrepared({ ...redeem, ...call } as typeof redeem); // more than its types have
    expect(sent).toEqual([
      {
        url: `${server.url}/broadcasts/send-prepared?tags=a|b`,
        body: `<${JSON.stringify(redeem.body)}>`,
        type: "application/xml",
        extra: { revalidate: 60 },
        cache: "no-store",
      },
    ]);
  });

  test("redirects as the caller wants them", async () => {
    server.script({ status: 307, headers: { location: "/moved" } }, templates);
    const { error, status } = await client().templates.list({ redirect: "manual" });
    expect([error?.kind, status]).toEqual(["unexpected", 307]);
    server.script({ status: 307, headers: { location: "/moved" } }, templates);
    const refused = await client().templates.list({ redirect: "error", retry: { attempts: 1 } });
    expect(refused.error?.kind).toBe("network");
    expect(server.seen).toHaveLength(1);
  });
});
