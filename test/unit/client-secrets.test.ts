/** No string that the client shows holds a secret of `auth`: results, thrown errors, middleware, `inspect`, on all paths. */
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { ApiError } from "../../runtime/client/api-error.ts";
import type { OperationDescriptor } from "../../runtime/client/contract.ts";
import { basic, bearer, cookieKey, headerKey, queryKey } from "../../runtime/client/credentials.ts";
import type { ClientOptions, Credentials } from "../../runtime/client/options.ts";
import { memoryCall, thing } from "../support/memory-client.ts";

const secret = "SECRET-7f3a-key";
const schemes = {
  header: headerKey("x-key"),
  query: queryKey("key"),
  cookie: cookieKey("session"),
  bearer,
  basic,
};
const pair = { username: "user", password: secret };
const encoded = btoa(`user:${secret}`);

/** What printing, logging or looking into a value shows. */
function shown(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  const texts = [inspect(value, { depth: 4 })];
  if (value instanceof Error) texts.push(value.stack ?? "", JSON.stringify(value), shown(value.cause));
  if (value instanceof Request || value instanceof Response) {
    texts.push(value.url, JSON.stringify([...value.headers]));
    if (!value.bodyUsed) texts.push(value.clone().url);
    return texts.join("\n");
  }
  for (const member of Object.values(value)) texts.push(shown(member));
  return texts.join("\n");
}

const paths: Record<string, (request: Request) => Promise<Response> | Response> = {
  "a success": () => Response.json({ a: 1 }),
  "a download": () => new Response("bytes", { headers: { "content-type": "application/pdf" } }),
  "an error": () => Response.json({ code: "no" }, { status: 403 }),
  "a rejected secret": () => new Response(null, { status: 401 }),
  "a page of a proxy": () => new Response("<html>", { status: 503 }),
  "a redirect": () => new Response(null, { status: 302, headers: { location: "http://other.test/x" } }),
  "no response": () => Promise.reject(new TypeError("fetch failed", { cause: new Error("ECONNREFUSED") })),
  "a cut body": () =>
    new Response(
      new ReadableStream({
        start: (controller) => {
          controller.error(new Error("cut"));
        },
      }),
    ),
  "a timeout": () => new Promise(() => undefined),
};
const auths: Record<string, Credentials> = {
  header: { header: secret },
  query: { query: secret },
  cookie: { cookie: secret },
  bearer: { bearer: () => secret },
  basic: { basic: pair },
  "a header that cannot hold it": { header: `${secret}\nx` },
  "a renewal that fails": {
    bearer: ({ refresh }): string => {
      if (refresh) throw new Error("no login");
      return secret;
    },
  },
};

describe.each(Object.entries(auths))("auth by %s", (_name, auth) => {
  test.each(Object.entries(paths))("%s shows no secret", async (path, respond) => {
    let wasSent = false;
    const texts: string[] = [];
    const keep = (context: object): void => {
      texts.push(shown({ ...context }));
    };
    const operation: Partial<OperationDescriptor> = {
      security: Object.keys(schemes).map((name) => [name]),
      ok: { 200: path === "a download" ? "binary" : "json" },
    };
    const options: ClientOptions = {
      auth,
      timeout: 20,
      retry: { attempts: 2, baseDelay: 0 },
      middleware: [{ onRequest: keep, onResponse: keep, onError: keep }],
    };
    const call = memoryCall(
      (request) => {
        wasSent ||=
          request.url.includes(secret) ||
          [...request.headers].flat().some((text) => text.includes(secret) || text.includes(encoded));
        return respond(request);
      },
      operation,
      options,
      { schemes },
    );
    const result = await call();
    const thrown: unknown = await call()
      .orThrow()
      .catch((error: unknown) => error);
    texts.push(shown(result), shown(thrown), shown(call));
    expect(wasSent).toBe(!JSON.stringify(auth).includes("\\n"));
    expect(texts.join("\n")).toContain(thing.path);
    expect(texts.join("\n")).not.toContain(secret);
    expect(texts.join("\n")).not.toContain(encoded);
  });
});

describe("what orThrow throws", () => {
  const failing = async (): Promise<ApiError> => {
    const codes = { gone: { is: () => true, status: 410, docUrl: "https://docs.test/gone" } };
    const respond = (): Response =>
      Response.json(
        { code: "gone", text: "It is gone." },
        { status: 410, headers: { "x-request-id": "r-1" } },
      );
    const envelope = { code: ["code"], message: ["text"] };
    const thrown: unknown = await memoryCall(respond, { codes }, {}, { envelope })()
      .orThrow()
      .catch((error: unknown) => error);
    if (thrown instanceof ApiError) return thrown;
    throw new Error("No ApiError was thrown.");
  };

  test("prints operation, code, status, request id and page", async () => {
    const error = await failing();
    const facts = ["getThing", "gone", "410", "It is gone.", "r-1", "https://docs.test/gone"];
    for (const text of [error.message, error.stack ?? "", inspect(error), JSON.stringify(error)])
      for (const fact of facts) expect(text).toContain(fact);
    expect(inspect(error)).not.toContain("Response");
  });

  test("serializes without its body, and can be cloned", async () => {
    const error = await failing();
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: "ApiError",
      message: error.message,
      operation: "getThing",
      kind: "contract",
      code: "gone",
      status: 410,
      requestId: "r-1",
      docUrl: "https://docs.test/gone",
      attempts: 1,
    });
    expect(structuredClone(error).message).toBe(error.message);
    expect(structuredClone(error.toJSON())).toEqual(error.toJSON());
  });

  test("is an ApiError for another copy of the module and another realm, and nothing else is", async () => {
    const error = await failing();
    const copy: unknown = runInNewContext(
      `const error = new Error(message); error[Symbol.for("lockstep-openapi.ApiError")] = true; error`,
      { message: error.message },
    );
    expect(copy instanceof Error).toBe(false);
    expect(copy instanceof ApiError).toBe(true);
    class Special extends ApiError {}
    expect(error instanceof Special).toBe(false);
    for (const other of [new Error("x"), {}, null, "ApiError"]) expect(other instanceof ApiError).toBe(false);
  });
});
