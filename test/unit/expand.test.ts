/** What expansion adds, what it leaves to the author, and that doing it twice changes nothing. */
import { describe, expect, it } from "vitest";
import { expand } from "../../generator/expand/expand.ts";
import type { Json, JsonObject } from "../../generator/json/json.ts";
import { resolvePointer } from "../../generator/json/pointer.ts";

const entry = (status: number, raisedBy: string, more: JsonObject = {}): JsonObject => ({
  status,
  title: `Title ${String(status)}`,
  meaning: "Meaning.",
  remediation: "Remedy.",
  message: "Message.",
  "raised-by": raisedBy,
  retry: "never",
  ...more,
});

function document(
  codes: Record<string, JsonObject>,
  more: JsonObject = {},
  operation: JsonObject = {},
): JsonObject {
  return {
    openapi: "3.1.1",
    info: { title: "T", version: "1" },
    paths: { "/a/{id}": { post: { responses: { "200": { description: "ok" } }, ...operation } } },
    components: {
      schemas: {
        ErrorEnvelope: {
          type: "object",
          required: ["error", "message"],
          properties: {
            error: { $ref: "#/components/schemas/ErrorCode" },
            message: { type: "string" },
            details: { type: "object" },
          },
          additionalProperties: false,
        },
        ErrorCode: { type: "string", enum: Object.keys(codes), "x-error-codes": codes },
        Details: {
          type: "object",
          required: ["n"],
          properties: { n: { type: "integer", examples: [7] } },
          additionalProperties: false,
        },
      },
    },
    ...more,
  };
}

function at(root: JsonObject, pointer: string): Json | undefined {
  return resolvePointer(root, pointer);
}

describe("the schema of a code", () => {
  const { document: expanded } = expand(
    document({
      broken: entry(500, "unhandled"),
      over_limit: entry(500, "unhandled", {
        details: { $ref: "#/components/schemas/Details" },
        deprecated: "2.0.0",
      }),
    }),
  );

  it("pins the code and drops details that it has not", () => {
    expect(at(expanded, "/components/schemas/BrokenError")).toEqual({
      title: "Title 500",
      description: "Meaning.",
      type: "object",
      required: ["error", "message"],
      properties: { error: { type: "string", const: "broken" }, message: { type: "string" } },
      additionalProperties: false,
      "x-error-code": "broken",
      "x-generated-by": "lockstep",
    });
  });

  it("requires the details that it has", () => {
    expect(at(expanded, "/components/schemas/OverLimitError")).toMatchObject({
      deprecated: true,
      required: ["error", "message", "details"],
      properties: { details: { $ref: "#/components/schemas/Details" } },
    });
  });

  it("is one branch of a discriminated union where a status has several", () => {
    const response = at(expanded, "/components/responses/BrokenOrOverLimit");
    expect(response).toMatchObject({
      content: {
        "application/json": {
          schema: {
            oneOf: [
              { $ref: "#/components/schemas/BrokenError" },
              { $ref: "#/components/schemas/OverLimitError" },
            ],
            discriminator: {
              propertyName: "error",
              mapping: {
                broken: "#/components/schemas/BrokenError",
                over_limit: "#/components/schemas/OverLimitError",
              },
            },
          },
          examples: {
            broken: { value: { error: "broken", message: "Message." } },
            over_limit: { value: { error: "over_limit", message: "Message.", details: { n: 7 } } },
          },
        },
      },
    });
  });
});

