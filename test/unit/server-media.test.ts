/** Bodies whose media types say little: ranges, texts of numbers, files of JSON; and keys that tell files apart. */
import { fetchHandler } from "lockstep-openapi-runtime/fetch";
import type { Violation } from "lockstep-openapi-runtime/server";
import { MemoryIdempotencyStore } from "lockstep-openapi-runtime/stores/memory";
import { describe, expect, test } from "vitest";
import { createApi, type Handlers } from "../golden/server-media/expected/server.ts";

type Given = Partial<Handlers<string>["uploads"] & Handlers<string>["echo"] & Handlers<string>["count"]>;

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly headers: Headers;
  readonly text: string;
}

interface Service {
  readonly ask: (path: string, init?: RequestInit) => Promise<Answer>;
  readonly violations: Pick<Violation, "kind" | "message">[];
}

function service(given: Given): Service {
  const violations: Pick<Violation, "kind" | "message">[] = [];
  const unused = (): never => {
    throw new Error("not asked for");
  };
  const handler = fetchHandler(
    createApi<string>({
      handlers: {
        uploads: { upload: given.upload ?? unused },
        echo: { echo: given.echo ?? unused },
        count: { count: given.count ?? unused },
      },
      authenticate: { key: (principal) => ({ principal }) },
      tenant: (principal) => principal,
      caller: () => "",
      idempotency: { store: new MemoryIdempotencyStore() },
      hooks: {
        onError: () => undefined,
        onViolation: ({ kind, message }) => violations.push({ kind, message }),
      },
    }),
  );
  const ask = async (path: string, init?: RequestInit): Promise<Answer> => {
    const response = await handler(new Request(`http://in-process.example${path}`, init));
    const { status, headers } = response;
    return { status, type: headers.get("content-type"), headers, text: await response.text() };
  };
  return { ask, violations };
}

describe("an idempotency key", () => {
  const uploads = (): Service =>
    service({
      upload: async ({ body, mediaType }) => {
        if (mediaType === "multipart/form-data") {
          const { file, ...rest } = body;
          const text = typeof file === "string" ? file : await file.text();
          return { status: 201, body: { text, ...rest } };
        }
        return { status: 201, body: { text: await new Response(body).text() } };
      },
    });
  const form = (text: string, name = "a.txt"): FormData => {
    const data = new FormData();
    data.append("file", new File([text], name, { type: "text/plain" }));
    data.append("count", "2");
    return data;
  };
  const keyed = (key: string, body: NonNullable<RequestInit["body"]>): RequestInit => ({
    method: "POST",
    headers: { "x-api-key": "k", "idempotency-key": key },
    body,
  });

  test("stands for the very files that came with it", async () => {
    const { ask } = uploads();
    const first = await ask("/uploads", keyed("k", form("one")));
    expect([first.status, first.text]).toEqual([201, '{"text":"one","count":2}']);
    // Each form has a boundary of its own.
    expect((await ask("/uploads", keyed("k", form("one")))).text).toBe(first.text);
    expect((await ask("/uploads", keyed("k", form("two")))).status).toBe(422);
    expect((await ask("/uploads", keyed("k", form("one", "b.txt")))).status).toBe(422);
  });

  test("stands for the very bytes that came with it, which the handler gets as a stream", async () => {
    const { ask } = uploads();
    const bytes = (text: string): Blob => new Blob([text], { type: "application/octet-stream" });
    const first = await ask("/uploads", keyed("k", bytes("one")));
    expect([first.status, first.text]).toEqual([201, '{"text":"one"}']);
    expect((await ask("/uploads", keyed("k", bytes("one")))).text).toBe(first.text);
    expect((await ask("/uploads", keyed("k", bytes("two")))).status).toBe(422);
    const large = bytes("x".repeat(1024 * 1024 + 1));
    expect((await ask("/uploads", keyed("l", large))).status).toBe(413);
  });

  test("a part that stands for JSON or a number is one, even if it is sent as a file", async () => {
    const { ask } = uploads();
    const data = form("one");
    data.set("count", new Blob(["3"]));
    data.set("about", new Blob(['{"title":"t"}'], { type: "application/json" }));
    expect((await ask("/uploads", keyed("k", data))).text).toBe(
      '{"text":"one","count":3,"about":{"title":"t"}}',
    );
    data.set("about", new Blob(['{"title":1}'], { type: "application/json" }));
    expect((await ask("/uploads", keyed("l", data))).status).toBe(400);
  });
});

