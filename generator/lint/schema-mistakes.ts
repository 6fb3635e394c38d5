/** Rules over every schema: keywords of another OpenAPI version, and defaults and values of `enum` of the wrong type. */
import { asArray, isArray, type Json, type JsonObject } from "../json/json.ts";
import { joinPointer } from "../json/pointer.ts";
import { enumMeaning, isOfType } from "../openapi/enum-meaning.ts";
import { visitSchemas } from "../openapi/visit.ts";
import type { Rule, RuleFinding, Subject } from "./rule.ts";
import { listOf } from "./wording.ts";

/** Looks at one schema; gives the problem and the keyword that it is about. */
type SchemaCheck = (
  schema: JsonObject,
  subject: Subject,
) => [keyword: string, Omit<RuleFinding, "pointer">][];

function schemaRule(check: SchemaCheck): Rule {
  return (subject) =>
    suspectsOf(subject.document).flatMap(({ schema, pointer }) =>
      check(schema, subject).map(([keyword, problem]) => ({
        ...problem,
        pointer: joinPointer(pointer, keyword),
      })),
    );
}

interface Suspect {
  readonly schema: JsonObject;
  readonly pointer: string;
}

/** One walk serves all rules of this file. */
const suspects = new WeakMap<JsonObject, readonly Suspect[]>();

/** The schemas that have a keyword which one of the rules below looks at. */
function suspectsOf(document: JsonObject): readonly Suspect[] {
  const known = suspects.get(document);
  if (known !== undefined) return known;
  const found: Suspect[] = [];
  visitSchemas(document, (schema, pointer) => {
    const suspicious =
      schema["nullable"] !== undefined ||
      schema["default"] !== undefined ||
      schema["enum"] !== undefined ||
      schema["exclusiveMinimum"] !== undefined ||
      schema["exclusiveMaximum"] !== undefined ||
      isArray(schema["type"]);
    if (suspicious) found.push({ schema, pointer: pointer() });
  });
  suspects.set(document, found);
  return found;
}

/** Boolean in 3.0 (JSON Schema draft 4), the bound itself from 3.1 on (2020-12). */
export const exclusiveBound = schemaRule((schema, { version }) =>
  (["exclusiveMinimum", "exclusiveMaximum"] as const).flatMap((keyword) => {
    const value = schema[keyword];
    const wrong = version === "3.0" ? typeof value === "number" : typeof value === "boolean";
    if (!wrong) return [];
    const bound = keyword === "exclusiveMinimum" ? "minimum" : "maximum";
    const reads = version === "3.0" ? "as from 3.1 on" : `as in 3.0, together with \`${bound}\``;
    const message = `\`${keyword}\` is a ${typeof value} in an OpenAPI ${version} document; Lockstep reads it ${reads}.`;
    const right =
      version === "3.0"
        ? `\`${bound}: ${Number(value)}\` and \`${keyword}: true\``
        : `\`${keyword}: <number>\``;
    return [[keyword, { message, fix: `Write ${right}.` }]];
  }),
);

/** OpenAPI 3.0.3 gave `nullable` a meaning beside `type` only; 3.1 removed it. */
export const nullable = schemaRule((schema, { version, reading }) => {
  if (schema["nullable"] !== true) return [];
  const isLetter = reading.nullable === "letter";
  // What the settings choose is not an assumption.
  const chosen = isLetter ? { severity: "warning" as const } : {};
  if (version !== "3.0") {
    const reads = isLetter ? "it has no effect" : "Lockstep reads it as a union with null";
    const message = `OpenAPI ${version} has no \`nullable\`; ${reads}.`;
    const fix = 'Write `type: [<type>, "null"]`, or `anyOf` with `type: "null"`.';
    return [["nullable", { ...chosen, message, fix }]];
  }
  const hole = nullHole(schema);
  if (hole !== undefined) {
    const reads = isLetter ? "it lets no null in" : "Lockstep accepts null";
    const message = `By the letter of OpenAPI 3.0 \`nullable\` has no effect ${hole}; ${reads}.`;
    const fix = "Use `anyOf` with a nullable schema, or list null in `enum`.";
    return [["nullable", { ...chosen, message, fix }]];
  }
  if (schema["type"] !== undefined || (reading.impliedTypes && schema["properties"] !== undefined)) return [];
  const message = "`nullable` has no effect without `type`: a schema without a type allows null anyway.";
  return [["nullable", { severity: "warning", message, fix: "Put `type` beside it, or remove it." }]];
});

/** Where 3.0.4 §4.7.24 does not let null in, and authors mean it. */
function nullHole(schema: JsonObject): string | undefined {
  if (schema["$ref"] !== undefined) return "beside `$ref`";
  if (isArray(schema["enum"]) && !schema["enum"].includes(null)) return "on an `enum` without null";
  const union = (["allOf", "anyOf", "oneOf"] as const).find((keyword) => schema[keyword] !== undefined);
  return union !== undefined && schema["type"] === undefined ? `on \`${union}\` without \`type\`` : undefined;
}

export const typeList = schemaRule((schema, { version }) => {
  if (version !== "3.0" || !isArray(schema["type"])) return [];
  const message = "`type` is a list in an OpenAPI 3.0 document; Lockstep reads it as from 3.1 on.";
  return [["type", { message }]];
});

export const enumType = schemaRule((schema) => {
  const allowed = typesOf(schema);
  if (allowed.length === 0) return [];
  const excluded = asArray(schema["enum"]).filter((value) => !isAllowed(value, schema, allowed));
  if (excluded.length === 0) return [];
  const values = listOf(excluded.map((value) => JSON.stringify(value)));
  const meant = enumMeaning(schema);
  const message = `\`enum\` lists ${values}, which type ${listOf(allowed)} can never match`;
  return meant === undefined
    ? [["enum", { severity: "warning", message: `${message}.` }]]
    : [["enum", { message: `${message}; it is read ${meant.said}.` }]];
});

export const defaultType = schemaRule((schema) => {
  const value = schema["default"];
  const allowed = typesOf(schema);
  if (value === undefined || allowed.length === 0) return [];
  if (!isAllowed(value, schema, allowed)) {
    const message = `The default is ${kindOf(value)}, and the schema is of type ${listOf(allowed)}.`;
    return [["default", { message }]];
  }
  const options = asArray(schema["enum"]);
  if (options.length === 0 || typeof value === "object" || options.includes(value)) return [];
  const message = "The default is not among the values of `enum`.";
  return [["default", { message, fix: "Write one of the values of `enum`." }]];
});

/** None where the schema does not say. */
function typesOf({ type }: JsonObject): readonly string[] {
  return (isArray(type) ? type : [type]).filter((one) => typeof one === "string");
}

function isAllowed(value: Json, schema: JsonObject, types: readonly string[]): boolean {
  return (value === null && schema["nullable"] === true) || types.some((type) => isOfType(value, type));
}

function kindOf(value: Json): string {
  if (value === null) return "null";
  if (isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return `the ${typeof value} \`${JSON.stringify(value).slice(0, 40)}\``;
}
