/** Sequences over HTTP: server-sent events, JSON lines and text sequences, resumed streams, names of downloads. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JsonObject } from "../../generator/json/json.ts";
import { ApiError, fileNameOf } from "../../runtime/client/index.ts";
import { generateClient, type GeneratedClient, type LooseCall } from "../support/generated-client.ts";
import { startServer, type Answer, type ScriptedServer } from "../support/scripted-server.ts";
import { typeErrors } from "../support/type-check.ts";

const tick = { type: "object", required: ["n"], properties: { n: { type: "integer" } } };
const text = { type: "string" };
const embedded = { type: "string", contentMediaType: "application/json", contentSchema: tick };
const named = (name: string, data: JsonObject): JsonObject => ({
  required: ["event", "data"],
  properties: { event: { const: name }, data },
});
const operation = (operationId: string, content: JsonObject): JsonObject => ({
  get: { operationId, tags: ["Feed"], responses: { "200": { description: "Items.", content } } },
});
const events = (itemSchema: JsonObject): JsonObject => ({ "text/event-stream": { itemSchema } });
const plainEvent = { type: "object", required: ["data"], properties: { data: text, event: text, id: text } };

const document = {
  openapi: "3.2.0",
  info: { title: "Feed", version: "1.0.0" },
  paths: {
    "/plain": operation("watchPlain", events(plainEvent)),
    "/json": operation("watchOrders", events({ ...plainEvent, properties: { id: text, data: embedded } })),
    "/mixed": operation(
      "watchMixed",
      events({
        ...plainEvent,
        oneOf: [named("note", {}), named("tick", embedded)],
      }),
    ),
    "/old": operation("watchOld", { "text/event-stream": { schema: tick } }),
    "/bare": operation("watchBare", { "text/event-stream": {} }),
    "/lines": operation("readLines", { "application/x-ndjson": { itemSchema: tick } }),
    "/list": operation("readList", { "application/jsonl": { schema: { type: "array", items: tick } } }),
    "/texts": operation("readTexts", { "application/json-seq": { itemSchema: tick } }),
    "/either": operation("readEither", {
      "application/json": { schema: tick },
      "text/event-stream": { itemSchema: { ...plainEvent, properties: { data: embedded } } },
    }),
  },
};

let server: ScriptedServer;
let generated: GeneratedClient;
beforeAll(async () => {
  server = await startServer();
  generated = await generateClient(document);
});
afterAll(async () => {
  await server.close();
  generated.remove();
});

const sse = { "content-type": "text/event-stream" };
const once = { retry: { attempts: 1 } };

function call(name: string, options: object = {}): LooseCall {
  const client = generated.create({ baseUrl: server.url, retry: { baseDelay: 0, maxDelay: 1 }, ...options });
  const found = client["feed"]?.[name];
  if (found === undefined) throw new Error(`The client has no feed.${name}.`);
  return found;
}

function itemsOf(data: unknown): AsyncIterable<unknown> {
  return data as AsyncIterable<unknown>; // the types of these operations say so, and a test below reads them
}

/** The items, and what the loop over them threw. */
async function collect(name: string, input: object = {}): Promise<{ items: unknown[]; thrown: unknown }> {
  const { data, error } = await call(name)(input);
  expect(error).toBeUndefined();
  const items: unknown[] = [];
  try {
    for await (const item of itemsOf(data)) items.push(item);
    return { items, thrown: undefined };
  } catch (thrown) {
    return { items, thrown };
  }
}

/** Writes each text on its own, then ends or breaks the connection. */
function streamed(headers: Record<string, string>, texts: readonly string[], end: "end" | "break"): Answer {
  return (_request, response) => {
    response.writeHead(200, headers);
    const next = (index: number): void => {
      const part = texts[index];
      if (part !== undefined) {
        response.write(part, () => setImmediate(next, index + 1));
      } else if (end === "end") response.end();
      else response.destroy();
    };
    next(0);
  };
}

