/** Client and server of one document agree: what a call is given arrives equal, and what is answered comes back equal. */
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { nodeListener } from "lockstep-openapi-runtime/node";
import type { Api } from "lockstep-openapi-runtime/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { emitServer } from "../../generator/emit/server/emit.ts";
import { expand } from "../../generator/expand/expand.ts";
import type { JsonObject } from "../../generator/json/json.ts";
import { buildModel } from "../../generator/model/build.ts";
import { generateClient, type GeneratedClient, type LooseClient } from "../support/generated-client.ts";

const text = { type: "string" } as const;
const integer = { type: "integer" } as const;
const list = { type: "array", items: text } as const;
const place = {
  type: "object",
  required: ["city"],
  properties: { city: text, zip: integer },
  additionalProperties: false,
} as const;
const fields = {
  type: "object",
  properties: {
    text,
    integer,
    number: { type: "number" },
    boolean: { type: "boolean" },
    list,
    place,
    places: { type: "array", items: place },
    json: list,
    deep: place,
    exploded: place,
    commas: list,
    pipes: list,
  },
} as const;
const encoding = {
  json: { contentType: "application/json" },
  place: { contentType: "application/json; charset=utf-8" },
  deep: { style: "deepObject", explode: true },
  exploded: { style: "form" },
  commas: { explode: false },
  pipes: { style: "pipeDelimited", explode: false },
} as const;
const json = { "application/json": { schema: {} } } as const;
const ok = { "200": { description: "Done.", content: json } } as const;
const sends = (content: JsonObject): JsonObject => ({
  requestBody: { required: true, content },
  responses: ok,
});
const partFields = { type: "object", properties: { ...fields.properties } } as const;

const operations: Readonly<Record<string, JsonObject>> = {
  parameters: {
    parameters: [
      { name: "simple", in: "path", required: true, schema: list },
      { name: "matrix", in: "path", required: true, style: "matrix", explode: true, schema: place },
      { name: "text", in: "query", schema: text },
      { name: "number", in: "query", schema: { type: "number" } },
      { name: "list", in: "query", schema: list },
      { name: "commas", in: "query", explode: false, schema: list },
      { name: "pipes", in: "query", style: "pipeDelimited", explode: false, schema: list },
      { name: "deep", in: "query", style: "deepObject", explode: true, schema: place },
      { name: "json", in: "query", content: { "application/json": { schema: {} } } },
      {
        name: "X-Place",
        in: "header",
        schema: { ...place, properties: { zip: integer }, required: ["zip"] },
      },
      { name: "flag", in: "cookie", schema: { type: "boolean" } },
    ],
    responses: ok,
  },
  form: sends({ "application/x-www-form-urlencoded": { schema: fields, encoding } }),
  multipart: sends({ "multipart/form-data": { schema: partFields } }),
  json: sends({ "application/json;charset=UTF-8": { schema: { type: "object" } } }),
  vendor: sends({ "application/vnd.acme.v1+json": { schema: { type: "object" } } }),
  wild: sends({ "*/*": { schema: { type: "object" } } }),
  text: sends({ "text/plain; charset=utf-8": { schema: text } }),
};

const paths = Object.fromEntries(
  Object.entries(operations).map(([id, operation]) => {
    const path = id === "parameters" ? "/parameters/{simple}/{matrix}" : `/${id}`;
    return [path, { post: { operationId: id, tags: ["all"], ...operation } }];
  }),
);
const document: JsonObject = { openapi: "3.1.1", info: { title: "Echo", version: "1" }, paths };

interface Given {
  readonly path: unknown;
  readonly query: unknown;
  readonly header: unknown;
  readonly cookie: unknown;
  readonly body: unknown;
}

let generated: GeneratedClient;
let client: LooseClient;
let close: () => void;
let received: Given | undefined;
let reply: unknown;

