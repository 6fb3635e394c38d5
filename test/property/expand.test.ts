/** Hostile documents: expansion and the model end, quickly, and never throw. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { expand } from "../../generator/expand/expand.ts";
import type { JsonObject } from "../../generator/json/json.ts";
import { buildModel } from "../../generator/model/build.ts";

/** Names that other code might trip over, and references that lead anywhere, themselves included. */
const name = fc.oneof(
  fc.constantFrom(
    "constructor",
    "toString",
    "error",
    "code",
    "details",
    "message",
    "a/b~c",
    "",
    "*/",
    "x-errors",
    "A",
  ),
  fc.string({ maxLength: 8 }),
);
const ref = fc
  .constantFrom(
    "schemas/A",
    "schemas/B",
    "schemas/ErrorEnvelope",
    "parameters/P",
    "responses/R",
    "nowhere/at/all",
  )
  .map((target) => ({ $ref: `#/components/${target}` }));

const { schema } = fc.letrec<{ schema: unknown }>((tie) => ({
  schema: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    ref,
    fc.record(
      {
        type: fc.constantFrom("object", "string", "integer", "array", ["string", "null"], 7, null),
        nullable: fc.boolean(),
        enum: fc.array(fc.oneof(name, fc.constant(null), fc.integer()), { maxLength: 3 }),
        const: name,
        properties: fc.dictionary(name, tie("schema"), { maxKeys: 4 }),
        required: fc.array(name, { maxLength: 4 }),
        oneOf: fc.array(tie("schema"), { maxLength: 3 }),
        anyOf: fc.array(tie("schema"), { maxLength: 3 }),
        allOf: fc.array(tie("schema"), { maxLength: 3 }),
        items: tie("schema"),
        minItems: fc.nat(3),
        exclusiveMinimum: fc.oneof(fc.boolean(), fc.integer()),
      },
      { requiredKeys: [] },
    ),
    fc.jsonValue({ maxDepth: 1 }),
  ),
}));

const entry = fc.record(
  {
    status: fc.oneof(fc.integer({ min: 400, max: 599 }), name),
    title: name,
    "raised-by": fc.oneof(fc.constantFrom("handler", "unhandled", "resource-lookup", "rate-limit"), name),
    retry: fc.oneof(fc.constantFrom("never", "after-delay"), name),
    details: fc.oneof(ref, name),
    retired: name,
  },
  { requiredKeys: [] },
);

const operation = fc.record(
  {
    operationId: name,
    parameters: fc.array(
      fc.oneof(
        ref,
        fc.record(
          { name, in: fc.constantFrom("path", "query", "header", "else"), schema },
          { requiredKeys: [] },
        ),
      ),
    ),
    responses: fc.dictionary(
      fc.constantFrom("200", "404", "4xx", "default", "x-a"),
      fc.oneof(
        ref,
        schema.map((body) => ({ content: { "application/json": { schema: body } } })),
      ),
    ),
    "x-errors": fc.array(name),
    "x-idempotency-key": fc.constantFrom("accepted", "required", "else"),
    security: fc.array(fc.dictionary(name, fc.array(name))),
  },
  { requiredKeys: [] },
);

const document = fc.record(
  {
    openapi: fc.constantFrom("3.0.3", "3.1.0", "3.2.0"),
    paths: fc.dictionary(
      name,
      fc.oneof(ref, fc.record({ get: operation, post: operation }, { requiredKeys: [] })),
    ),
    "x-error-envelope": fc.record(
      { code: fc.constantFrom("/error", "/error/code", "", "/"), schema: name },
      { requiredKeys: [] },
    ),
    components: fc.record(
      {
        schemas: fc.record(
          {
            A: schema,
            B: schema,
            ErrorEnvelope: schema,
            ErrorCode: fc.record(
              { enum: fc.array(name), "x-error-codes": fc.dictionary(name, entry) },
              { requiredKeys: [] },
            ),
          },
          { requiredKeys: [] },
        ),
        parameters: fc.record({ P: fc.oneof(ref, fc.constant({ name: "p", in: "query" })) }),
        responses: fc.record({ R: fc.oneof(ref, fc.constant({ description: "" })) }),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: ["openapi"] },
);

it("ends on any document, changes nothing the second time, and leaves its input alone", () => {
  fc.assert(
    fc.property(document, (source) => {
      // fast-check's JSON is JSON; its type says unknown.
      const input = structuredClone(source) as unknown as JsonObject;
      const before = JSON.stringify(input);
      const once = expand(input);
      buildModel(once.document);
      expect(JSON.stringify(expand(once.document).document)).toBe(JSON.stringify(once.document));
      expect(JSON.stringify(input)).toBe(before);
    }),
    { numRuns: 1500 },
  );
});

it("is not slowed down by schemas that contain themselves many times over", () => {
  const self = { $ref: "#/components/schemas/Loop" };
  const loop = {
    allOf: [self, self, self],
    oneOf: [self, self, self],
    required: ["a", "b", "c"],
    properties: { a: self, b: self, c: self, error: self },
  };
  const source: JsonObject = {
    openapi: "3.1.0",
    paths: {
      "/a": {
        get: {
          "x-errors": ["x"],
          responses: { "400": { content: { "application/json": { schema: self } } } },
        },
      },
    },
    components: {
      schemas: {
        Loop: loop,
        ErrorEnvelope: self,
        ErrorCode: {
          enum: ["x"],
          "x-error-codes": { x: { status: 400, title: "x", "raised-by": "handler", details: self } },
        },
      },
    },
  };
  const started = performance.now();
  buildModel(expand(source).document);
  const { components: _components, ...inferred } = source;
  buildModel(expand({ ...inferred, components: { schemas: { Loop: loop } } }).document);
  expect(performance.now() - started).toBeLessThan(5000);
});
