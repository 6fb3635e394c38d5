/** Reads the keywords of a schema whose values have a shape of their own. */
import { isArray, type Json, type JsonObject } from "../../json/json.ts";
import { kindOf, type StructureReport } from "./report.ts";
import { readType } from "./schema-types.ts";

const lists = ["allOf", "anyOf", "oneOf", "enum"] as const;

/** The schema as its keywords can be meant, before its subschemas are visited. */
export function readKeywords(schema: JsonObject, report: StructureReport): JsonObject {
  let read = readType(schema, report);
  if (isArray(read["items"])) read = readItems(read, read["items"], report);
  if (read["required"] !== undefined) read = readRequired(read, report);
  for (const keyword of lists) {
    const value = read[keyword];
    if (isArray(value) && value.length === 0) read = without(read, keyword, "is empty", report);
  }
  const { multipleOf } = read;
  if (typeof multipleOf === "number" && multipleOf <= 0)
    read = without(read, "multipleOf", "is not greater than 0", report);
  return read;
}

function without(schema: JsonObject, keyword: string, why: string, report: StructureReport): JsonObject {
  report.add("lockstep/structure", `\`${keyword}\` ${why}; it is left out.`, [keyword]);
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== keyword));
}

/** A list of schemas was a tuple in earlier drafts, and is written for "items of these kinds" as often. */
function readItems(schema: JsonObject, items: readonly Json[], report: StructureReport): JsonObject {
  const [only] = items;
  if (only === undefined) return without(schema, "items", "is an empty list", report);
  const reads = items.length === 1 ? "its one schema" : "`anyOf` these schemas";
  report.add(
    "lockstep/structure",
    `\`items\` is a list where OpenAPI has a schema; it is read as ${reads}.`,
    ["items"],
  );
  return { ...schema, items: items.length === 1 ? only : { anyOf: items } };
}

/** `required: true` on a property says nothing in JSON Schema, and too little to say which object is meant. */
function readRequired(schema: JsonObject, report: StructureReport): JsonObject {
  const { required, ...rest } = schema;
  if (isArray(required) && required.every((name) => typeof name === "string")) return schema;
  if (typeof required === "string" && !/^(?:true|false)$/i.test(required)) {
    report.add(
      "lockstep/structure",
      "`required` is a string where OpenAPI has a list; it is read as a list of it.",
      ["required"],
    );
    return { ...schema, required: [required] };
  }
  if (isArray(required)) {
    report.add("lockstep/structure", "`required` lists values that are not names; these are left out.", [
      "required",
    ]);
    return { ...schema, required: required.filter((name) => typeof name === "string") };
  }
  const fix = "List the name of the property in the `required` of the schema that has it.";
  const message = `\`required\` is ${kindOf(required)} where OpenAPI has a list of names; it is left out.`;
  report.add("lockstep/structure", message, ["required"], fix);
  return rest;
}
