/** Prints values and names of a document as TypeScript source. Nothing in them can end a string, a comment or a key. */
import { isArray, isObject, type Json } from "../json/json.ts";

/** A string literal in double quotes. Line separators are escaped: some tools still end a line at them. */
export function stringLiteral(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A property key: bare where it is an ASCII identifier, else quoted; `__proto__` computed, because quoted it would set the prototype. */
export function propertyKey(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) || /^(?:0|[1-9]\d{0,8})$/.test(name) ? name : stringLiteral(name);
}

/** The same for type members, where `__proto__` means nothing special. */
export function memberName(name: string): string {
  return name === "__proto__" ? stringLiteral(name) : propertyKey(name);
}

/** A JSON value as an expression, on one line. */
export function jsonLiteral(value: Json): string {
  if (typeof value === "string") return stringLiteral(value);
  if (isArray(value)) return `[${value.map(jsonLiteral).join(", ")}]`;
  if (!isObject(value)) return String(value);
  const members = Object.entries(value).map(
    ([name, member]) => `${propertyKey(name)}: ${jsonLiteral(member)}`,
  );
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

const lineWidth = 110;

/** The same over as many lines as it takes to keep them short; `indent` is that of the line it starts on. */
export function jsonLines(value: Json, indent = ""): string {
  const line = jsonLiteral(value);
  if (indent.length + line.length <= lineWidth || (!isArray(value) && !isObject(value))) return line;
  const inner = `${indent}  `;
  const lines = isArray(value)
    ? value.map((item) => jsonLines(item, inner))
    : Object.entries(value).map(([name, member]) => `${propertyKey(name)}: ${jsonLines(member, inner)}`);
  const [open, close] = isArray(value) ? ["[", "]"] : ["{", "}"];
  return `${open}\n${lines.map((text) => `${inner}${text},\n`).join("")}${indent}${close}`;
}

/** Text for the inside of a block comment. */
export function commentText(text: string): string {
  return text.replaceAll("*/", "*\\/").replace(/\r\n?|[\u2028\u2029]/g, "\n");
}

/** A union of string literals, over several lines where it is long; `never` for none. */
export function stringUnion(values: readonly string[]): string {
  const line = values.length === 0 ? "never" : values.map(stringLiteral).join(" | ");
  return line.length <= lineWidth ? line : values.map((value) => `\n  | ${stringLiteral(value)}`).join("");
}

/** An object on one line, of members as text. */
export function objectLine(members: readonly string[]): string {
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}
