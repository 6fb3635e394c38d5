/** Refusals where the document has no codes; what hosts hear of them; middleware, exceptions, codings, CORS. */
import { brotliCompressSync, gzipSync } from "node:zlib";
import { fetchHandler } from "lockstep-openapi-runtime/fetch";
import { nodeInflaters } from "lockstep-openapi-runtime/node";
import {
  ndjson,
  serverSentEvents,
  type ResponseEvent,
  type StageEvent,
  type UncodedRefusal,
  type UndeclaredRefusal,
  type Violation,
} from "lockstep-openapi-runtime/server";
import { describe, expect, test } from "vitest";
import { createApi, type ApiOptions } from "../golden/field-errors/expected/server.ts";
import type * as flat from "../../generated/server.ts";
import { caller, canonicalOptions, broadcastBody, someId } from "../support/canonical-api.ts";

interface User {
  readonly name: string;
}

const violations: Violation[] = [];
const quiet = {
  onError: () => undefined,
  onUndeclared: () => undefined,
  onViolation: (violation: Violation) => void violations.push(violation),
};

/** As Rails, Laravel and RealWorld have it: messages by field. */
const byField: ApiOptions<User>["uncoded"] = ({ issues, message }) => {
  const errors: Record<string, string[]> = {};
  for (const { pointer, message: text } of issues) (errors[pointer.slice(1) || "body"] ??= []).push(text);
  return { body: { errors: issues.length > 0 ? errors : { request: [message] } } };
};

function host(options: Partial<ApiOptions<User>> = {}) {
  violations.length = 0;
  const api = createApi<User>({
    handlers: {
      articles: {
        listArticles: ({ principal }) => ({ status: 200, body: [principal?.name ?? "nobody"] }),
        createArticle: ({ body }) => ({ status: 201, body: { title: body.title } }),
        getArticle: ({ path }) => ({ status: 200, body: path.slug }),
      },
    },
    authenticate: { token: (token) => (token === "good" ? { principal: { name: "jo" } } : undefined) },
    hooks: quiet,
    ...options,
  });
  const handler = fetchHandler(api);
  return async (path: string, init: RequestInit = {}) => {
    const response = await handler(new Request(`http://h/api${path}`, init));
    const text = await response.text();
    const type = response.headers.get("content-type");
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    return { status: response.status, type, body, headers: response.headers };
  };
}

const good = { authorization: "Bearer good", "content-type": "application/json" };
const post = (body: string | Uint8Array, headers: Record<string, string> = good): RequestInit => ({
  method: "POST",
  body,
  headers,
});