describe("server-sent events", () => {
  test.each<[name: string, texts: string[], items: object[]]>([
    [
      "fields as they are sent",
      ["event: a\nid: 1\ndata: x\nretry: 5\n\n"],
      [{ event: "a", id: "1", data: "x", retry: 5 }],
    ],
    ["lines of data", ["data: x\ndata\ndata:y\n\n"], [{ data: "x\n\ny" }]],
    [
      "any line end, also between chunks",
      ["data: a\r", "\ndata: b\r\r", "data: c\n", "\n"],
      [{ data: "a\nb" }, { data: "c" }],
    ],
    [
      "comments, unknown fields and a byte order mark",
      ["\uFEFFdata: a\n: hi\nother: b\n\n"],
      [{ data: "a" }],
    ],
    ["characters between chunks, one at a time", "data: é\n\n".split(""), [{ data: "é" }]],
    ["no data, no event", ["event: a\n\nid: 3\n\ndata: b\n\n"], [{ data: "b" }]],
    ["an id with a null, a retry that is not a number", ["id: a\0\nretry: 1s\ndata: b\n\n"], [{ data: "b" }]],
    ["an event that is cut off", ["data: a\n\ndata: b\n"], [{ data: "a" }]],
  ])("%s", async (_name, texts, items) => {
    server.script(streamed(sse, texts, "end"));
    expect((await collect("watchPlain", once)).items).toEqual(items);
    expect(server.seen[0]?.headers.accept).toBe("text/event-stream");
  });

  test("carry JSON where the document says so: in all, in some, as the schema of older documents", async () => {
    const body = 'event: note\ndata: 1\n\nevent: tick\ndata: {"n":1}\n\n';
    server.script(streamed(sse, [body], "end"));
    expect((await collect("watchMixed")).items).toEqual([
      { event: "note", data: "1" },
      { event: "tick", data: { n: 1 } },
    ]);
    for (const name of ["watchOrders", "watchOld"]) {
      server.script(streamed(sse, ['data: {"n":2}\n\n', "data: [DONE]\n\n", "data: {}\n\n"], "end"));
      expect((await collect(name)).items).toEqual([{ data: { n: 2 } }]);
    }
    server.script(streamed(sse, ["data: {\n\n"], "end"));
    expect((await collect("watchBare")).items).toEqual([{ data: "{" }]);
    const { thrown } = await collect("watchOrders");
    expect(thrown).toBeInstanceOf(ApiError);
    expect(thrown).toMatchObject({
      operation: "watchOrders",
      error: { kind: "invalid", reason: "not-json", body: "{" },
    });
  });

  test("are told from other responses by their type", async () => {
    server.script({ body: { n: 1 } });
    expect((await call("readEither")()).data).toEqual({ n: 1 });
    server.script(streamed(sse, ['data: {"n":2}\n\n'], "end"));
    expect((await collect("readEither")).items).toEqual([{ data: { n: 2 } }]);
  });
});

describe("a stream with ids", () => {
  const part = (...ids: number[]): string =>
    ids.map((id) => `id: ${String(id)}\ndata: ${String(id)}\n\n`).join("");
  const ids = (items: readonly unknown[]): unknown[] =>
    items.map((item) => (item as { readonly id?: string }).id); // an event

  test.each(["end", "break"] as const)(
    "is resumed after its last event where the connection %ss",
    async (end) => {
      server.script(
        streamed(sse, [part(1, 2), "id: 3\nda"], end),
        { status: 503 },
        streamed(sse, [part(3)], end),
        { status: 204 },
      );
      const { items, thrown } = await collect("watchPlain", { headers: { "x-mine": "1" } });
      expect(thrown).toBeUndefined();
      expect(ids(items)).toEqual(["1", "2", "3"]);
      expect(server.seen.map(({ headers }) => headers["last-event-id"])).toEqual([undefined, "2", "2", "3"]);
      expect(server.seen.every(({ headers }) => headers["x-mine"] === "1")).toBe(true);
    },
  );

  test("is over where the server has nothing new, or begins anew", async () => {
    for (const again of [": nothing\n\n", part(1, 2)]) {
      server.script(streamed(sse, [part(1, 2)], "end"), streamed(sse, [again], "end"));
      expect(ids((await collect("watchPlain")).items)).toEqual(["1", "2"]);
      expect(server.seen).toHaveLength(2);
    }
  });

  test("that stays broken, or is refused, throws what happened", async () => {
    server.script(streamed(sse, [part(1)], "break"), streamed(sse, [":\n"], "break"));
    const broken = await collect("watchPlain");
    expect(ids(broken.items)).toEqual(["1"]);
    expect(broken.thrown).toMatchObject({ error: { kind: "invalid", reason: "truncated" } });
    expect(server.seen).toHaveLength(5);
    server.script(streamed(sse, [part(1)], "break"), { status: 404 });
    expect((await collect("watchPlain")).thrown).toMatchObject({ status: 404, operation: "watchPlain" });
  });

  test("is not resumed without ids, nor where there are to be no retries", async () => {
    server.script(streamed(sse, ["data: a\n\n"], "break"));
    expect((await collect("watchPlain")).thrown).toMatchObject({ error: { reason: "truncated" } });
    server.script(streamed(sse, [part(1)], "break"));
    expect((await collect("watchPlain", once)).thrown).toMatchObject({ error: { reason: "truncated" } });
    expect(server.seen).toHaveLength(1);
  });
});

