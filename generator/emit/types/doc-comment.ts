/** JSDoc comments of types and members: what the document says of a schema. */
import { isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { commentText } from "../../print/literal.ts";

/** Bounds and hints that TypeScript cannot say, in the order in which they are listed. */
const listed = [
  "format",
  "minimum",
  "exclusiveMinimum",
  "maximum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "pattern",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
  "contentMediaType",
  "contentEncoding",
];

/** The comment with its line breaks, or `""` where there is nothing to say. `links`: addresses of pages about it. */
export function docComment(
  described: JsonObject | undefined,
  indent: string,
  links: readonly string[] = [],
): string {
  if (described === undefined) return "";
  return printComment(
    [...proseOf(described), ...tagsOf(described), ...links.map((link) => `@see ${link}`)],
    indent,
  );
}

/** A JSDoc comment of these lines. */
export function printComment(lines: readonly string[], indent: string): string {
  const text = lines.flatMap((line) => commentText(line).trimEnd().split("\n"));
  const [only = "", second] = text;
  if (only === "" && second === undefined) return "";
  if (second === undefined) return `${indent}/** ${only} */\n`;
  const body = text.map((line) => `${indent} *${line === "" ? "" : ` ${line.trimEnd()}`}\n`);
  return `${indent}/**\n${body.join("")}${indent} */\n`;
}

/** Title or summary, then the description. */
export function proseOf({ title, summary, description }: JsonObject): string[] {
  const [head, text] = [textOf(title) ?? textOf(summary), textOf(description)];
  if (head === undefined || head === text) return text === undefined ? [] : [text];
  return text === undefined ? [head] : [head, "", text];
}

function tagsOf(schema: JsonObject): string[] {
  const tags: string[] = [];
  for (const keyword of listed) {
    const value = schema[keyword];
    if (value !== undefined && !isObject(value)) tags.push(`@${keyword} ${inline(value)}`);
  }
  if (schema["default"] !== undefined) tags.push(`@default ${inline(schema["default"])}`);
  for (const example of examplesOf(schema)) tags.push(`@example ${inline(example)}`);
  if (schema["deprecated"] === true) tags.push("@deprecated");
  return tags;
}

function examplesOf({ example, examples }: JsonObject): readonly Json[] {
  if (example !== undefined) return [example];
  return isArray(examples) ? examples.slice(0, 1) : [];
}

/** Text as it is, where it stays on its line; anything else as JSON. */
function inline(value: Json): string {
  return typeof value === "string" && /^[^\s@"{[][^\n\r@]*$/.test(value) ? value : JSON.stringify(value);
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}
