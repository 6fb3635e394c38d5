/** Random schemas of JSON Schema 2020-12, revisions of them, and values that they may take. */
import * as fc from "fast-check";
import { isObject, type Json, type JsonObject } from "../../generator/json/json.ts";

const bound = fc.integer({ min: -3, max: 3 });
const size = fc.integer({ min: 0, max: 3 });
const member = fc.constantFrom("a", "b", "c");

const scalars: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({ type: fc.constant("integer"), minimum: bound, maximum: bound }, { requiredKeys: ["type"] }),
  fc.record(
    { type: fc.constant("number"), exclusiveMaximum: bound, multipleOf: fc.constantFrom(1, 2, 0.5) },
    { requiredKeys: ["type"] },
  ),
  fc.record({ type: fc.constant("string"), minLength: size, maxLength: size }, { requiredKeys: ["type"] }),
  fc.record({
    enum: fc.uniqueArray(fc.constantFrom<Json>("a", "b", 1, null, true), { minLength: 1, maxLength: 4 }),
  }),
  fc.constantFrom<JsonObject>(
    {},
    { type: "boolean" },
    { type: ["string", "null"] },
    { const: "a" },
    { not: { type: "string" } },
    { type: "string", pattern: "^a" },
  ),
);

/** Schemas of parameters: what can be written as text, and lists of it. */
export const textSchemas: fc.Arbitrary<JsonObject> = fc.oneof(
  scalars,
  fc.record(
    { type: fc.constant("array"), items: scalars, minItems: size, maxItems: size },
    { requiredKeys: ["type", "items"] },
  ),
  fc.record({ anyOf: fc.array(scalars, { minLength: 1, maxLength: 3 }) }),
);

/** Schemas of all kinds; `r` is a property that only responses have, `w` one that only requests have. */
export const { schema: schemas } = fc.letrec<{ schema: JsonObject; list: JsonObject[] }>((tie) => ({
  list: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }),
  schema: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    scalars,
    fc.record(
      {
        type: fc.constantFrom<Json>("array", ["array", "null"]),
        items: tie("schema"),
        prefixItems: tie("list"),
        contains: tie("schema"),
        minContains: size,
        minItems: size,
        maxItems: size,
        uniqueItems: fc.boolean(),
        unevaluatedItems: fc.constant(false),
      },
      { requiredKeys: ["type"] },
    ),
    fc
      .record(
        {
          type: fc.constant("object"),
          properties: fc.dictionary(fc.constantFrom("a", "b", "c", "r", "w"), tie("schema"), { maxKeys: 3 }),
          required: fc.uniqueArray(fc.constantFrom("a", "b", "r", "w"), { maxLength: 2 }),
          additionalProperties: fc.oneof(fc.boolean(), tie("schema")),
          patternProperties: fc.dictionary(fc.constantFrom("^a", "c$"), tie("schema"), { maxKeys: 1 }),
          dependentRequired: fc.dictionary(member, fc.uniqueArray(member, { maxLength: 1 }), { maxKeys: 1 }),
          propertyNames: fc.constantFrom({ maxLength: 1 }, { pattern: "^[ab]" }),
          minProperties: size,
          maxProperties: size,
          unevaluatedProperties: fc.constant(false),
        },
        { requiredKeys: ["type"] },
      )
      .map(hideMembers),
    fc.record({ anyOf: tie("list") }),
    fc.record({ oneOf: tie("list") }),
    fc.record({ allOf: tie("list"), unevaluatedProperties: fc.constant(false) }, { requiredKeys: ["allOf"] }),
    fc.record({ not: scalars, type: fc.constantFrom("string", "integer", "object") }),
    fc.record({ if: tie("schema"), then: tie("schema"), else: tie("schema") }, { requiredKeys: ["if"] }),
  ),
}));

/** Marks `r` and `w`; neither is required where it is not declared. */
function hideMembers(schema: JsonObject): JsonObject {
  const { properties = {}, required = [] } = schema;
  if (!isObject(properties) || !Array.isArray(required)) return schema;
  const mark = (name: string): JsonObject =>
    name === "r" ? { readOnly: true } : name === "w" ? { writeOnly: true } : {};
  const marked = Object.entries(properties).map(([name, inner]): [string, Json] => [
    name,
    isObject(inner) ? { ...inner, ...mark(name) } : inner,
  ]);
  const kept = required.filter(
    (name) => (name !== "r" && name !== "w") || Object.hasOwn(properties, String(name)),
  );
  return {
    ...schema,
    ...(schema["properties"] === undefined ? {} : { properties: Object.fromEntries(marked) }),
    ...(schema["required"] === undefined ? {} : { required: kept }),
  };
}