describe("headers", () => {
  it("adds Retry-After where every code of the response wants a delay, and the rate-limit fields", () => {
    const { document: expanded } = expand(
      document({
        slow_down: entry(429, "rate-limit", { retry: "after-delay" }),
        busy: entry(503, "unhandled", { retry: "after-delay" }),
        broken: entry(503, "unhandled"),
      }),
    );
    expect(Object.keys(at(expanded, "/components/responses/SlowDown/headers") ?? {})).toEqual([
      "Retry-After",
      "RateLimit",
      "RateLimit-Policy",
    ]);
    expect(at(expanded, "/components/responses/BrokenOrBusy/headers")).toBeUndefined();
    expect(Object.keys(at(expanded, "/components/headers") ?? {})).toEqual([
      "RateLimit",
      "RateLimitPolicy",
      "RetryAfter",
    ]);
  });

  it("adds Idempotency-Key to requests, required where the operation says so", () => {
    const broken = { broken: entry(500, "unhandled") };
    const accepted = expand(document(broken, {}, { "x-idempotency-key": "accepted" })).document;
    expect(at(accepted, "/paths/~1a~1{id}/post/parameters")).toEqual([
      { $ref: "#/components/parameters/IdempotencyKey" },
    ]);
    const required = expand(document(broken, {}, { "x-idempotency-key": "required" })).document;
    expect(at(required, "/components/parameters/RequiredIdempotencyKey/required")).toBe(true);
  });

  it("leaves a hand-written Idempotency-Key alone", () => {
    const parameters = [{ name: "idempotency-key", in: "header", schema: { type: "string" } }];
    const operation = { "x-idempotency-key": "accepted", parameters };
    const { document: expanded } = expand(document({ broken: entry(500, "unhandled") }, {}, operation));
    expect(at(expanded, "/paths/~1a~1{id}/post/parameters")).toEqual(parameters);
  });
});

describe("names", () => {
  it("reports a component that stands where a generated one must", () => {
    const source = document({ not_found: entry(404, "unhandled"), "not-found": entry(404, "unhandled") });
    expect(expand(source).findings.map(({ code, pointer }) => [code, pointer])).toEqual([
      ["lockstep/name-taken", "/components/schemas/NotFoundError"],
    ]);
  });

  it("numbers responses whose long names meet", () => {
    const codes = Object.fromEntries(
      ["a", "b", "c", "d", "e", "f"].map((code) => [code, entry(400, "handler")]),
    );
    const source = document(codes, {
      paths: {
        "/1": { get: { "x-errors": ["a", "b", "c", "d", "e"], responses: {} } },
        "/2": { get: { "x-errors": ["a", "b", "c", "d", "f"], responses: {} } },
      },
    });
    const { document: expanded, findings } = expand(source);
    expect(findings).toEqual([]);
    expect(Object.keys(at(expanded, "/components/responses") ?? {})).toEqual([
      "AOrBOrCOrDOr1Others",
      "AOrBOrCOrDOr1Others2",
    ]);
  });

  it("reports a catalogue that no envelope carries", () => {
    const source: JsonObject = {
      openapi: "3.1.0",
      components: { schemas: { ErrorCode: { "x-error-codes": { broken: entry(500, "unhandled") } } } },
    };
    expect(expand(source).findings.map(({ code }) => code)).toEqual(["lockstep/envelope-missing"]);
  });
});

describe("twice", () => {
  const codes = {
    broken: entry(500, "unhandled", { details: { $ref: "#/components/schemas/Details" } }),
    not_found: entry(404, "resource-lookup"),
    slow_down: entry(429, "rate-limit", { retry: "after-delay" }),
    reused: entry(422, "idempotency-reuse", { retry: "new-key" }),
    invalid: entry(400, "request-validation"),
  };
  const operation: JsonObject = {
    "x-idempotency-key": "accepted",
    parameters: [{ name: "id", in: "path", required: true }],
    responses: { "404": { description: "Mine.", headers: { "X-Hint": {} } }, "200": { description: "ok" } },
  };
  const source = document(
    codes,
    { "x-error-envelope": { headers: { "x-request-id": { schema: {} } } } },
    operation,
  );

  it("gives the same bytes", () => {
    const once = expand(source).document;
    expect(JSON.stringify(expand(once).document)).toBe(JSON.stringify(once));
  });

  it("follows a change of the catalogue in an expanded document", () => {
    const once = expand(source).document;
    const { broken: _broken, ...fewer } = codes;
    // It stays JSON of an object: one part of it is replaced by another.
    const changed = JSON.parse(
      JSON.stringify(once).replaceAll(JSON.stringify(codes), JSON.stringify(fewer)),
    ) as JsonObject;
    const again = expand(changed).document;
    expect(at(again, "/components/schemas/BrokenError")).toBeUndefined();
    expect(at(again, "/paths/~1a~1{id}/post/responses/500")).toBeUndefined();
    expect(at(again, "/paths/~1a~1{id}/post/responses/404/description")).toBe("Mine.");
  });

  it("does not touch the source", () => {
    const before = JSON.stringify(source);
    expand(source);
    expect(JSON.stringify(source)).toBe(before);
  });
});
