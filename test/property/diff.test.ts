/** The guard under random changes and random schemas: nothing between equals, proofs and counterexamplees that ajv confirms. */
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareModels } from "../../generator/diff/compare.ts";
import { compareSchemas, findCounterexample } from "../../generator/diff/schema/compare.ts";
import { isSubset } from "../../generator/diff/schema/subset.ts";
import { isValid } from "../../generator/diff/schema/validate.ts";
import { defaultSettings } from "../../generator/diff/settings.ts";
import type { Json, JsonObject } from "../../generator/json/json.ts";
import { addCode, contract, modelOf, removeCode, retire, set, type Draft } from "../support/contract.ts";
import { retryStart, rows } from "../unit/diff-table.ts";

const settings = { ...defaultSettings, today: "2026-12-01" };

/** Names that mean something to JavaScript, Markdown or a terminal. */
const names = fc.oneof(
  fc.constantFrom(
    "constructor",
    "toString",
    "hasOwnProperty",
    "a`b",
    "${x}",
    "*/",
    "__x",
    "\u202e",
    "-->",
    "a\nb",
  ),
  fc.string({ minLength: 1, maxLength: 12 }).filter((name) => name !== "__proto__"),
);

type Mutation = (document: Draft) => void;
const own: fc.Arbitrary<Mutation> = fc.oneof(
  names.map((name): Mutation => (d) => {
    addCode(d, name);
  }),
  fc.constantFrom("conflict", "expired", "legacy").map((name): Mutation => (d) => {
    removeCode(d, name);
  }),
  fc.constantFrom("in_beta", "trial", "not_found").map((name): Mutation => (d) => {
    retire(d, name);
  }),
  fc.constantFrom(...rows.filter(({ name }) => !retryStart.has(name))).map(({ change }) => change),
  fc.tuple(fc.constantFrom("conflict", "internal"), fc.string()).map(([name, text]): Mutation => (d) => {
    set(d, `code:${name}/meaning`, text);
  }),
);

/** A document after some changes; a change that the changes before it made impossible is left out. */
const documents = fc.array(own, { maxLength: 5 }).map((mutations) => {
  const document = contract();
  for (const mutate of mutations) {
    try {
      mutate(document);
    } catch {
      continue;
    }
  }
  return document;
});

describe("the comparison of two models", () => {
  it("finds nothing between a model and its copy", () => {
    fc.assert(
      fc.property(documents, (document) => {
        expect(compareModels(modelOf(document), modelOf(structuredClone(document)), settings)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("is deterministic, and does not depend on the order of members", () => {
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, member]) => [name, turned(member)]),
      );
    };
    fc.assert(
      fc.property(documents, documents, (a, b) => {
        const [base, revision] = [modelOf(a), modelOf(b)];
        const once = compareModels(base, revision, settings);
        expect(compareModels(base, revision, settings)).toEqual(once);
        const again = compareModels(modelOf(turned(a) as Draft), modelOf(turned(b) as Draft), settings); // an object stays one
        const keys = (changes: typeof once): string[] =>
          changes
            .map(({ rule, subject, operations }) => `${rule} ${subject} ${operations.toSorted().join()}`)
            .sort();
        expect(keys(again)).toEqual(keys(once));
      }),
      { numRuns: 40 },
    );
  });
});

const scalars: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record(
    { type: fc.constant("integer"), minimum: fc.integer({ min: -3, max: 3 }) },
    { requiredKeys: ["type"] },
  ),
  fc.record(
    {
      type: fc.constant("number"),
      exclusiveMaximum: fc.integer({ min: -3, max: 3 }),
      multipleOf: fc.constantFrom(1, 2, 0.5),
    },
    { requiredKeys: ["type"] },
  ),
  fc.record(
    {
      type: fc.constant("string"),
      minLength: fc.integer({ min: 0, max: 3 }),
      maxLength: fc.integer({ min: 0, max: 4 }),
    },
    { requiredKeys: ["type"] },
  ),
  fc.record({ enum: fc.uniqueArray(fc.constantFrom<Json>("a", "b", 1, null, true), { minLength: 1 }) }),
  fc.constantFrom<JsonObject>(
    {},
    { type: "boolean" },
    { type: ["string", "null"] },
    { const: "a" },
    { not: { type: "string" } },
    { pattern: "^a" },
  ),
);

const { schema: schemas } = fc.letrec<{ schema: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 2, depthSize: "small" },
    scalars,
    fc.record(
      {
        type: fc.constant("array"),
        items: tie("schema"),
        minItems: fc.integer({ min: 0, max: 2 }),
        maxItems: fc.integer({ min: 0, max: 3 }),
        uniqueItems: fc.boolean(),
      },
      { requiredKeys: ["type"] },
    ),
    fc.record(
      {
        type: fc.constant("object"),
        properties: fc.dictionary(fc.constantFrom("a", "b", "c"), tie("schema"), { maxKeys: 3 }),
        required: fc.uniqueArray(fc.constantFrom("a", "b", "c")),
        additionalProperties: fc.oneof(fc.boolean(), tie("schema")),
        maxProperties: fc.integer({ min: 0, max: 3 }),
      },
      { requiredKeys: ["type"] },
    ),
    fc.record({ anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ oneOf: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ allOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }) }),
  ),
}));