beforeAll(async () => {
  generated = await generateClient(document);
  const { files } = await emitServer(buildModel(expand(document).document).model, { importExtension: ".ts" });
  for (const { path, content } of files) writeFileSync(join(generated.folder, path), content);
  // What server.ts always exports.
  const { createApi } = (await import(pathToFileURL(join(generated.folder, "server.ts")).href)) as {
    createApi: (options: object) => Api;
  };
  const handler = (given: Given): object => {
    received = given;
    return { status: 200, body: reply };
  };
  const handlers = Object.fromEntries(Object.keys(operations).map((id) => [id, handler]));
  const server = createServer(nodeListener(createApi({ handlers: { all: handlers } })));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  client = generated.create({ baseUrl: `http://127.0.0.1:${String(port)}`, retries: 0 });
  close = () => server.close();
});

afterAll(() => {
  close();
  generated.remove();
});

const anyText = fc.string({ unit: "grapheme", maxLength: 8 }).map((value) => value.normalize("NFC"));
const filled = anyText.filter((value) => value !== "");
const anyPlace = fc.record({ city: anyText, zip: fc.integer() }, { requiredKeys: ["city"] });
const filledList = fc.array(filled, { minLength: 1, maxLength: 4 });
const anyNumber = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const anyJson = fc.jsonValue({ maxDepth: 2, noUnicodeString: false });
const anyObject = fc.dictionary(
  fc.string({ maxLength: 4 }).filter((name) => name !== "__proto__"),
  anyJson,
  { maxKeys: 4 },
);
const plainFields = {
  text: anyText,
  integer: fc.integer(),
  number: anyNumber,
  boolean: fc.boolean(),
  list: filledList,
  place: anyPlace,
  places: fc.array(anyPlace, { minLength: 1, maxLength: 3 }),
};
const styledFields = {
  ...plainFields,
  json: fc.array(anyText, { maxLength: 3 }),
  deep: anyPlace,
  commas: filledList,
  pipes: filledList,
};

async function agree(
  operation: string,
  input: object,
  expected: Partial<Given>,
  body: unknown,
): Promise<void> {
  received = undefined;
  reply = body;
  const call = client["all"]?.[operation];
  const result = await call?.(input);
  expect(result).toMatchObject({ status: 200 });
  expect(received).toMatchObject(plain(expected));
  expect(result?.data).toEqual(plain(body));
}

/** As JSON gives it: no prototypes that differ, no minus zero. */
function plain<Value>(value: Value): Value {
  // The same value, written and read.
  return JSON.parse(JSON.stringify(value)) as Value;
}

describe("a call", () => {
  const runs = { numRuns: 60 };

  test("arrives with its parameters", () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          simple: filledList.filter(([first]) => first !== "." && first !== ".."),
          matrix: anyPlace,
        }),
        fc.record(
          {
            text: anyText,
            number: anyNumber,
            list: filledList,
            commas: filledList,
            pipes: filledList,
            deep: anyPlace,
            json: anyJson,
          },
          { requiredKeys: [] },
        ),
        fc.option(fc.record({ zip: fc.integer() }), { nil: undefined }),
        anyJson,
        fc.option(fc.record({ flag: fc.boolean() }), { nil: undefined }),
        async (path, query, place, body, cookie) => {
          const header = place === undefined ? {} : { "X-Place": place };
          const params = { path, query, header, ...(cookie === undefined ? {} : { cookie }) };
          await agree("parameters", { params }, params, body);
        },
      ),
      runs,
    ));

  test.each([
    ["form", styledFields],
    ["multipart", plainFields],
  ])("arrives with its fields as %s", (operation, arbitraries) =>
    fc.assert(
      fc.asyncProperty(
        fc.record<Record<string, unknown>>(arbitraries, { requiredKeys: ["text"] }),
        anyObject,
        (body, answer) => agree(operation, { body }, { body }, answer),
      ),
      runs,
    ),
  );

  test("arrives with an exploded object", () =>
    fc.assert(
      fc.asyncProperty(anyPlace, (exploded) =>
        agree("form", { body: { exploded } }, { body: { exploded } }, null),
      ),
      runs,
    ));

  test.each(["json", "vendor", "wild"])("arrives with its JSON as %s", (operation) =>
    fc.assert(
      fc.asyncProperty(anyObject, (body) => agree(operation, { body }, { body }, body)),
      runs,
    ),
  );

  test("arrives with its text", () =>
    fc.assert(
      fc.asyncProperty(filled, (body) => agree("text", { body }, { body }, body)),
      runs,
    ));
});
