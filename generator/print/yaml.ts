/** Writes JSON data as block-style YAML that readers of YAML 1.1 and of YAML 1.2 turn back into the same data. */
import { isArray, type Json, type JsonObject } from "../json/json.ts";
import { yamlKey, yamlScalar } from "./yaml-scalar.ts";

type Collection = readonly Json[] | JsonObject;

/** The document as YAML: two spaces a level, no anchors, no folded lines; ends with a line feed. */
export function yamlText(root: JsonObject): string {
  return isEmpty(root) ? "{}\n" : block(root, "", "");
}

/** The lines of a collection that is not empty. `first` stands before the first one, `indent` before every other. */
function block(value: Collection, indent: string, first: string): string {
  let lines = "";
  let start = first;
  if (isArray(value)) {
    for (const item of value) {
      lines += `${start}- ${isBlock(item) ? block(item, `${indent}  `, "") : `${inline(item, indent)}\n`}`;
      start = indent;
    }
    return lines;
  }
  for (const name of Object.keys(value)) {
    // `name` is a key of `value`.
    const member = value[name] as Json;
    lines += `${start}${yamlKey(name, indent)}`;
    lines += isBlock(member)
      ? `\n${block(member, `${indent}  `, `${indent}  `)}`
      : ` ${inline(member, indent)}\n`;
    start = indent;
  }
  return lines;
}

function isBlock(value: Json): value is Collection {
  return typeof value === "object" && value !== null && !isEmpty(value);
}

function isEmpty(value: Collection): boolean {
  return isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}

function inline(value: Json, indent: string): string {
  if (typeof value === "object" && value !== null) return isArray(value) ? "[]" : "{}";
  return yamlScalar(value, `${indent}  `);
}