const values = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    0,
    1,
    -2,
    0.5,
    2,
    "",
    "a",
    "abc",
    "abcde",
    [],
    ["a"],
    [1, 1],
    [null, "a", 2],
    {},
  ),
  fc.dictionary(fc.constantFrom("a", "b", "c", "d"), fc.constantFrom<Json>(null, 1, "a", true, [], {}), {
    maxKeys: 3,
  }),
);

const side = (schema: JsonObject): { document: JsonObject; schema: JsonObject } => ({ document: {}, schema });
const ajv = new Ajv2020({ strict: false, validateFormats: false });
const accepts = (schema: JsonObject, value: Json): boolean => ajv.validate(schema, value);

describe("schemas", () => {
  it("are interpreted as ajv interprets them", () => {
    fc.assert(
      fc.property(schemas, values, (schema, value) => {
        const answer = isValid(side(schema), value);
        if (answer !== undefined) expect(answer).toBe(accepts(schema, value));
      }),
      { numRuns: 300 },
    );
  });

  it("are subsets only where no value says otherwise", () => {
    fc.assert(
      fc.property(schemas, schemas, fc.array(values, { minLength: 10 }), (inner, outer, samples) => {
        if (!isSubset(side(inner), side(outer))) return;
        for (const value of samples) if (accepts(inner, value)) expect(accepts(outer, value)).toBe(true);
        expect(findCounterexample(side(inner), side(outer))).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });

  it("have counterexamplees that ajv confirms, and a schema is equal to itself", () => {
    fc.assert(
      fc.property(schemas, schemas, (base, revision) => {
        const { newlyAllowed, noLongerAllowed } = compareSchemas(side(base), side(revision));
        if (newlyAllowed !== undefined)
          expect([accepts(revision, newlyAllowed), accepts(base, newlyAllowed)]).toEqual([true, false]);
        if (noLongerAllowed !== undefined)
          expect([accepts(base, noLongerAllowed), accepts(revision, noLongerAllowed)]).toEqual([true, false]);
        expect(
          compareSchemas(side(base), side(structuredClone(base))).fields.filter(
            ({ kind }) => kind === "widened",
          ),
        ).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

describe("a narrower schema", () => {
  const string = { type: "string" };
  const list = { type: "array", items: string };
  const open = { type: "object" };
  const inLists = (leaf: JsonObject, levels: number): JsonObject =>
    levels === 0
      ? leaf
      : { type: "array", items: { type: "object", properties: { a: inLists(leaf, levels - 1) } } };
  it.each<readonly [string, JsonObject, JsonObject]>([
    ["a short text", { ...string, maxLength: 500 }, { ...string, maxLength: 400 }],
    ["a bounded text", string, { ...string, maxLength: 5000 }],
    ["a list of fewer", { ...list, maxItems: 100 }, { ...list, maxItems: 50 }],
    ["a bounded list", list, { ...list, maxItems: 1000 }],
    ["few properties", open, { ...open, maxProperties: 5 }],
    ["names of a pattern", open, { ...open, propertyNames: { pattern: "^[a-z]+$" } }],
    ["values under a pattern", open, { ...open, patternProperties: { "^x-": string } }],
    ["all but one value", string, { ...string, not: { const: "none" } }],
    ["all but some values", string, { ...string, not: { enum: ["none", "other"] } }],
    ["cents", { type: "number" }, { type: "number", multipleOf: 0.01 }],
    ["items deep inside", inLists(string, 4), inLists({ enum: ["a"] }, 4)],
  ])("has a counterexample: %s", (_name, base, revision) => {
    const { relation, noLongerAllowed } = compareSchemas(side(base), side(revision));
    expect(relation).toBe("narrowed");
    if (noLongerAllowed === undefined) throw new Error("no counterexample");
    expect([accepts(base, noLongerAllowed), accepts(revision, noLongerAllowed)]).toEqual([true, false]);
    expect(compareSchemas(side(revision), side(base)).relation).toBe("widened");
  });
});

describe("recursive schemas", () => {
  const tree = (leaf: JsonObject): JsonObject => ({
    components: {
      schemas: {
        Tree: {
          type: "object",
          properties: { leaf, next: { $ref: "#/components/schemas/Tree" } },
          required: ["leaf"],
        },
      },
    },
  });
  const root = { $ref: "#/components/schemas/Tree" };

  it("are proved equal, and told apart", () => {
    const [a, b, c] = [
      tree({ type: "string" }),
      tree({ type: "string", description: "x" }),
      tree({ type: "integer" }),
    ];
    expect(isSubset({ document: a, schema: root }, { document: b, schema: root })).toBe(true);
    expect(isSubset({ document: a, schema: root }, { document: c, schema: root })).toBe(false);
  });

  it("are not taken for the only branch where the same branch stands twice", () => {
    const branch = { type: "array" };
    expect(isSubset(side(branch), side({ oneOf: [branch, branch] }))).toBe(false);
    expect(isSubset(side(branch), side({ oneOf: [branch] }))).toBe(true);
  });

  it("prove nothing in a circle", () => {
    const circle = {
      components: {
        schemas: { Tree: { anyOf: [{ $ref: "#/components/schemas/Tree" }, { type: "string" }] } },
      },
    };
    expect(isSubset(side({ type: "integer" }), { document: circle, schema: root })).toBe(false);
  });
});