describe("without codes", () => {
  test.each<[string, string, RequestInit, number, object]>([
    ["a field", "/articles", post("{}"), 422, { title: ["is required"] }],
    ["no JSON", "/articles", post("{"), 422, { body: [expect.any(String)] }],
    [
      "a media type",
      "/articles",
      post("{}", { ...good, "content-type": "text/html" }),
      422,
      { body: [expect.any(String)] },
    ],
    [
      "a size",
      "/articles",
      post(JSON.stringify({ title: "x".repeat(200) })),
      422,
      { body: [expect.any(String)] },
    ],
    [
      "credentials",
      "/articles",
      post("{}", { "content-type": "application/json" }),
      401,
      { request: [expect.any(String)] },
    ],
    ["a parameter", "/articles?limit=0", {}, 422, { limit: [expect.any(String)] }],
  ])("%s is refused with a declared status, and a body that fits", async (_, path, init, status, errors) => {
    const call = host({ uncoded: byField, limits: { bodyBytes: 100 } });
    expect(await call(path, init)).toMatchObject({ status, type: "application/json", body: { errors } });
    expect(violations).toEqual([]);
  });

  test("a host hears everything about the refusal", async () => {
    const heard: UncodedRefusal[] = [];
    const call = host({
      uncoded: (refusal) => {
        heard.push(refusal);
        return { status: 401, headers: { "x-why": "a" }, body: { errors: { a: ["b"] } } };
      },
    });
    const { status, headers } = await call("/articles", post('{"title":1}'));
    expect([status, headers.get("x-why")]).toEqual([401, "a"]);
    expect(heard).toMatchObject([
      {
        stage: "request-validation",
        status: 422,
        operation: "createArticle",
        issues: [{ in: "body", pointer: "/title", rule: "type" }],
        declared: [
          { status: "401", mediaTypes: ["application/json"] },
          { status: "422", mediaTypes: ["application/json"] },
        ],
      },
    ]);
  });

  test.each([
    { body: { errors: { a: [] } } },
    { status: 400, body: { errors: { a: ["b"] } } },
    { body: "text" },
  ])("what the host writes is validated like any response: %j", async (given) => {
    const { status } = await host({ uncoded: () => given })("/articles", post("{}"));
    expect(status).toBe(500);
    expect(violations).toMatchObject([{ operation: "createArticle" }]);
  });

  test("where nothing fits, HTTP's own status stands, and the host is told at the start", async () => {
    const told: UndeclaredRefusal[][] = [];
    const hooks = {
      ...quiet,
      onUndeclared: (list: readonly UndeclaredRefusal[]) => void told.push([...list]),
    };
    const call = host({ hooks });
    expect(told).toEqual([[{ operation: "getArticle", stage: "request-validation", status: 400 }]]);
    // A path that no value of its parameter fits is one that is not there.
    const path = await call("/articles/123456789");
    expect([path.status, path.type]).toEqual([404, "application/problem+json"]);
    const limited = host({ rateLimit: () => ({ allowed: false, quotas: [] }) });
    const { status, type, headers } = await limited("/articles/a");
    expect([status, type, headers.get("retry-after")]).toEqual([429, "application/problem+json", "1"]);
  });

  test("credentials that are not valid are refused or ignored where none are needed", async () => {
    const bad = { headers: { authorization: "Bearer bad" } };
    expect((await host({ uncoded: byField })("/articles", bad)).status).toBe(401);
    expect(await host({ invalidCredentials: { token: "ignore" } })("/articles", bad)).toMatchObject({
      status: 200,
      body: ["nobody"],
    });
  });
});

test("hooks hear why: issues, scopes, codes, and no secret", async () => {
  const stages: StageEvent[] = [];
  const responses: ResponseEvent[] = [];
  const options = canonicalOptions();
  const hooks = {
    ...options.hooks,
    onStage: (event: StageEvent) => void stages.push(event),
    onResponse: (event: ResponseEvent) => void responses.push(event),
  };
  const call = caller({ ...options, hooks });
  await call("/broadcasts", { body: { name: "s3cret" } });
  const issues = [{ in: "body", pointer: "/templateId", rule: "required" }, { pointer: "/segmentId" }];
  const reason = { code: "bad_request", operation: "createBroadcast", issues };
  expect(stages.at(-1)).toMatchObject({ stage: "request-validation", outcome: "refused", ...reason });
  expect(responses).toMatchObject([{ ...reason, status: 400 }]);
  await call("/segments", { key: "org1:noscope" });
  expect(stages.at(-1)).toMatchObject({ code: "insufficient_scope", required: ["segments:read"] });
  await call("/segments", { key: "s3cret" });
  expect(responses.at(-1)).toMatchObject({ code: "unauthorized", status: 401 });
  expect(JSON.stringify([stages, responses])).not.toContain("s3cret");
});