interface Edit {
  readonly place: number;
  readonly kind: "replace" | "drop" | "wrap" | "bound";
  readonly schema: JsonObject;
}

function edits(of: fc.Arbitrary<JsonObject>): fc.Arbitrary<Edit> {
  return fc.record({
    place: fc.nat(1000),
    kind: fc.constantFrom("replace", "drop", "wrap", "bound"),
    schema: of,
  });
}

/** A schema and what a few edits make of it; now and then two schemas that have nothing in common. */
export function revised(of: fc.Arbitrary<JsonObject>): fc.Arbitrary<readonly [JsonObject, JsonObject]> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.tuple(of, of) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(of, fc.array(edits(of), { minLength: 1, maxLength: 2 }))
        .map(([base, several]): readonly [JsonObject, JsonObject] => [base, several.reduce(apply, base)]),
    },
  );
}

/** Applies an edit to one of the schemas inside `root`, or to itself. */
function apply(root: JsonObject, { place, kind, schema }: Edit): JsonObject {
  let count = 0;
  const total = places(root);
  const visit = (node: Json, isSchema: boolean): Json => {
    if (Array.isArray(node)) return node.map((item: Json) => visit(item, isSchema));
    if (!isObject(node)) return node;
    if (isSchema && count++ === place % total) return edited(node, kind, schema, place);
    return Object.fromEntries(
      Object.entries(node).map(([name, value]) => [
        name,
        holds(name, isSchema) ? visit(value, inside(name)) : value,
      ]),
    );
  };
  const result = visit(root, true);
  return isObject(result) ? result : root;
}

const mapsOfSchemas = ["properties", "patternProperties"];
const schemaKeywords = [
  ...["items", "prefixItems", "contains", "additionalProperties", "anyOf", "oneOf", "allOf", "not"],
  ...["if", "then", "else"],
];

/** Of a map of schemas every member is one. */
function holds(name: string, isSchema: boolean): boolean {
  return !isSchema || schemaKeywords.includes(name) || mapsOfSchemas.includes(name);
}

function inside(name: string): boolean {
  return !mapsOfSchemas.includes(name);
}

function places(node: Json, isSchema = true): number {
  if (Array.isArray(node)) return node.map((item: Json) => places(item, isSchema)).reduce((a, b) => a + b, 0);
  if (!isObject(node)) return 0;
  return Object.entries(node)
    .filter(([name]) => holds(name, isSchema))
    .map(([name, value]) => places(value, inside(name)))
    .reduce((a, b) => a + b, isSchema ? 1 : 0);
}

const sizeKeyword = /^(?:min|max)(?:Length|Items|Properties|Contains)$/;

function edited(node: JsonObject, kind: Edit["kind"], schema: JsonObject, seed: number): JsonObject {
  const { readOnly, writeOnly } = node;
  const marks = {
    ...(readOnly === undefined ? {} : { readOnly }),
    ...(writeOnly === undefined ? {} : { writeOnly }),
  };
  const names = Object.keys(node);
  const name = names[seed % Math.max(1, names.length)] ?? "";
  switch (kind) {
    case "replace":
      return { ...schema, ...marks };
    case "wrap":
      return { [seed % 2 === 0 ? "allOf" : "anyOf"]: [node, schema], ...marks };
    case "drop":
      return hideMembers({
        ...Object.fromEntries(Object.entries(node).filter(([key]) => key !== name)),
        ...marks,
      });
    case "bound": {
      const value = node[name];
      return typeof value === "number" && name !== "multipleOf"
        ? { ...node, [name]: Math.max(sizeKeyword.test(name) ? 0 : -3, value + (seed % 2 === 0 ? 1 : -1)) }
        : { ...node, ...schema, ...marks };
    }
  }
}

const few = fc.constantFrom<Json>(null, true, 0, 1, -2, 0.5, 2, "", "a", "b", "abc", "abcde");
const { value: anyValue } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, depthSize: "small" },
    few,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c", "r", "w", "extra"), tie("value"), { maxKeys: 3 }),
  ),
}));

/** Values near the borders of those schemas. */
export const values: fc.Arbitrary<Json> = anyValue;
