/** Schemas that ask for what they rule out: what is said about them. */
import { describe, expect, test } from "vitest";
import type { JsonSchema } from "../../generator/model/api-model.ts";
import { emitAndLoadOne as load } from "../conformance/validators/emitted.ts";

describe("schemas that nothing fits are warned of", () => {
  const closed = { type: "object", additionalProperties: false, properties: { a: {} } };
  const kinds = (mapping?: Record<string, string>): JsonSchema => ({
    $defs: {
      Cat: { type: "object", required: ["kind"], properties: { kind: { const: "cat" } } },
      Dog: { type: "object", required: ["kind"], properties: { kind: { enum: ["dog", "hound"] } } },
    },
    oneOf: [{ $ref: "#/$defs/Cat" }, { $ref: "#/$defs/Dog" }],
    discriminator: { propertyName: "kind", ...(mapping === undefined ? {} : { mapping }) },
  });
  test.each<[JsonSchema, string[]]>([
    [{ minLength: 3, maxLength: 2 }, ["/minLength"]],
    [{ minLength: 2, maxLength: 2 }, []],
    [{ minItems: 1, maxItems: 0, minProperties: 2, maxProperties: 1 }, ["/minItems", "/minProperties"]],
    [{ minimum: 1000, maximum: 999 }, ["/minimum"]],
    [{ minimum: 1, maximum: 1 }, []],
    [{ exclusiveMinimum: 1, maximum: 1 }, ["/exclusiveMinimum"]],
    [{ minimum: 1, exclusiveMaximum: 1 }, ["/minimum"]],
    [{ items: { ...closed, required: ["a", "b"] } }, ["/items/required"]],
    [{ ...closed, required: ["a"] }, []],
    [{ ...closed, required: ["b"], patternProperties: { "^b": {} } }, []],
    [{ ...closed, required: ["b"], additionalProperties: true }, []],
    [kinds({ cat: "#/$defs/Cat", dog: "#/$defs/Dog", hound: "#/$defs/Dog" }), []],
    [kinds({ kat: "#/$defs/Cat", dog: "#/$defs/Dog" }), ["/discriminator"]],
    // The constants of the alternatives are the mapping.
    [kinds(), []],
  ])("%j: %j", async (schema, pointers) => {
    const { findings } = await load(schema);
    expect(findings.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  test("in words", async () => {
    const messages = async (schema: JsonSchema): Promise<string[]> =>
      (await load(schema)).findings.map(({ code, message }) => `${code} ${message}`);
    expect(await messages({ minimum: 2, maximum: 1 })).toEqual([
      "lockstep/schema-impossible No number can meet both `minimum: 2` and `maximum: 1`.",
    ]);
    expect(await messages(kinds({ kat: "#/$defs/Cat", dog: "#/$defs/Dog" }))).toEqual([
      'lockstep/discriminator-value The discriminator sends "kat" to a schema whose `kind` can only be "cat": nothing fits there.',
    ]);
  });
});
