/** Keywords for objects as a type: members, and what others there may be. */
import { append } from "../../json/append.ts";
import { asStrings, compareText, isObject, type JsonObject } from "../../json/json.ts";
import type { JsonSchema } from "../../model/api-model.ts";
import { hidden, hiddenNames } from "../../schema/analyse/direction.ts";
import { isSchema } from "../../schema/analyse/subschemas.ts";
import { intersect, unite } from "./combine.ts";
import type { SchemaReader } from "./read-schema.ts";
import { below, type SchemaSite } from "./schema-site.ts";
import {
  closed,
  never,
  unknown,
  type Member,
  type ObjectType,
  type OtherMembers,
  type Type,
} from "./type.ts";

const keywords = [
  "properties",
  "required",
  "patternProperties",
  "additionalProperties",
  "unevaluatedProperties",
];

/** `undefined` where the schema says nothing of objects. */
export function readObject(
  reader: SchemaReader,
  site: SchemaSite,
  schema: JsonObject,
): ObjectType | undefined {
  const others = otherMembers(reader, site, schema);
  if (!keywords.some((keyword) => schema[keyword] !== undefined))
    return others === undefined ? undefined : { kind: "object", members: [], others };
  const required = requiredNames(site, schema);
  const declared = isObject(schema["properties"]) ? schema["properties"] : {};
  const { excludeDeprecated, alphabetize } = reader.settings;
  const members = Object.entries(declared).flatMap(([name, member]): Member[] =>
    !isSchema(member) || (excludeDeprecated && isObject(member) && member["deprecated"] === true)
      ? []
      : [readMember(reader, site, name, member, required.has(name))],
  );
  const undeclared = [...required].filter((name) => !Object.hasOwn(declared, name));
  append(
    members,
    undeclared.map((name) => readUndeclared(reader, site, name, others)),
  );
  if (alphabetize) members.sort((a, b) => compareText(a.name, b.name));
  return { kind: "object", members, ...(others === undefined ? {} : { others }) };
}

function readMember(
  reader: SchemaReader,
  site: SchemaSite,
  name: string,
  schema: JsonSchema,
  required: boolean,
): Member {
  const inner = below(site, schema, "properties", name);
  const described = isObject(schema) ? schema : undefined;
  // It may not be there in this direction, and TypeScript can say that.
  if (hidden(site, inner.node) !== undefined) return { name, type: never, optional: true };
  const isFilled = reader.settings.defaultNonNullable && described?.["default"] !== undefined;
  return { name, type: reader.read(inner), optional: !required && !isFilled, described };
}

/** A member that is required here and declared in another part of an `allOf`, or nowhere. */
function readUndeclared(
  reader: SchemaReader,
  site: SchemaSite,
  name: string,
  others: OtherMembers | undefined,
): Member {
  const parts = new Set([site.top, site.node].flatMap((node) => [...reader.loops.reached(node, "all")]));
  const declared = [...parts].flatMap((node): Type[] => {
    const properties = isObject(node.schema) ? node.schema["properties"] : undefined;
    const schema = isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
    return isSchema(schema) ? [reader.read(below({ ...site, node }, schema, "properties", name))] : [];
  });
  const type = declared.reduce(intersect, others?.all === true ? others.type : unknown);
  return { name, type, optional: false };
}

/** Names that the schema requires, without those that messages in this direction do not have. */
function requiredNames(site: SchemaSite, schema: JsonObject): ReadonlySet<string> {
  const kept = hiddenNames(site);
  return new Set(asStrings(schema["required"]).filter((name) => !kept.has(name)));
}

function otherMembers(reader: SchemaReader, site: SchemaSite, schema: JsonObject): OtherMembers | undefined {
  const { patternProperties, additionalProperties } = schema;
  const keyword =
    additionalProperties === undefined && isPlain(schema) ? "unevaluatedProperties" : "additionalProperties";
  const rest = schema[keyword];
  const type = isSchema(rest) ? reader.read(below(site, rest, keyword)) : undefined;
  if (isObject(patternProperties) && Object.keys(patternProperties).length > 0) {
    const matched = Object.entries(patternProperties).map(([source, one]): Type =>
      isSchema(one) ? reader.read(below(site, one, "patternProperties", source)) : unknown,
    );
    return { type: unite([...matched, type ?? unknown]), all: false };
  }
  if (type === undefined)
    return reader.settings.additionalProperties ? { type: unknown, all: true } : undefined;
  return type === never ? closed : { type, all: true };
}

const evaluating = [
  "$ref",
  "$dynamicRef",
  "allOf",
  "anyOf",
  "oneOf",
  "if",
  "dependentSchemas",
  "dependencies",
];

/** Nothing beside `properties` and `patternProperties` evaluates members: `unevaluatedProperties` is about all others. */
function isPlain(schema: JsonObject): boolean {
  return evaluating.every((keyword) => schema[keyword] === undefined);
}