describe("a range", () => {
  const json = { method: "POST", headers: { "content-type": "application/json" }, body: '{"n":1}' };

  test("is not a Content-Type: the handler names one, and its body is checked as that", async () => {
    const { ask, violations } = service({
      echo: ({ body }) => {
        if (body instanceof ReadableStream) return { status: 200, mediaType: "image/png", body };
        return { status: 200, mediaType: "application/json", body: { n: body.n + 1 } };
      },
    });
    expect(await ask("/echo", json)).toMatchObject({
      status: 200,
      type: "application/json",
      text: '{"n":2}',
    });
    const image = { ...json, headers: { "content-type": "image/gif" } };
    expect(await ask("/echo", image)).toMatchObject({ status: 200, type: "image/png", text: '{"n":1}' });
    expect(violations).toEqual([]);
  });

  test("cannot be returned with, nor with what does not fit its schema", async () => {
    const answers: Awaited<ReturnType<Handlers<string>["echo"]["echo"]>>[] = [
      { status: 200, mediaType: "*/*", body: { n: 1 } },
      // @ts-expect-error -- a range is not a type of a response
      { status: 200, body: { n: 1 } },
      { status: 200, mediaType: "application/json", body: "text" },
    ];
    for (const answer of answers) {
      const { ask, violations } = service({ echo: () => answer });
      expect(await ask("/echo", json)).toMatchObject({
        status: 500,
        type: "application/json",
        text: '{"code":"broken"}',
      });
      expect(violations).toHaveLength(1);
    }
  });

  test("of errors is answered as JSON", async () => {
    const { ask } = service({ echo: ({ fail }) => fail("busy") });
    expect(await ask("/echo", json)).toMatchObject({
      status: 409,
      type: "application/json",
      text: '{"code":"busy"}',
    });
  });
});

describe("a response in text", () => {
  const count = (answer: Awaited<ReturnType<Handlers<string>["count"]["count"]>>): Service =>
    service({ count: () => answer });

  test("spells what its schema asks for", async () => {
    expect(await count({ status: 200, body: "12" }).ask("/count")).toMatchObject({ status: 200, text: "12" });
    for (const body of ["-1", "1.5", "x", ""]) {
      const { ask, violations } = count({ status: 200, body });
      expect((await ask("/count")).status).toBe(500);
      expect(violations).toMatchObject([{ kind: "body" }]);
    }
  });

  test("has the fields that the document declares: lists whole, objects as text", async () => {
    const { ask } = count({ status: 200, body: "1", headers: { "X-Parts": [1, 2], "X-Page": "at,3" } });
    const { status, headers } = await ask("/count");
    expect([status, headers.get("x-parts"), headers.get("x-page")]).toEqual([200, "1, 2", "at,3"]);
    const long = count({ status: 200, body: "1", headers: { "X-Parts": [1, 2, 3] } });
    expect((await long.ask("/count")).status).toBe(500);
    expect(long.violations).toMatchObject([{ kind: "headers" }]);
  });

  test("is not framed by its handler", async () => {
    for (const headers of [
      { "content-type": "text/html" },
      { "Content-Length": 1 },
      { "transfer-encoding": "chunked" },
    ] as const) {
      const { ask, violations } = count({ status: 200, body: "12", headers });
      expect((await ask("/count")).status).toBe(500);
      expect(violations).toMatchObject([{ kind: "headers" }]);
    }
    expect(
      (await count({ status: 200, body: "12", headers: { "content-length": 2 } }).ask("/count")).status,
    ).toBe(200);
  });
});
