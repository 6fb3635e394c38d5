/** Reads `type`: names of other languages and of older specifications that have one meaning here. */
import { isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";
import type { StructureReport } from "./report.ts";

const known: ReadonlySet<string> = new Set([
  "string",
  "number",
  "integer",
  "boolean",
  "object",
  "array",
  "null",
]);

/** Other names: a type, and the format that the name says where the schema has none. */
const aliases: Readonly<Record<string, readonly [type: string, format?: string]>> = {
  int: ["integer"],
  int32: ["integer", "int32"],
  int64: ["integer", "int64"],
  long: ["integer", "int64"],
  float: ["number"],
  double: ["number"],
  decimal: ["number"],
  numeric: ["number"],
  bool: ["boolean"],
  str: ["string"],
  text: ["string"],
  date: ["string", "date"],
  datetime: ["string", "date-time"],
  "date-time": ["string", "date-time"],
  uuid: ["string", "uuid"],
  uri: ["string", "uri"],
  url: ["string"],
  email: ["string", "email"],
  password: ["string", "password"],
  file: ["string", "binary"],
  binary: ["string", "binary"],
  list: ["array"],
  map: ["object"],
  dict: ["object"],
};

/** The schema with a `type` that JSON Schema has, or with none. */
export function readType(schema: JsonObject, report: StructureReport): JsonObject {
  const { type } = schema;
  if (type === undefined || (typeof type === "string" && known.has(type))) return schema;
  if (isArray(type)) return readList(schema, type, report);
  const { type: _type, ...rest } = schema;
  const alias = typeof type === "string" ? aliasOf(type) : undefined;
  const shown = `\`type\` is \`${JSON.stringify(type).slice(0, 40)}\`, which is not a type of JSON Schema`;
  if (alias === undefined) {
    const message = `${shown}; it is left out, so values of every type are accepted.`;
    report.add("lockstep/schema-type", message, ["type"]);
    return rest;
  }
  const [name, format] = alias;
  report.add("lockstep/schema-type", `${shown}; it is read as \`${name}\`.`, ["type"]);
  const said = format === undefined || schema["format"] !== undefined ? {} : { format };
  return { ...rest, type: name, ...said };
}

function readList(schema: JsonObject, list: readonly Json[], report: StructureReport): JsonObject {
  if (list.length > 0 && list.every((name) => typeof name === "string" && known.has(name))) return schema;
  const { type: _type, ...rest } = schema;
  const read = list.flatMap((name) => {
    if (name === null) return ["null"];
    if (typeof name !== "string") return [];
    const alias: readonly [string, string?] | undefined = known.has(name) ? [name] : aliasOf(name);
    return alias === undefined ? [] : [alias[0]];
  });
  const complete = list.length > 0 && read.length === list.length;
  const names = [...new Set(read)];
  const message = complete
    ? `\`type\` lists names that are not types of JSON Schema; it is read as \`${JSON.stringify(names)}\`.`
    : "`type` lists names that are not types of JSON Schema; it is left out, so values of every type are accepted.";
  report.add("lockstep/schema-type", message, ["type"]);
  return complete ? { ...rest, type: names } : rest;
}

function aliasOf(name: string): readonly [string, string?] | undefined {
  const lower = name.trim().toLowerCase();
  if (known.has(lower)) return [lower];
  return Object.hasOwn(aliases, lower) ? aliases[lower] : undefined;
}

/** The schema that a value of another type stands for in its place. */
export function schemaFrom(value: Json): JsonObject | boolean | undefined {
  if (isObject(value)) return value;
  if (typeof value !== "string") return value === null ? {} : undefined;
  if (/^(?:true|false)$/i.test(value)) return value.toLowerCase() === "true";
  if (value.includes("#/")) return { $ref: value };
  const alias = aliasOf(value);
  if (alias === undefined) return undefined;
  const [type, format] = alias;
  return { type, ...(format === undefined ? {} : { format }) };
}
