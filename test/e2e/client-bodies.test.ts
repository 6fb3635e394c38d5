/** Files, streams, forms, parameter styles, cookies and pages: what a document can ask of a client beside JSON. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { typeErrors } from "../support/type-check.ts";
import { generateClient, type GeneratedClient, type LooseClient } from "../support/generated-client.ts";
import { reply, startServer, type Answer, type ScriptedServer } from "../support/scripted-server.ts";

const ok = {
  "200": { description: "Done.", content: { "application/json": { schema: { type: "object" } } } },
};
const items = { type: "array", items: { type: "string" } };
const pair = { type: "object", properties: { a: { type: "string" }, b: { type: "string" } } };

const document = {
  openapi: "3.1.0",
  info: { title: "Files", version: "1.0.0" },
  paths: {
    "/files": {
      post: {
        operationId: "uploadFile",
        tags: ["Files"],
        requestBody: {
          required: true,
          content: {
            "multipart/form-data": {
              schema: {
                type: "object",
                required: ["file"],
                properties: {
                  file: { type: "string", format: "binary" },
                  extra: { type: "array", items: { type: "string", format: "binary" } },
                  tags: items,
                  meta: pair,
                },
              },
            },
            "application/octet-stream": {},
          },
        },
        responses: ok,
      },
      get: {
        operationId: "listFiles",
        tags: ["Files"],
        parameters: [{ name: "cursor", in: "query", schema: { type: "string" } }],
        responses: {
          "200": {
            description: "A page.",
            content: {
              "application/json": {
                schema: { type: "object", properties: { files: items, next: { type: ["string", "null"] } } },
              },
            },
            links: { next: { operationId: "listFiles", parameters: { cursor: "$response.body#/next" } } },
          },
        },
      },
    },
    "/files/{id}": {
      get: {
        operationId: "downloadFile",
        tags: ["Files"],
        parameters: [{ name: "id", in: "path", required: true, schema: items }],
        responses: {
          "200": {
            description: "Bytes.",
            content: { "application/pdf": { schema: { type: "string", format: "binary" } } },
          },
          "404": {
            description: "None.",
            content: {
              "application/json": {
                schema: { type: "object", required: ["why"], properties: { why: { type: "string" } } },
              },
            },
          },
          "410": { description: "Gone, silently." },
        },
      },
    },
    "/search{filter}": {
      get: {
        operationId: "search",
        tags: ["Files"],
        parameters: [
          { name: "filter", in: "path", required: true, style: "matrix", explode: true, schema: pair },
          { name: "deep", in: "query", style: "deepObject", explode: true, schema: pair },
          { name: "pipes", in: "query", style: "pipeDelimited", explode: false, schema: items },
          { name: "json", in: "query", content: { "application/json": { schema: pair } } },
          { name: "plain", in: "query", schema: items },
          { name: "x-list", in: "header", schema: items },
          { name: "session", in: "cookie", schema: { type: "string" } },
        ],
        responses: {
          "200": {
            description: "A page.",
            headers: { Link: { schema: { type: "string" } } },
            content: { "application/json": { schema: items } },
          },
        },
      },
    },
    "/form": {
      post: {
        operationId: "sendForm",
        tags: ["Files"],
        requestBody: {
          content: {
            "application/x-www-form-urlencoded": {
              schema: { type: "object", properties: { name: { type: "string" }, deep: pair } },
              encoding: { deep: { style: "deepObject", explode: true } },
            },
          },
        },
        responses: { "204": { description: "Done." } },
      },
    },
  },
};

let generated: GeneratedClient;
let server: ScriptedServer;
let files: LooseClient[string];
beforeAll(async () => {
  generated = await generateClient(document);
  server = await startServer();
  files = generated.create({ baseUrl: server.url, retry: { baseDelay: 1 } })["files"] ?? {};
});
afterAll(async () => {
  await server.close();
  generated.remove();
});

async function call(name: string, input?: object): Promise<Awaited<ReturnType<LooseClient[string][string]>>> {
  const operation = files[name];
  if (operation === undefined) throw new Error(`There is no ${name} among ${Object.keys(files).join()}.`);
  return operation(input);
}

test("the client of this document compiles", () => {
  expect(typeErrors([generated.folder])).toEqual([]);
});

describe("requests", () => {
  test("a form with files", async () => {
    server.script({ body: {} });
    const file = new File(["bytes"], "a.txt", { type: "text/plain" });
    const { error } = await call("upload", {
      body: { file, extra: [file, file], tags: ["x", "y"], meta: { a: "1" } },
    });
    expect(error).toBeUndefined();
    const [{ headers, body } = { headers: {}, body: "" }] = server.seen;
    expect(headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
    expect(body.match(/; name="\w+"/g)).toEqual(
      ["file", "extra", "extra", "tags", "tags", "meta"].map((name) => `; name="${name}"`),
    );
    expect(body).toContain('filename="a.txt"');
    expect(body).toContain('{"a":"1"}');
  });

  test("bytes, and a stream that is sent once only", async () => {
    server.script({ body: {} });
    await call("upload", { contentType: "application/octet-stream", body: new TextEncoder().encode("raw") });
    expect(server.seen[0]).toMatchObject({
      body: "raw",
      headers: { "content-type": "application/octet-stream" },
    });
    server.script({ status: 503, body: "busy" });
    const stream = new Blob(["streamed"]).stream();
    const { error } = await call("upload", { contentType: "application/octet-stream", body: stream });
    expect(server.seen.map(({ body }) => body)).toEqual(["streamed"]);
    expect(error).toMatchObject({ attempts: 1 });
  });

  test("a URL-encoded form in the styles of its encoding", async () => {
    server.script({ status: 204 });
    const { status } = await call("sendForm", { body: { name: "a&b", deep: { a: "1", b: "2" } } });
    expect(status).toBe(204);
    expect(server.seen[0]).toMatchObject({
      body: "name=a%26b&deep%5Ba%5D=1&deep%5Bb%5D=2",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
  });

  test("parameters in every place and style", async () => {
    server.script({ body: [] });
    const { error } = await call("search", {
      params: {
        path: { filter: { a: "1", b: "ü" } },
        query: { deep: { a: "x" }, pipes: ["p", "q"], json: { a: "j" }, plain: ["1", "2"] },
        header: { "x-list": ["a", "b"] },
        cookie: { session: "s;1" },
      },
    });
    expect(error).toBeUndefined();
    expect(server.seen[0]?.url).toBe(
      "/search;a=1;b=%C3%BC?deep%5Ba%5D=x&pipes=p%7Cq&json=%7B%22a%22%3A%22j%22%7D&plain=1&plain=2",
    );
    expect(server.seen[0]?.headers).toMatchObject({ "x-list": "a,b", cookie: "session=s%3B1" });
  });
});

describe("answers", () => {
  test("a file is left unread", async () => {
    server.script({ headers: { "content-type": "application/pdf" }, body: "%PDF" });
    const { data } = await call("download", { params: { path: { id: ["a", "b/c"] } } });
    expect(server.seen[0]?.url).toBe("/files/a,b%2Fc");
    expect(await (data as Response).text()).toBe("%PDF"); // what a binary answer is
  });

  test("a download ends when its caller aborts, though the call is over", async () => {
    server.script((_request, response) => {
      response.writeHead(200, { "content-type": "application/pdf" }).write("%PDF");
    });
    const stop = new AbortController();
    const { data } = await call("download", { params: { path: { id: ["a"] } }, signal: stop.signal });
    const read = (data as Response).text(); // what a binary answer is
    stop.abort(new Error("enough"));
    const late = new Promise((resolve) => setTimeout(resolve, 2000, "still reading"));
    await expect(Promise.race([read, late])).rejects.toThrow();
  });

  test("errors without codes are typed by their status, once they have the declared shape", async () => {
    const input = { params: { path: { id: ["a"] } } };
    server.script({ status: 404, body: { why: "none", more: true } });
    expect((await call("download", input)).error).toMatchObject({
      error: "http_error",
      status: 404,
      body: { why: "none" },
    });
    server.script({ status: 404, body: { why: 1 } });
    expect((await call("download", input)).error).toMatchObject({
      error: "unexpected_response",
      reason: "no-code",
    });
    server.script({ status: 410 });
    expect((await call("download", input)).error).toMatchObject({
      error: "http_error",
      status: 410,
      body: undefined,
    });
  });
});

describe("pages", () => {
  const collect = async (name: string, input: object): Promise<unknown[]> => {
    const pages: unknown[] = [];
    for await (const { data, error } of files[name]?.pages(input) ?? []) pages.push(data ?? error?.["error"]);
    return pages;
  };

  test("by a Link Object", async () => {
    server.script({ body: { files: ["a"], next: "2" } }, { body: { files: ["b"], next: null } });
    expect(await collect("list", {})).toEqual([
      { files: ["a"], next: "2" },
      { files: ["b"], next: null },
    ]);
    expect(server.seen.map(({ url }) => url)).toEqual(["/files", "/files?cursor=2"]);
  });

  test("end with a failure where the server names a page that was there already", async () => {
    const [a, b] = ["a", "b"].map((next) => ({ body: { files: [], next } }));
    // The responses of the last line never end by themselves: a, b, a, b, …
    const pingPong: Answer = (_request, response, { url }) => {
      reply(response, (url.endsWith("cursor=a") ? b : a) ?? {});
    };
    for (const [answer, count] of [
      [a ?? {}, 2],
      [pingPong, 3],
    ] as const) {
      server.script(answer);
      const results: unknown[] = [];
      for await (const result of files["list"]?.pages() ?? []) if (results.push(result) > 9) break;
      expect(server.seen).toHaveLength(count);
      expect(results).toHaveLength(count + 1);
      expect(results.at(-1)).toMatchObject({
        status: 200,
        error: {
          kind: "invalid",
          error: "invalid_response",
          status: 200,
          reason: "repeated-page",
          attempts: 0,
        },
      });
    }
  });

  test("end likewise where the Link header leads to where it came from", async () => {
    const link = '</search?page=2>; rel="next"';
    server.script({ body: ["a"], headers: { link } });
    const input = { params: { path: { filter: { a: "1" } }, query: { page: "2" } } };
    expect(await collect("search", input)).toEqual([["a"], "invalid_response"]);
    expect(server.seen).toHaveLength(1);
  });

  test.each([{ page: 2 }, { page: ["2"] }, { page: [2] }])(
    "end likewise where page $page was asked for, which a link has as a string",
    async ({ page }) => {
      server.script({ body: ["a"], headers: { link: '</search?page=2>; rel="next"' } });
      const input = { params: { path: { filter: { a: "1" } }, query: { page } } };
      expect(await collect("search", input)).toEqual([["a"], "invalid_response"]);
      expect(server.seen).toHaveLength(1);
    },
  );

  test("by the Link header, whose host is not followed", async () => {
    const link =
      '<https://evil.example/steal?page=1>; rel="prev", <https://evil.example/steal?plain=z&page=2>; rel="next"';
    server.script({ body: ["a"], headers: { link } }, { status: 429 });
    const input = {
      params: { path: { filter: { a: "1" } }, query: { plain: ["y"] } },
      retry: { attempts: 1 },
    };
    expect(await collect("search", input)).toEqual([["a"], "unexpected_response"]);
    expect(server.seen.map(({ url }) => url)).toEqual(["/search;a=1?plain=y", "/search;a=1?plain=z&page=2"]);
  });
});
