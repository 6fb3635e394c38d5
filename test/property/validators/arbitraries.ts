/** Random schemas that are likely to say something, and random values that are likely to be about what they say. */
import fc from "fast-check";
import type { Json, JsonObject } from "../../../generator/json/json.ts";
import type { JsonSchema } from "../../../generator/model/api-model.ts";

/** Few names, so that schemas and values meet; some that JavaScript objects have already. */
const names = ["a", "b", "c", "tag", "a/b~", "constructor", "__proto__", "toString", "length"];
const name = fc.constantFrom(...names);
const text = fc.constantFrom("", "x", "xy", "ab1", "💩", "a/b~", "tag", "2024-02-29", "__proto__");
const number = fc.constantFrom(-1, 0, 1, 2, 3, 1.5, 0.1, 0.3, 10, 1e300);
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null));

export const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.uniqueArray(fc.tuple(name, tie("value")), { maxLength: 4, selector: ([key]) => key }).map(object),
  ),
})).value;

const small = fc.integer({ min: 0, max: 3 });
const types = ["null", "boolean", "object", "array", "string", "number", "integer"] as const;

/** A schema of all keywords of 2020-12 but identifiers; references lead to `$defs` `x` and `y` of the root. */
const schema: fc.Arbitrary<JsonSchema> = fc.letrec<{ schema: JsonSchema }>((tie) => {
  const inner = tie("schema");
  const map = (key: fc.Arbitrary<string>): fc.Arbitrary<JsonObject> =>
    fc
      .uniqueArray(fc.tuple(key, inner), { minLength: 1, maxLength: 3, selector: ([one]) => one })
      .map(object);
  const list = fc.array(inner, { minLength: 1, maxLength: 3 });
  const keywords: Record<string, fc.Arbitrary<unknown>> = {
    type: fc.oneof(
      fc.constantFrom(...types),
      fc.uniqueArray(fc.constantFrom(...types), { minLength: 1, maxLength: 3 }),
    ),
    enum: fc.array(fc.oneof(scalar, value), { minLength: 1, maxLength: 4 }),
    const: fc.oneof(scalar, value),
    minLength: small,
    maxLength: small,
    pattern: fc.constantFrom("^[a-z]+$", "\\d", "^.$", "^x"),
    minimum: number,
    maximum: number,
    exclusiveMinimum: number,
    exclusiveMaximum: number,
    multipleOf: fc.constantFrom(1, 2, 0.5, 0.1),
    minItems: small,
    maxItems: small,
    uniqueItems: fc.boolean(),
    prefixItems: list,
    items: inner,
    contains: inner,
    minContains: small,
    maxContains: small,
    unevaluatedItems: inner,
    required: fc.uniqueArray(name, { maxLength: 2 }),
    properties: map(name),
    patternProperties: map(fc.constantFrom("^a", "^t", "^[a-c]$")),
    additionalProperties: inner,
    propertyNames: inner,
    minProperties: small,
    maxProperties: small,
    dependentRequired: fc.tuple(name, fc.uniqueArray(name, { maxLength: 2 })).map((entry) => object([entry])),
    dependentSchemas: map(name),
    unevaluatedProperties: inner,
    allOf: list,
    anyOf: list,
    oneOf: list,
    not: inner,
    if: inner,
    then: inner,
    else: inner,
    $ref: fc.constantFrom("#/$defs/x", "#/$defs/y"),
  };
  const member = fc.constantFrom(...Object.keys(keywords)).chain((keyword) => {
    const arbitrary = keywords[keyword] ?? fc.constant(true);
    return arbitrary.map((one): [string, unknown] => [keyword, one]);
  });
  return {
    schema: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      // Built of JSON only.
      { arbitrary: fc.boolean(), weight: 1 },
      { arbitrary: fc.constantFrom(...types).map((type): JsonSchema => ({ type })), weight: 2 },
      {
        arbitrary: fc
          .uniqueArray(member, { minLength: 1, maxLength: 4, selector: ([keyword]) => keyword })
          // See above.
          .map((members) => object(members) as JsonSchema),
        weight: 6,
      },
    ),
  };
}).schema;

/** A root schema whose two definitions refer downwards only: loops are tested by themselves. */
export const rootSchema: fc.Arbitrary<JsonObject> = fc.tuple(schema, schema, schema).map(([root, x, y]) => ({
  ...(typeof root === "boolean" ? { allOf: [root] } : root),
  $defs: { x: withoutRefs(x), y: withoutRefs(y) },
}));

function withoutRefs(one: JsonSchema): JsonSchema {
  // JSON in, JSON out.
  return JSON.parse(JSON.stringify(one), (key, inner: unknown) =>
    key === "$ref" ? undefined : inner,
  ) as JsonSchema;
}

/** `Object.fromEntries` keeps a member called `__proto__` a member. */
function object(entries: readonly (readonly [string, unknown])[]): JsonObject {
  // Entries come from the arbitraries above, which make JSON.
  return Object.fromEntries(entries) as JsonObject;
}
