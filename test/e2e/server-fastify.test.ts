/** What a host of the Fastify plugin may do to its responses on their way. */
import fastify, { type FastifyInstance } from "fastify";
import { fastifyPlugin } from "lockstep-openapi-runtime/fastify";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createApi } from "../../generated/server.ts";
import { bodiesApi } from "../support/bodies-api.ts";
import { canonicalOptions } from "../support/canonical-api.ts";

let app: FastifyInstance;
beforeEach(() => {
  app = fastify();
});
afterEach(async () => {
  await app.close();
});

/** Its body, and the length that its header section says. */
async function answer(): Promise<readonly [string, string | null]> {
  await app.register(fastifyPlugin(bodiesApi()));
  const response = await fetch(`${await app.listen({ port: 0 })}/v1/files/a.txt`);
  return [await response.text(), response.headers.get("content-length")];
}

test.each([
  ["another text", "other", "5"],
  ["a text that is not ASCII", "Grüße", "7"],
  ["no text", "", "0"],
])("onSend may send %s", async (_, text, length) => {
  app.addHook("onSend", (_request, _reply, _payload, done) => {
    done(null, text);
  });
  expect(await answer()).toEqual([text, length]);
});

test("hooks after the response run, and hear the status", async () => {
  const heard: number[] = [];
  const responded = new Promise<void>((resolve) => {
    app.addHook("onResponse", (_request, reply, done) => {
      heard.push(reply.statusCode);
      done();
      resolve();
    });
  });
  expect(await answer()).toEqual(["text of a", "9"]);
  await responded;
  expect(heard).toEqual([200]);
});

test("a host that watches the end of responses goes on doing so", async () => {
  const ended: unknown[] = [];
  app.addHook("onRequest", (_request, { raw }, done) => {
    const end = raw.end.bind(raw);
    raw.end = (chunk?: unknown) => {
      ended.push(chunk);
      return end(chunk);
    };
    done();
  });
  expect(await answer()).toEqual(["text of a", "9"]);
  expect(ended).toEqual(["text of a"]);
});

test("answers requests that come without a socket", async () => {
  await app.register(fastifyPlugin(bodiesApi()));
  const { statusCode, body } = await app.inject("/v1/files/a.txt");
  expect([statusCode, body]).toEqual([200, "text of a"]);
});

test("a Content-Type that Fastify cannot read is answered in the envelope", async () => {
  await app.register(fastifyPlugin(createApi(canonicalOptions())));
  const headers = { "content-type": "foo", "x-api-key": "org1" };
  const url = "/api/v1/public/broadcasts";
  const { statusCode, body } = await app.inject({ method: "POST", url, headers, payload: "{}" });
  expect([statusCode, JSON.parse(body)]).toMatchObject([
    400,
    { error: "bad_request", details: { issues: [{ in: "header", pointer: "/Content-Type" }] } },
  ]);
});

test("errors of the host's hooks are the host's to return", async () => {
  app.setErrorHandler((error, _request, reply) => reply.code(418).send(String(error)));
  app.addHook("onRequest", (_request, _reply, done) => {
    done(new Error("the host's"));
  });
  await app.register(fastifyPlugin(bodiesApi()));
  const { statusCode, body } = await app.inject("/v1/files/a.txt");
  expect([statusCode, body]).toEqual([418, "Error: the host's"]);
});