describe("around handlers", () => {
  test("middleware of all operations, of a group and of one is nested in this order, and may respond itself", async () => {
    const heard: string[] = [];
    const options = canonicalOptions({
      templates: { getTemplate: ({ fail }) => (heard.push("handler"), fail("not_found")) },
    });
    const note =
      (name: string) =>
      async (_: unknown, next: () => Promise<unknown>): Promise<unknown> => {
        heard.push(name);
        const result = await next();
        heard.push(`${name} after`);
        return result;
      };
    const call = caller({
      ...options,
      around: {
        all: note("all"),
        groups: { templates: note("group") },
        operations: {
          getTemplate: (context, next) => {
            heard.push(context.path.id);
            return next();
          },
          listSegments: () => ({ status: 200, body: { segments: [] } }),
        },
      },
    });
    expect((await call(`/templates/${someId}`)).code).toBe("not_found");
    expect(heard).toEqual(["all", "group", someId, "handler", "group after", "all after"]);
    expect((await call("/segments")).status).toBe(200);
  });

  test("what is thrown may be mapped to a declared code; another code, or a fault in the mapping, is the unhandled one", async () => {
    class Unique extends Error {}
    const heard: unknown[] = [];
    let code: "validation_failed" | "concurrent_redeem" | undefined = "validation_failed";
    const options = canonicalOptions({
      broadcasts: {
        createBroadcast: () => {
          throw new Unique("duplicate key");
        },
      },
    });
    const mapErrors: flat.ApiOptions<never>["mapErrors"] = (error, { fail }) => {
      if (!(error instanceof Unique)) return undefined;
      if (code === undefined) throw new Error("mapping");
      const issue = { in: "body", pointer: "/name", rule: "unique", message: "is taken" } as const;
      return code === "validation_failed" ? fail(code, { issues: [issue] }) : fail(code);
    };
    const hooks = {
      onError: (error: unknown) => void heard.push(String(error)),
      onViolation: () => void heard.push("violation"),
    };
    const call = caller({ ...options, mapErrors, hooks });
    expect((await call("/broadcasts", { body: broadcastBody })).code).toBe("validation_failed");
    expect(heard).toEqual([]);
    code = "concurrent_redeem";
    expect((await call("/broadcasts", { body: broadcastBody })).code).toBe("internal_error");
    code = undefined;
    expect((await call("/broadcasts", { body: broadcastBody })).code).toBe("internal_error");
    expect(heard).toEqual(["violation", "Error: mapping", "Error: duplicate key"]);
  });
});

describe("content codings", () => {
  const body = JSON.stringify({ title: "x".repeat(50) });
  const coded = (coding: string, bytes: Uint8Array): RequestInit =>
    post(bytes, { ...good, "content-encoding": coding });
  const call = host({ inflate: nodeInflaters, limits: { bodyBytes: 100 }, uncoded: byField });

  test("are undone where the host allows it, within the limit", async () => {
    expect((await call("/articles", coded("gzip", gzipSync(body)))).body).toEqual(JSON.parse(body));
    expect((await call("/articles", coded("BR", brotliCompressSync(body)))).status).toBe(201);
    const bomb = await call(
      "/articles",
      coded("gzip", gzipSync(JSON.stringify({ title: "x".repeat(20_000) }))),
    );
    expect([bomb.status, bomb.body]).toEqual([
      422,
      { errors: { body: ["must not be larger than 100 bytes"] } },
    ]);
    const broken = await call("/articles", coded("gzip", Uint8Array.of(1, 2, 3)));
    expect(broken.body).toEqual({ errors: { body: ["is not in its Content-Encoding"] } });
  });

  test("else are refused with those that would do", async () => {
    const { headers } = await call("/articles", coded("compress", Uint8Array.of(1)));
    expect(headers.get("accept-encoding")).toMatch(/^gzip, deflate, br/);
    const none = await host({ uncoded: byField })("/articles", coded("gzip", gzipSync(body)));
    expect([none.status, none.headers.get("accept-encoding")]).toEqual([422, "identity"]);
  });
});

