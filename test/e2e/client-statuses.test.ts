/** An exact status wins over its class, a class over `default` (OpenAPI 3.1.1 §4.8.16): in types, in the client and in the server. */
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { nodeListener } from "lockstep-openapi-runtime/node";
import type { Api } from "lockstep-openapi-runtime/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emitServer } from "../../generator/emit/server/emit.ts";
import { expand } from "../../generator/expand/expand.ts";
import type { JsonObject } from "../../generator/json/json.ts";
import { buildModel } from "../../generator/model/build.ts";
import { generateClient, type GeneratedClient, type LooseCall } from "../support/generated-client.ts";
import { typeErrors } from "../support/type-check.ts";

const has = (member: string): JsonObject => ({
  type: "object",
  required: [member],
  properties: { [member]: { type: "string" } },
});
const response = (schema: JsonObject, mediaType = "application/json"): JsonObject => ({
  description: "Some response.",
  content: { [mediaType]: { schema } },
});
const coded = (code: string, more: JsonObject): JsonObject => ({
  type: "object",
  required: ["code", ...Object.keys(more)],
  properties: { code: { const: code }, ...more },
});
const text = { type: "string" };

const operations: Readonly<Record<string, JsonObject>> = {
  ranges: {
    "2XX": response(has("any")),
    "201": response(has("made")),
    "404": response(has("missing")),
    "4XX": response(has("title"), "application/problem+json"),
    default: response(has("oops")),
  },
  common: { "200": response(has("ok")), default: response(has("oops")) },
  onlyDefault: { default: response(text) },
  scalars: {
    "200": response(has("ok")),
    "400": response(text),
    "401": response({ type: "number" }),
    "403": response({ type: "boolean" }),
    "404": response({ type: "null" }),
    "409": response(text, "text/plain"),
    "410": {
      description: "Either.",
      content: { "text/plain": { schema: text }, "application/json": { schema: has("gone") } },
    },
  },
  coded: {
    "200": response(has("ok")),
    "404": response(coded("lost", { where: text })),
    "4XX": response(has("title")),
  },
  codedTwice: {
    "200": response(has("ok")),
    "404": response(coded("lost", { where: text })),
    "4XX": response(coded("lost", { when: text })),
  },
};
const document: JsonObject = {
  openapi: "3.1.1",
  info: { title: "Statuses", version: "1" },
  paths: Object.fromEntries(
    Object.entries(operations).map(([operationId, responses]) => [
      `/${operationId}`,
      { get: { operationId, tags: ["all"], responses } },
    ]),
  ),
};

let generated: GeneratedClient;
let server: Server;
let calls: Readonly<Record<string, LooseCall>>;
let sent: { readonly status: number; readonly type: string; readonly body: string };
let returned: object;
let base: string;

