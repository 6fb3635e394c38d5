/**
 * Random component schemas of the kind that types can express, and values that are likely to be valid against them.
 *
 * Left out are members that TypeScript gives to every object, and unions of which a schema is a part itself.
 */
import fc from "fast-check";
import {
  asArray,
  asObject,
  asStrings,
  isObject,
  type Json,
  type JsonObject,
} from "../../../generator/json/json.ts";

/** Those of members that schemas name. */
export const names: readonly string[] = ["a", "b", "c-d", "kind", "1"];
const texts = ["", "x", "red", "2026-03-01", 'q"\\'];
const name = fc.constantFrom(...names);
const prefix = "#/components/schemas/";

/** `S0`, `S1`…: each may refer to those before it. */
export const components: fc.Arbitrary<Record<string, JsonObject>> = fc
  .tuple(...Array.from({ length: 8 }, (_, i) => component(i)))
  .map((schemas) => Object.fromEntries(schemas.map((schema, i) => [`S${String(i)}`, schema])));

function component(index: number): fc.Arbitrary<JsonObject> {
  return fc.letrec<{ schema: JsonObject; object: JsonObject }>((tie) => {
    const reference = fc
      .integer({ min: 0, max: Math.max(0, index - 1) })
      .map((i): JsonObject => ({ $ref: `${prefix}S${String(i)}` }));
    const scalar: fc.Arbitrary<JsonObject> = fc.oneof(
      fc
        .record(
          {
            type: fc.constantFrom<Json>("string", "integer", "number", "boolean", "null", ["string", "null"]),
            minimum: fc.constantFrom(0, 1),
            maxLength: fc.constant(4),
            default: fc.constant(null),
          },
          { requiredKeys: ["type"] },
        )
        .map((one): JsonObject => ({ ...one })),
      fc
        .uniqueArray(fc.constantFrom<Json>(...texts, 1, -2, null, true), { minLength: 1, maxLength: 3 })
        .map((values): JsonObject => ({ enum: values })),
      fc.constantFrom<Json>(...texts, 3, false).map((value): JsonObject => ({ const: value })),
    );
    const map = fc.dictionary(name, tie("schema"), { maxKeys: 4 });
    const object = fc
      .record({
        map,
        required: fc.subarray([...names], { maxLength: 2 }),
        others: fc.option(fc.oneof(fc.boolean(), tie("schema")), { nil: undefined }),
        matched: fc.option(tie("schema"), { nil: undefined }),
        typed: fc.boolean(),
      })
      .map(({ map: properties, required, others, matched, typed }): JsonObject => ({
        ...(typed ? { type: "object" } : {}),
        properties: { ...properties },
        required,
        ...(others === undefined ? {} : { additionalProperties: others }),
        ...(matched === undefined ? {} : { patternProperties: { "^k": matched } }),
      }));
    const parts = fc
      .tuple(
        map,
        fc.array(fc.subarray([...names], { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 }),
      )
      .map(([properties, lists]): JsonObject => ({
        type: "object",
        properties: { ...properties },
        anyOf: lists.map((required) => ({ required })),
      }));
    const tuple = fc
      .record({
        prefixItems: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }),
        items: fc.option(fc.oneof(fc.constant(false), tie("schema")), { nil: undefined }),
        minItems: fc.constantFrom(0, 1, 2),
      })
      .map(({ prefixItems, items, minItems }): JsonObject => ({
        type: "array",
        prefixItems,
        minItems,
        ...(items === undefined ? {} : { items }),
      }));
    const list = tie("schema").map((items): JsonObject => ({ type: "array", items }));
    const record = tie("schema").map((additionalProperties): JsonObject => ({
      type: "object",
      additionalProperties,
    }));
    const several = fc.array(tie("schema"), { minLength: 1, maxLength: 3 });
    const union = fc
      .tuple(fc.constantFrom("anyOf", "oneOf"), several)
      .map(([keyword, parts]): JsonObject => ({ [keyword]: parts }));
    const told = fc
      .uniqueArray(fc.integer({ min: 0, max: Math.max(0, index - 1) }), { minLength: 1, maxLength: 2 })
      .map((parts): JsonObject => {
        const refs = parts.map((i) => `${prefix}S${String(i)}`);
        const mapping = Object.fromEntries(refs.map((ref, i) => [i === 0 ? "x" : "red", ref]));
        const discriminator = { propertyName: "kind", mapping };
        return { oneOf: refs.map(($ref) => ({ $ref })), discriminator };
      });
    const all = fc
      .tuple(
        fc.array(tie("object"), { minLength: 1, maxLength: 2 }),
        fc.subarray([...names], { maxLength: 1 }),
      )
      .map(([allOf, required]): JsonObject => ({ allOf, required }));
    const extended = fc.tuple(reference, tie("object")).map(([ref, own]): JsonObject => ({ ...own, ...ref }));
    return {
      object,
      schema: fc.oneof(
        { maxDepth: 3 },
        scalar,
        object,
        list,
        record,
        union,
        all,
        tuple,
        parts,
        index === 0 ? scalar : extended,
        index === 0 ? scalar : reference,
        index === 0 ? scalar : told,
      ),
    };
  }).schema;
}