describe("cross-origin requests", () => {
  const origin = "https://app.example";
  const call = host({ cors: { origins: [origin], credentials: true }, uncoded: byField });
  const preflight = (path: string, from = origin) =>
    call(path, { method: "OPTIONS", headers: { origin: from, "access-control-request-method": "POST" } });

  test("a preflight names the declared methods and fields of its path", async () => {
    const { status, headers } = await preflight("/articles");
    expect([
      status,
      headers.get("access-control-allow-origin"),
      headers.get("access-control-allow-methods"),
    ]).toEqual([204, origin, "GET, HEAD, POST"]);
    expect(headers.get("access-control-allow-headers")?.split(", ").sort()).toEqual([
      "authorization",
      "content-type",
      "x-request-id",
      "x-trace",
    ]);
    expect((await preflight("/articles/a")).headers.get("access-control-allow-methods")).toBe("GET, HEAD");
    expect(
      (await preflight("/articles", "https://evil.example")).headers.get("access-control-allow-origin"),
    ).toBeNull();
    expect((await preflight("/nowhere")).status).toBe(404);
  });

  test("errors carry the fields too, and strangers get none", async () => {
    const { status, headers } = await call("/articles", { method: "POST", headers: { origin } });
    expect([status, headers.get("access-control-allow-origin"), headers.get("vary")]).toEqual([
      401,
      origin,
      "origin",
    ]);
    expect(headers.get("access-control-expose-headers")).toContain("x-request-id");
    const stranger = await call("/articles", { headers: { origin: "https://evil.example" } });
    expect(stranger.headers.get("access-control-allow-origin")).toBeNull();
    expect(() => host({ cors: { origins: "*", credentials: true } })).toThrow("cors.origins");
  });
});

test("a slash at the end is ignored where the host says so", async () => {
  expect((await host({ trailingSlash: "ignore" })("/articles/?limit=1")).status).toBe(200);
  expect((await host()("/articles/")).status).not.toBe(200);
});

describe("bodies that go on", () => {
  test("events are written field by field, with comments in silence", async () => {
    let wake = (): void => undefined;
    let ended = false;
    async function* source(): AsyncGenerator<{ data: unknown; event?: string; id?: string; retry?: number }> {
      try {
        yield { data: { a: 1 }, event: "x\ny", id: "1", retry: 5 };
        await new Promise<void>((resolve) => (wake = resolve));
        yield { data: "two\r\nlines" };
      } finally {
        ended = true;
      }
    }
    const events = serverSentEvents(source(), { heartbeatMs: 1 });
    expect((await events.next()).value).toBe('retry: 5\nid: 1\nevent: x y\ndata: {"a":1}\n\n');
    expect((await events.next()).value).toBe(":\n\n");
    wake();
    let next = await events.next();
    while (next.value === ":\n\n") next = await events.next();
    expect(next.value).toBe("data: two\ndata: lines\n\n");
    await events.return();
    await Promise.resolve();
    expect(ended).toBe(true);
  });

  test.each([
    ["events", (source: AsyncIterable<never>) => serverSentEvents(source)],
    ["values", (source: AsyncIterable<never>) => ndjson(source)],
  ])("%s end their source at once when the reader leaves, while nothing comes", async (_, bodyOf) => {
    let ended = 0;
    const silent: AsyncIterable<never> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: () => {
          ended++;
          return Promise.resolve({ done: true, value: undefined });
        },
      }),
    };
    const body = bodyOf(silent);
    const waiting = body.next();
    await body.return();
    await body.return();
    expect([ended, await waiting, await body.next()]).toEqual([
      1,
      { done: true, value: undefined },
      { done: true, value: undefined },
    ]);
  });

  test("a value that cannot be written ends source and body", async () => {
    let isEnded = false;
    async function* source(): AsyncGenerator {
      try {
        yield await Promise.resolve(1n);
      } finally {
        isEnded = true;
      }
    }
    const body = ndjson(source());
    await expect(body.next()).rejects.toThrow(TypeError);
    expect([isEnded, (await body.next()).done]).toEqual([true, true]);
  });

  test("values are written one a line", async () => {
    async function* source(): AsyncGenerator {
      yield* [{ a: "\n" }, null];
      await Promise.resolve();
    }
    let text = "";
    for await (const line of ndjson(source())) text += line;
    expect(text).toBe('{"a":"\\n"}\nnull\n');
  });
});
