/** Keywords for arrays as a type: a list, or a tuple where items have places. */
import { append } from "../../json/append.ts";
import { asArray, type Json, type JsonObject } from "../../json/json.ts";
import { isSchema } from "../../schema/analyse/subschemas.ts";
import type { SchemaReader } from "./read-schema.ts";
import { below, type SchemaSite } from "./schema-site.ts";
import { never, unknown, type ListType, type Type } from "./type.ts";

/** Longer tuples than this are lists: nobody reads them. */
const longestTuple = 30;

/** `undefined` where the schema says nothing of items. */
export function readList(reader: SchemaReader, site: SchemaSite, schema: JsonObject): ListType | undefined {
  const keyword = schema["items"] === undefined && isPlain(schema) ? "unevaluatedItems" : "items";
  const items = schema[keyword];
  const prefix = asArray(schema["prefixItems"]);
  const { arrayLength } = reader.settings;
  const least = count(schema["minItems"]) ?? 0;
  const most = count(schema["maxItems"]);
  const isCounted = arrayLength && (least > 0 || most !== undefined);
  if (items === undefined && prefix.length === 0 && !isCounted) return undefined;
  const leading = prefix.map((item, i): Type =>
    isSchema(item) ? reader.read(below(site, item, "prefixItems", i)) : unknown,
  );
  const rest = isSchema(items) ? reader.read(below(site, items, keyword)) : unknown;
  if (arrayLength) append(leading, counted(rest, leading.length, least, most));
  const end = Math.min(leading.length, most ?? leading.length);
  const isClosed = rest === never || (most !== undefined && most <= leading.length && leading.length > 0);
  return {
    kind: "list",
    leading: leading.slice(0, end),
    least: Math.min(least, end),
    ...(isClosed ? {} : { rest }),
  };
}

/** Places for items that must be there, or for all that there may be. */
function counted(rest: Type, from: number, least: number, most: number | undefined): Type[] {
  const upTo = most !== undefined && most <= longestTuple ? most : least;
  const isReadable = rest !== never && upTo <= longestTuple && upTo > from;
  return isReadable ? Array.from({ length: upTo - from }, () => rest) : [];
}

function count(value: Json | undefined): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : undefined;
}

const evaluating = ["$ref", "$dynamicRef", "allOf", "anyOf", "oneOf", "if", "dependentSchemas", "contains"];

/** Nothing beside `prefixItems` evaluates items: `unevaluatedItems` is about all others. */
function isPlain(schema: JsonObject): boolean {
  return evaluating.every((keyword) => schema[keyword] === undefined);
}
