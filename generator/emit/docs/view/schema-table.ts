/** A schema as the rows of a table: every property with its type, down to a few levels. */
import { asObject, asStrings, isArray, isObject, type Json, type JsonObject } from "../../../json/json.ts";
import { refPointer, resolvePointer } from "../../../json/pointer.ts";
import type { ApiModel, JsonSchema } from "../../../model/api-model.ts";

export interface SchemaRow {
  /** Names of properties from the top, `[]` after an array: `issues[].pointer`. */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** CommonMark; `""` for none. */
  readonly description: string;
  /** Values that it may have; empty for any. */
  readonly values: readonly string[];
}

const maxDepth = 4;
const maxRows = 40;

export function schemaRows({ document }: ApiModel, schema: JsonSchema): SchemaRow[] {
  const rows: SchemaRow[] = [];
  addRows(document, schema, "", 0, rows);
  return rows.slice(0, maxRows);
}

function addRows(document: JsonObject, schema: Json, prefix: string, depth: number, rows: SchemaRow[]): void {
  const target = resolved(document, schema);
  if (target === undefined || depth > maxDepth || rows.length > maxRows) return;
  if (isArray(target["allOf"]))
    for (const part of target["allOf"]) addRows(document, part, prefix, depth, rows);
  const required = new Set(asStrings(target["required"]));
  for (const [name, property] of Object.entries(asObject(target["properties"]))) {
    const row = rowOf(document, property, `${prefix}${name}`, required.has(name));
    rows.push(row);
    const item = itemsOf(document, property);
    addRows(
      document,
      item ?? property,
      `${prefix}${name}${item === undefined ? "" : "[]"}.`,
      depth + 1,
      rows,
    );
  }
}

function rowOf(document: JsonObject, schema: Json, name: string, required: boolean): SchemaRow {
  const target = resolved(document, schema) ?? {};
  // A sibling of `$ref` says what the property is for; the schema itself says what it is.
  const own = isObject(schema) ? schema["description"] : undefined;
  const description = own ?? target["description"];
  const values = isArray(target["enum"])
    ? target["enum"]
    : target["const"] === undefined
      ? []
      : [target["const"]];
  return {
    name,
    type: typeText(document, target),
    required,
    description: typeof description === "string" ? description.trim() : "",
    values: values.slice(0, 20).map((value) => JSON.stringify(value)),
  };
}

function typeText(document: JsonObject, schema: JsonObject, depth = 0): string {
  const { type, format } = schema;
  const names = isArray(type) ? asStrings(type) : typeof type === "string" ? [type] : [];
  const text = names.map((name) => {
    if (name === "array" && depth < maxDepth) {
      const item = resolved(document, schema["items"]);
      return item === undefined ? "array" : `array of ${typeText(document, item, depth + 1)}`;
    }
    return name === "string" && typeof format === "string" ? `string (${format})` : name;
  });
  return text.length === 0 ? "any" : text.join(" or ");
}

function itemsOf(document: JsonObject, schema: Json): Json | undefined {
  const target = resolved(document, schema);
  return target?.["items"];
}

function resolved(document: JsonObject, schema: Json | undefined): JsonObject | undefined {
  let node = schema;
  for (let step = 0; step < 20 && isObject(node) && typeof node["$ref"] === "string"; step++) {
    const pointer = refPointer(node["$ref"]);
    node = pointer === undefined ? undefined : resolvePointer(document, pointer);
  }
  return isObject(node) ? node : undefined;
}
