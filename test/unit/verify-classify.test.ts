/** The classifier of responses, on the model of a small document: what it reports, and what it leaves alone. */
import { classifyResponse, classifyUnrouted, type ObservedResponse } from "lockstep-openapi-runtime/monitor";
import { describe, expect, test } from "vitest";
import { expand } from "../../generator/expand/expand.ts";
import type { JsonObject } from "../../generator/json/json.ts";
import { buildModel } from "../../generator/model/build.ts";
import { monitoredContract } from "../../generator/verify/contract.ts";
import { contract as smallContract } from "../support/contract.ts";

interface Sent {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

function observed({ status, body, headers = {} }: Sent): ObservedResponse {
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  const fields = { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers };
  return {
    status,
    header: (name) => new Map(Object.entries(fields)).get(name),
    body: text,
    hasBody: text !== "",
  };
}

function classifier(document: JsonObject) {
  const model = buildModel(expand(document).document).model;
  const contract = monitoredContract(model, "");
  return (id: string, sent: Sent): string[] => {
    const operation = contract.operations.find((one) => one.id === id);
    if (operation === undefined) throw new Error(`There is no ${id}.`);
    return classifyResponse(contract, operation, observed(sent)).violations.map(({ rule }) => rule);
  };
}

// A fresh copy is plain data.
const small = smallContract() as JsonObject;
const classify = classifier(small);
const error = (code: string, more: object = {}): object => ({ error: code, message: "No.", ...more });

describe("a response of a small API", () => {
  test.each<[what: string, operation: string, sent: Sent, rules: string[]]>([
    ["is as declared", "getThing", { status: 200, body: { name: "a" } }, []],
    ["has another status", "getThing", { status: 418, body: error("conflict") }, ["status-undeclared"]],
    ["lacks a member", "getThing", { status: 200, body: {} }, ["body-invalid"]],
    ["has a member too many", "getThing", { status: 200, body: { name: "a", more: 1 } }, ["body-invalid"]],
    ["is not JSON", "getThing", { status: 200, body: "<html>" }, ["body-unreadable"]],
    ["has no body", "getThing", { status: 200 }, ["body-missing"]],
    ["has a body that is not declared", "deleteThing", { status: 204, body: {} }, ["body-undeclared"]],
    [
      "has no media type",
      "getThing",
      { status: 200, body: "{}", headers: { "content-type": "" } },
      ["media-type-undeclared"],
    ],
    [
      "has another media type",
      "getThing",
      { status: 200, body: "x", headers: { "content-type": "text/html" } },
      ["media-type-undeclared"],
    ],
    ["is an error of the operation", "getThing", { status: 404, body: error("not_found") }, []],
    [
      "carries a code of another operation",
      "getThing",
      { status: 404, body: error("conflict") },
      ["code-undeclared"],
    ],
    [
      "carries a code of another status",
      "createThing",
      { status: 410, body: error("conflict") },
      ["code-status"],
    ],
    ["carries a retired code", "createThing", { status: 410, body: error("gone") }, ["code-undeclared"]],
    [
      "carries no code",
      "getThing",
      { status: 404, body: { message: "No." } },
      ["code-missing", "body-invalid"],
    ],
    ["lacks details", "getThing", { status: 403, body: error("insufficient_scope") }, ["body-invalid"]],
    [
      "has wrong details",
      "getThing",
      { status: 403, body: error("insufficient_scope", { details: { required: [1] } }) },
      ["body-invalid"],
    ],
    [
      "asks to wait and says how long",
      "getThing",
      { status: 429, body: error("rate_limited"), headers: { "retry-after": "3" } },
      [],
    ],
    [
      "asks to wait until a date",
      "getThing",
      {
        status: 429,
        body: error("rate_limited"),
        headers: { "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" },
      },
      ["header-invalid"],
    ],
    [
      "asks to wait without a time",
      "getThing",
      { status: 429, body: error("rate_limited") },
      ["header-invalid", "retry-after-missing"],
    ],
    [
      "asks to wait for nonsense",
      "getThing",
      { status: 429, body: error("rate_limited"), headers: { "retry-after": "soon" } },
      ["header-invalid", "retry-after-missing"],
    ],
  ])("%s", (_, operation, sent, rules) => {
    expect(classify(operation, sent).sort()).toEqual([...rules].sort());
  });
});

describe("the inside of a server in an error", () => {
  test.each([
    ["TypeError: x\n    at handle (/srv/app/server.js:10:5)", true],
    ['File "/app/main.py", line 3, in get', true],
    ["at com.example.Api.get(Api.java:42)", true],
    ["SELECT * FROM users WHERE id = 1", true],
    ["duplicate key value violates unique constraint users_pkey", true],
    ["ENOENT: no such file, open '/home/app/keys.json'", true],
    ["C:\\inetpub\\app\\web.config", true],
    ["Select a template from the list.", false],
    ["Use /broadcasts/prepare first.", false],
    ["The key at position 3 (line 2:7) is not known.", false],
    ["Update your settings and try again.", false],
  ])("%j", (message, isExposed) => {
    const rules = classify("getThing", { status: 404, body: { error: "not_found", message } });
    expect(rules).toEqual(isExposed ? ["internals-exposed"] : []);
  });
});

test("a path that the document does not have gets a code of the routing stage, where there is one", () => {
  const model = buildModel(expand(small).document).model;
  const contract = monitoredContract(model, "");
  const withRouting = { ...contract, codes: { ...contract.codes, not_found: { raisedBy: ["routing"] } } };
  const rules = (one: typeof contract, sent: Sent) =>
    classifyUnrouted(one, observed(sent)).violations.map(({ rule }) => rule);
  expect(rules(contract, { status: 404, body: "<html>" })).toEqual([]);
  expect(rules(withRouting, { status: 404, body: "<html>" })).toEqual(["code-missing"]);
  expect(rules(withRouting, { status: 404, body: error("conflict") })).toEqual(["code-undeclared"]);
  expect(rules(withRouting, { status: 404, body: error("not_found") })).toEqual([]);
});

describe("what others report although nothing is wrong", () => {
  const get = (responses: JsonObject, more: JsonObject = {}): JsonObject => ({
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: { "/a": { get: { operationId: "a", responses, ...more } } },
  });
  const json = (schema: JsonObject): JsonObject => ({
    description: "",
    content: { "application/json": { schema } },
  });

  test.each<[what: string, document: JsonObject, sent: Sent]>([
    [
      "charset=null",
      get({ "200": json({}) }),
      { status: 200, body: {}, headers: { "content-type": "application/json;charset=null" } },
    ],
    [
      "Type and case of a media type",
      get({ "200": json({}) }),
      { status: 200, body: {}, headers: { "content-type": "Application/JSON; Charset=UTF-8" } },
    ],
    ["a declared range of statuses", get({ "4XX": json({}) }), { status: 422, body: {} }],
    ["default", get({ default: json({}) }), { status: 503, body: {} }],
    ["a declared 400", get({ "200": json({}), "400": json({}) }), { status: 400, body: {} }],
    [
      "a range of media types",
      get({ "200": { description: "", content: { "image/*": {} } } }),
      { status: 200, body: "x", headers: { "content-type": "image/png" } },
    ],
    [
      "a format that nobody knows",
      get({ "200": json({ type: "string", format: "color" }) }),
      { status: 200, body: '"red"' },
    ],
    [
      "a pattern that could take for ever",
      get({ "200": json({ type: "string", pattern: "^(a+)+$" }) }),
      { status: 200, body: JSON.stringify("a".repeat(10_000)) },
    ],
    [
      "writeOnly members that stay away",
      get({
        "200": json({
          type: "object",
          required: ["password"],
          properties: { password: { type: "string", writeOnly: true } },
        }),
      }),
      { status: 200, body: {} },
    ],
    [
      "a header that is a number",
      get({ "200": { description: "", headers: { "x-total": { schema: { type: "integer" } } } } }),
      { status: 200, headers: { "x-total": "12" } },
    ],
    [
      "a header that is a list",
      get({
        "200": {
          description: "",
          headers: { "x-ids": { schema: { type: "array", items: { type: "integer" } } } },
        },
      }),
      { status: 200, headers: { "x-ids": "1, 2" } },
    ],
  ])("%s", (_, document, sent) => {
    expect(classifier(document)("a", sent)).toEqual([]);
  });

  test("but a writeOnly member that is sent is an issue, and so is a header of another type", () => {
    const secret = get({
      "200": json({ type: "object", properties: { password: { type: "string", writeOnly: true } } }),
    });
    expect(classifier(secret)("a", { status: 200, body: { password: "x" } })).toEqual(["body-invalid"]);
    const total = get({
      "200": { description: "", headers: { "x-total": { required: true, schema: { type: "integer" } } } },
    });
    expect(classifier(total)("a", { status: 200, headers: { "x-total": "many" } })).toEqual([
      "header-invalid",
    ]);
    expect(classifier(total)("a", { status: 200 })).toEqual(["header-invalid"]);
  });

  test("an undecidable part does not hide an issue in another one", () => {
    const document = get({
      "200": json({
        type: "object",
        properties: { a: { type: "string", format: "color" }, b: { type: "integer" } },
      }),
    });
    expect(classifier(document)("a", { status: 200, body: { a: "red", b: "x" } })).toEqual(["body-invalid"]);
  });
});