beforeAll(async () => {
  generated = await generateClient(document);
  const { files } = await emitServer(buildModel(expand(document).document).model, { importExtension: ".ts" });
  for (const { path, content } of files) writeFileSync(join(generated.folder, path), content);
  // What server.ts always exports.
  const { createApi } = (await import(pathToFileURL(join(generated.folder, "server.ts")).href)) as {
    createApi: (options: object) => Api;
  };
  const handlers = Object.fromEntries(Object.keys(operations).map((id) => [id, () => returned]));
  const kit = nodeListener(createApi({ handlers: { all: handlers }, onViolation: () => undefined }));
  server = createServer((request, response) => {
    if (request.headers["x-kit"] !== undefined) {
      kit(request, response);
      return;
    }
    response.writeHead(sent.status, { "content-type": sent.type }).end(sent.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address with one.
  base = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  calls = generated.create({ baseUrl: base, retry: { attempts: 1 } })["all"] ?? {};
});

afterAll(() => {
  server.close();
  generated.remove();
});

describe("the client", () => {
  const json = "application/json";
  test.each([
    ["ranges", 201, json, '{"made":"a"}', { data: { made: "a" } }],
    ["ranges", 404, json, '{"missing":"a"}', { kind: "http", status: 404, body: { missing: "a" } }],
    ["ranges", 404, json, '{"title":"a"}', { kind: "unexpected", reason: "no-code" }],
    ["ranges", 418, "application/problem+json", '{"title":"a"}', { kind: "http", body: { title: "a" } }],
    ["ranges", 418, json, '{"oops":"a"}', { kind: "unexpected" }],
    ["ranges", 503, json, '{"oops":"a"}', { kind: "http", status: 503, body: { oops: "a" } }],
    ["onlyDefault", 200, json, '"fine"', { data: "fine" }],
    ["onlyDefault", 500, json, '"broken"', { kind: "http", status: 500, body: "broken" }],
    ["scalars", 400, json, '"bad"', { kind: "http", body: "bad" }],
    ["scalars", 401, json, "7", { kind: "http", body: 7 }],
    ["scalars", 403, json, "false", { kind: "http", body: false }],
    ["scalars", 404, json, "null", { kind: "http", body: null }],
    ["scalars", 409, "text/plain", "12", { kind: "http", body: "12" }],
    ["scalars", 409, "text/plain", '"quoted"', { kind: "http", body: '"quoted"' }],
    ["scalars", 410, json, '{"gone":"a"}', { kind: "http", body: { gone: "a" } }],
    ["scalars", 410, "text/plain", "gone", { kind: "http", body: "gone" }],
    ["scalars", 410, json, "7", { kind: "unexpected" }],
    ["coded", 404, json, '{"code":"lost","where":"a"}', { kind: "contract", code: "lost" }],
    ["coded", 404, json, '{"title":"a"}', { kind: "unexpected", reason: "no-code" }],
    ["coded", 409, json, '{"title":"a"}', { kind: "http", status: 409 }],
    ["codedTwice", 404, json, '{"code":"lost","where":"a"}', { kind: "contract", status: 404 }],
    ["codedTwice", 404, json, '{"code":"lost","when":"a"}', { kind: "malformed", code: "lost" }],
    ["codedTwice", 409, json, '{"code":"lost","when":"a"}', { kind: "contract", status: 409 }],
    ["codedTwice", 409, json, '{"code":"lost","where":"a"}', { kind: "malformed", code: "lost" }],
  ])("reads %s %i %s %s", async (operation, status, type, body, expected) => {
    sent = { status, type, body };
    const result = await calls[operation]?.();
    expect(result?.error ?? result).toMatchObject(expected);
  });
});

describe("the server", () => {
  test.each([
    ["ranges", { status: 200, body: { any: "a" } }, 200],
    ["ranges", { status: 201, body: { any: "a" } }, 500],
    ["ranges", { status: 404, body: { title: "a" }, mediaType: "application/problem+json" }, 500],
    ["ranges", { status: 418, body: { title: "a" }, mediaType: "application/problem+json" }, 418],
    ["ranges", { status: 503, body: { oops: "a" } }, 503],
    ["onlyDefault", { status: 500, body: "broken" }, 500],
    ["coded", { status: 404, body: { title: "a" } }, 500],
    ["codedTwice", { status: 404, body: { code: "lost", when: "a" } }, 500],
  ])("of %s sends %j as %i", async (operation, result, status) => {
    returned = result;
    const response = await fetch(`${base}/${operation}`, { headers: { "x-kit": "1" } });
    expect(response.status).toBe(status);
  });
});

const use = `import { createClient } from "./client.ts";
import type { OperationHandler } from "./server.ts";


type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;
const client = createClient({ baseUrl: "http://localhost" });

const ranges = await client.all.ranges();
if (ranges.error === undefined && ranges.status === 201) {
  const made: { made: string } = ranges.data;
  console.log(made);
} else if (ranges.error === undefined) {
  const any: { any: string } = ranges.data;
  console.log(any);
} else if (ranges.error.kind === "http") {
  const { error } = ranges;
  if (error.status === 404) console.log(true satisfies Equal<typeof error.body, { missing: string }>);
  else if (error.status === 418) console.log(true satisfies Equal<typeof error.body, { title: string }>);
  else if (error.status === 503) console.log(true satisfies Equal<typeof error.body, { oops: string }>);
  else if (error.status === 302) console.log(true satisfies Equal<typeof error.body, { oops: string }>);
}
const { error: common } = await client.all.common();
if (common?.kind === "http") console.log(true satisfies Equal<typeof common.status, number>);
const { data, error: only } = await client.all.onlyDefault();
if (only === undefined) console.log(true satisfies Equal<typeof data, string>);
if (only?.kind === "http") console.log(true satisfies Equal<typeof only.body, string>);
const { error: scalar } = await client.all.scalars();
if (scalar?.kind === "http" && scalar.status === 401) console.log(true satisfies Equal<typeof scalar.body, number>);
if (scalar?.kind === "http" && scalar.status === 409) console.log(true satisfies Equal<typeof scalar.body, string>);
if (scalar?.kind === "http" && scalar.status === 410 && typeof scalar.body !== "string")
  console.log(true satisfies Equal<typeof scalar.body, { gone: string }>);
const { error: lost } = await client.all.codedTwice();
if (lost?.kind === "contract" && lost.status === 404) console.log(lost.body.where);
if (lost?.kind === "contract" && lost.status === 409) console.log(lost.body.when);

export const handler: OperationHandler<"ranges", undefined> = () => ({ status: 404, body: { missing: "a" } });
export const title: OperationHandler<"ranges", undefined> = () => ({
  status: 418, body: { title: "a" }, mediaType: "application/problem+json",
});
// @ts-expect-error 404 has a response of its own
export const wrong: OperationHandler<"ranges", undefined> = () => ({ status: 404, body: { oops: "a" } });
// @ts-expect-error 201 has a response of its own
export const other: OperationHandler<"ranges", undefined> = () => ({ status: 201, body: { any: "a" } });
// @ts-expect-error 200 is not an error
export const fine: OperationHandler<"common", undefined> = () => ({ status: 200, body: { oops: "a" } });
`;

test("types tell the body by the status", () => {
  writeFileSync(join(generated.folder, "use.ts"), use);
  expect(typeErrors([generated.folder])).toEqual([]);
});
