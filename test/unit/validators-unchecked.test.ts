/** Requests that the validators do not check in full name the parts, for the server that starts. */
import { expect, test } from "vitest";
import type { JsonObject } from "../../generator/json/json.ts";
import { documentOf, emitDocument } from "./validators-operations-emitted.ts";

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const body = (mediaType: string, schema: JsonObject | boolean): JsonObject => ({
  requestBody: { content: { [mediaType]: { schema } } },
});
const query = (name: string, parts: JsonObject): JsonObject => ({
  parameters: [{ name, in: "query", ...parts }],
});

const operations: Readonly<Record<string, readonly [operation: JsonObject, unchecked: readonly string[]]>> = {
  json: [body("application/json", { type: "object" }), []],
  bytes: [body("application/octet-stream", { type: "string", format: "binary" }), []],
  anything: [body("application/xml", true), []],
  xml: [body("application/xml", { type: "object", required: ["a"] }), ["body application/xml"]],
  range: [body("application/*", { type: "object" }), ["body application/*"]],
  content: [query("q", { content: { "application/xml": { schema: { type: "string" } } } }), ["query q"]],
  pattern: [query("q", { schema: { type: "string", pattern: "(" } }), ["query q"]],
  deep: [body("application/json", { type: "array", items: ref("Outer") }), ["body application/json"]],
  loop: [body("application/json", ref("Loop")), ["body application/json"]],
  named: [body("application/json", ref("Patterns")), []],
  response: [
    { responses: { 200: { description: "OK", content: { "application/json": { schema: ref("Inner") } } } } },
    [],
  ],
};

const schemas: Readonly<Record<string, JsonObject>> = {
  Outer: { type: "object", properties: { inner: ref("Inner"), list: { type: "array", items: ref("Loop") } } },
  Inner: { type: "string", pattern: "(?<a" },
  // A name that begins with another's is another schema.
  Patterns: { type: "string", pattern: "^a" },
  Loop: { type: "object", properties: { loop: ref("Loop"), outer: ref("Outer") } },
};

test("each operation names its own parts, through references and loops", async () => {
  const given = Object.fromEntries(Object.entries(operations).map(([id, [operation]]) => [id, operation]));
  const { request, findings } = await emitDocument(documentOf(given, { schemas }));
  expect(findings.map(({ code }) => code)).toContain("lockstep/pattern-invalid");
  for (const [id, [, unchecked]] of Object.entries(operations)) {
    expect([id, request(id).unchecked]).toEqual([id, unchecked]);
  }
});
