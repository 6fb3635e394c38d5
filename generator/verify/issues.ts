/** Says where a value breaks its schema, and which keyword it breaks. No pattern of the document is run outside of `isValid`. */
import type { ResponseIssue } from "lockstep-openapi-runtime/monitor";
import { asserts } from "../diff/schema/keywords.ts";
import { conjunction, type SchemaSide } from "../diff/schema/side.ts";
import { isValid } from "../diff/schema/validate.ts";
import { asArray, asObject, asStrings, isArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import { joinPointer } from "../json/pointer.ts";

/** Levels that are searched; below, the issue is reported for the whole value. */
const maxDepth = 24;

/** The issues of a value; none where it is valid. A part that cannot be decided has none, and hides none of another part. */
export function findIssues(side: SchemaSide, value: Json, limit = 10): ResponseIssue[] {
  return isValid(side, value) === true ? [] : search(side, value, "", 0).slice(0, limit);
}

function search(side: SchemaSide, value: Json, at: string, depth: number): ResponseIssue[] {
  const { document } = side;
  const all = conjunction(document, [side.schema]);
  if (all.never) return [issue(at, "false", "is not allowed here")];
  return all.parts.flatMap((part) => {
    const verdict = isValid({ document, schema: part }, value);
    if (verdict === true) return [];
    const inner = depth < maxDepth ? searchPart(document, part, value, at, depth + 1) : [];
    return inner.length > 0 || verdict === undefined
      ? inner
      : [issue(at, "schema", "does not match the schema")];
  });
}

/** A keyword with those that it cannot be understood without. */
const companions: Readonly<Record<string, readonly string[]>> = {
  items: ["prefixItems"],
  contains: ["minContains", "maxContains"],
  additionalProperties: ["properties", "patternProperties"],
  if: ["then", "else"],
};

/** Keywords whose members are searched one by one, whether the whole can be decided or not. */
const searched: ReadonlySet<string> = new Set(["properties", "items", "additionalProperties"]);

function searchPart(
  document: JsonObject,
  part: JsonObject,
  value: Json,
  at: string,
  depth: number,
): ResponseIssue[] {
  const broken = Object.keys(part).filter((name) => {
    if (!asserts(name)) return false;
    if (searched.has(name)) return true;
    const schema: JsonObject = Object.fromEntries(
      [name, ...(companions[name] ?? [])].flatMap((one) =>
        part[one] === undefined ? [] : [[one, part[one]]],
      ),
    );
    return isValid({ document, schema }, value) === false;
  });
  return broken.flatMap((name) => keywordIssues(document, part, name, value, at, depth));
}

function keywordIssues(
  document: JsonObject,
  part: JsonObject,
  name: string,
  value: Json,
  at: string,
  depth: number,
): ResponseIssue[] {
  const object = asObject(value);
  switch (name) {
    case "properties":
    case "additionalProperties":
    case "items":
      return membersOf(document, part, name, value).flatMap(([token, schema, member]) =>
        schema === false && name === "additionalProperties"
          ? [issue(joinPointer(at, token), name, "is not declared")]
          : memberIssues({ document, schema }, member, joinPointer(at, token), depth),
      );
    case "required":
      return asStrings(part["required"])
        .filter((member) => !Object.hasOwn(object, member))
        .map((member) => issue(joinPointer(at, member), "required", "is required"));
    case "oneOf":
    case "anyOf":
      return (
        nearest(document, asArray(part[name]), value, at, depth) ?? [
          issue(at, name, `matches no schema of ${name}`),
        ]
      );
    default:
      return [issue(at, name, wording(name, part[name]))];
  }
}

function memberIssues(side: SchemaSide, value: Json, at: string, depth: number): ResponseIssue[] {
  return isValid(side, value) === true ? [] : search(side, value, at, depth);
}

type Member = readonly [token: string | number, schema: SchemaSide["schema"], value: Json];

/** The members or items that a keyword is about, each with its schema. */
function membersOf(document: JsonObject, part: JsonObject, name: string, value: Json): Member[] {
  const object = asObject(value);
  const pairs: (readonly [string | number, Json | undefined, Json | undefined])[] =
    name === "items"
      ? asArray(value).map((item, index) => [index, part["items"], item] as const)
      : name === "properties"
        ? Object.entries(asObject(part["properties"])).map(([member, schema]) => [
            member,
            schema,
            own(object, member),
          ])
        : Object.keys(object)
            .filter((member) => isAdditional(document, part, object, member))
            .map((member) => [member, part["additionalProperties"], own(object, member)]);
  const first = name === "items" ? asArray(part["prefixItems"]).length : 0;
  return pairs
    .slice(first)
    .flatMap(([token, schema, member]) =>
      member === undefined || (!isObject(schema) && typeof schema !== "boolean")
        ? []
        : [[token, schema, member] as const],
    );
}

function own(object: JsonObject, member: string): Json | undefined {
  return Object.hasOwn(object, member) ? object[member] : undefined;
}

/** True if neither `properties` nor `patternProperties` can name the member. */
function isAdditional(document: JsonObject, part: JsonObject, object: JsonObject, member: string): boolean {
  const { properties, patternProperties } = part;
  const named: JsonObject = {
    ...(properties === undefined ? {} : { properties: asObject(properties) }),
    ...(patternProperties === undefined ? {} : { patternProperties: asObject(patternProperties) }),
  };
  if (Object.hasOwn(asObject(properties), member)) return false;
  if (patternProperties === undefined) return true;
  const alone = { [member]: object[member] ?? null };
  return isValid({ document, schema: { ...named, additionalProperties: false } }, alone) === false;
}

/** The issues of the alternative that the value comes nearest to; `undefined` where some alternative has none. */
function nearest(
  document: JsonObject,
  alternatives: readonly Json[],
  value: Json,
  at: string,
  depth: number,
): ResponseIssue[] | undefined {
  const found = alternatives
    .filter((schema) => isObject(schema) || typeof schema === "boolean")
    .map((schema) => search({ document, schema }, value, at, depth));
  if (found.some((issues) => issues.length === 0)) return undefined;
  // A constant that does not match says that another alternative was meant.
  const distance = (issues: readonly ResponseIssue[]): number =>
    issues.reduce((sum, { rule }) => sum + (rule === "const" || rule === "enum" ? 100 : 1), 0);
  return [...found].sort((a, b) => distance(a) - distance(b))[0];
}

function wording(keyword: string, expected: Json | undefined): string {
  const shown = isArray(expected)
    ? asArray(expected).map(String).join(", ")
    : JSON.stringify(expected ?? null);
  switch (keyword) {
    case "type":
      return `must be of type ${shown}`;
    case "format":
      return `must be a valid ${shown}`;
    case "const":
    case "enum":
      return `must be one of: ${shown.slice(0, 200)}`;
    default:
      return isObject(expected) ? `breaks ${keyword}` : `breaks ${keyword}: ${shown.slice(0, 100)}`;
  }
}

function issue(pointer: string, rule: string, message: string): ResponseIssue {
  return { pointer, rule, message };
}