describe("lines and texts of JSON", () => {
  const lines = { "content-type": "application/x-ndjson" };
  test.each<[name: string, call: string, texts: string[]]>([
    ["lines", "readLines", ['{"n":', "1}\r", '\n\n{"n":2}']],
    ["lines of a list", "readList", ['{"n":1}\n{"n":2}\n']],
    ["texts", "readTexts", ['\x1e{"n":\n1}\n\x1e', '{"n":2}\n']],
  ])("%s", async (_name, name, texts) => {
    server.script(streamed({}, texts, "end"));
    expect(await collect(name)).toEqual({ items: [{ n: 1 }, { n: 2 }], thrown: undefined });
  });

  test("fail as they come: half a body, no JSON, more than the limit", async () => {
    const failing = async (texts: string[], end: "end" | "break", options = {}): Promise<unknown> => {
      server.script(streamed(lines, texts, end));
      const { items, thrown } = await collect("readLines", options);
      expect(items).toEqual([{ n: 1 }]);
      return thrown;
    };
    const first = '{"n":1}\n';
    expect(await failing([first, '{"n"'], "break")).toMatchObject({ error: { reason: "truncated" } });
    expect(await failing([first, "{\n"], "end")).toMatchObject({ error: { reason: "not-json", body: "{" } });
    const long = [first, `"${"x".repeat(99)}`, "x".repeat(99)];
    expect(await failing(long, "end", { responseBytes: 100 })).toMatchObject({
      error: { reason: "too-large" },
    });
  });

  test("stop at the caller's signal, and close the connection where the loop is left", async () => {
    const controller = new AbortController();
    const closed: Promise<void>[] = [];
    const endless: Answer = (_request, response) => {
      closed.push(new Promise((resolve) => response.on("close", resolve)));
      response.writeHead(200, lines).write('{"n":1}\n');
    };
    server.script(endless);
    const { data } = await call("readLines")({ signal: controller.signal });
    const stopped = (async () => {
      for await (const item of itemsOf(data)) {
        expect(item).toEqual({ n: 1 });
        controller.abort(new Error("enough"));
      }
    })();
    await expect(stopped).rejects.toMatchObject({ error: { kind: "aborted" } });
    const left = await call("readLines")();
    for await (const item of itemsOf(left.data)) if (item !== undefined) break;
    await Promise.all(closed);
    expect(closed).toHaveLength(2);
  });
});

const guide = readFileSync(join(import.meta.dirname, "../../docs/client.md"), "utf8");
const [, shown = ""] = /^```ts\n([^`]*feed\.watchOrders[\s\S]*?)^```$/m.exec(guide) ?? [];

test("items have their types, and the guide's program compiles", () => {
  expect(shown).toContain("for await");
  const program = `import { createClient } from "./client.ts";
const { feed } = createClient({ baseUrl: "" });
export async function read(): Promise<void> {
  for await (const { data, id } of await feed.watchPlain().orThrow()) ((text: string, name?: string) => text + name)(data, id);
  for await (const { data } of await feed.watchOrders().orThrow()) ((value: number) => value)(data.n);
  for await (const event of await feed.watchMixed().orThrow()) {
    if (event.event === "tick") ((value: number) => value)(event.data.n);
    else ((value: string) => value)(event.data);
  }
  for await (const { data, event } of await feed.watchOld().orThrow()) ((value: number, name?: string) => value)(data.n, event);
  for await (const { data } of await feed.watchBare().orThrow()) ((value: string) => value)(data);
  for await (const { n } of await feed.readLines().orThrow()) ((value: number) => value)(n);
  for await (const { n } of await feed.readList().orThrow()) ((value: number) => value)(n);
  for await (const { n } of await feed.readTexts().orThrow()) ((value: number) => value)(n);
  // @ts-expect-error an item has no such member
  for await (const { m } of await feed.readTexts().orThrow()) m;
}
export async function guide(client: ReturnType<typeof createClient>, signal: AbortSignal): Promise<void> {
  const report = (error: { readonly error: string }): void => void error;
  const show = (id: string | undefined, order: { readonly n: number }): void => void [id, order];
  ${shown}
}
`;
  writeFileSync(join(generated.folder, "read.ts"), program);
  expect(typeErrors([generated.folder])).toEqual([]);
});

test.each([
  ['attachment; filename="report.pdf"', "report.pdf"],
  ["attachment; filename=report.pdf", "report.pdf"],
  ["attachment; filename=\"r.txt\"; filename*=UTF-8''na%C3%AFve%20r.txt", "naïve r.txt"],
  ["attachment; filename*=UTF-8''%E0; filename=r.txt", "r.txt"],
  ['attachment; filename="a \\"quoted\\".txt"', "a quoted.txt"],
  ['attachment; filename="../../etc/passwd"', "passwd"],
  ['attachment; filename="C:\\\\x\\\\y.exe"', "y.exe"],
  ["attachment; filename*=UTF-8''..%2F..%2F.bashrc%00", "bashrc"],
  ['attachment; filename=".."', undefined],
  ["inline", undefined],
])("%s names a download %s", (field, name) => {
  expect(fileNameOf(new Response(null, { headers: { "content-disposition": field } }))).toBe(name);
});