/** Values for a schema: mostly what it asks for, at times something else. */
export function valueFor(
  schemas: Readonly<Record<string, JsonObject>>,
  schema: JsonObject,
  depth = 0,
): fc.Arbitrary<unknown> {
  const anything = fc.constantFrom<unknown>(null, true, 1, 0.5, -2, ...texts, [], {});
  if (depth > 8) return anything;
  const inner = (one: Json | undefined): fc.Arbitrary<unknown> => valueFor(schemas, asObject(one), depth + 1);
  return fc.oneof(
    { weight: 12, arbitrary: fitting(schemas, schema, inner) },
    { weight: 1, arbitrary: anything },
  );
}

function fitting(
  schemas: Readonly<Record<string, JsonObject>>,
  schema: JsonObject,
  inner: (one: Json | undefined) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const { $ref, type, items, properties, additionalProperties: others } = schema;
  if (typeof $ref === "string") {
    const target = inner(schemas[$ref.slice(prefix.length)]);
    const { $ref: _, ...own } = schema;
    if (Object.keys(own).length === 0) return target;
    return fc
      .tuple(target, inner(own))
      .map(([one, two]) => (isRecord(one) && isRecord(two) ? { ...one, ...two } : one));
  }
  if (schema["const"] !== undefined) return fc.constant(schema["const"]);
  if (schema["enum"] !== undefined) return fc.constantFrom(...asArray(schema["enum"]));
  const parts = [...asArray(schema["anyOf"]), ...asArray(schema["oneOf"])];
  if (properties !== undefined && parts.length > 0) {
    const { anyOf: _, ...own } = schema;
    return inner(own);
  }
  if (parts.length > 0) {
    const { mapping } = asObject(schema["discriminator"]);
    const tags = Object.keys(asObject(mapping));
    return fc
      .tuple(fc.oneof(...parts.map(inner)), fc.constantFrom(undefined, ...tags))
      .map(([value, kind]) =>
        kind !== undefined && typeof value === "object" && value !== null && !Array.isArray(value)
          ? { ...value, kind }
          : value,
      );
  }
  if (schema["allOf"] !== undefined)
    return fc.tuple(...asArray(schema["allOf"]).map(inner)).map((all): unknown => Object.assign({}, ...all));
  if (schema["prefixItems"] !== undefined) {
    const leading = asArray(schema["prefixItems"]).map(inner);
    const rest = items === false ? fc.constant([]) : fc.array(inner(items), { maxLength: 1 });
    return fc
      .tuple(fc.tuple(...leading), rest, fc.nat({ max: leading.length }))
      .map(([all, more, cut]) => (cut === 0 ? [...all, ...more] : all.slice(0, all.length - cut)));
  }
  if (type === "array") return fc.array(inner(items), { maxLength: 2 });
  if (isObject(others) && properties === undefined) return fc.dictionary(name, inner(others), { maxKeys: 2 });
  if (type === "object" || properties !== undefined) {
    const members = Object.entries(asObject(properties)).map(([key, one]) => [key, inner(one)] as const);
    const requiredKeys = [...asStrings(schema["required"])];
    const undeclared = requiredKeys
      .filter((key) => !Object.hasOwn(asObject(properties), key))
      .map((key) => [key, inner(isObject(others) ? others : {})] as const);
    const all = Object.fromEntries([...undeclared, ...members]);
    const known = fc.record(all, { requiredKeys, noNullPrototype: true });
    const more = fc.dictionary(name, inner(isObject(others) ? others : {}), { maxKeys: 1 });
    return fc.tuple(more, known).map(([one, two]) => ({ ...one, ...two }));
  }
  if (type === "string") return fc.constantFrom(...texts);
  if (type === "integer") return fc.constantFrom(0, 1, 7);
  if (type === "number") return fc.constantFrom(0, 1, 2.5);
  return type === "boolean" ? fc.boolean() : fc.constantFrom(null, "x");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
