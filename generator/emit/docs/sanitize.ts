/** Takes out of descriptions what could run or load something, before another renderer gets them. */
import { isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";
import { mapProse } from "../../print/markdown.ts";

/** Members of a document that renderers take for CommonMark. */
const prose = new Set(["description", "summary", "title", "x-displayName"]);
/** What stands under these is data, shown as it is. */
const data = new Set(["example", "examples", "default", "enum", "const", "value"]);

/** Elements that do nothing but format, without attributes; and links to the web. */
const plainElement =
  "/?(?:p|br|hr|b|i|em|strong|code|pre|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|th|td|sub|sup|blockquote|h[1-6]|a) ?/?>";
const webLink = 'a href="https?://[^"<>\\s]*"(?: target="_blank")?>';
const otherHtml = new RegExp(`<(?=[A-Za-z/!?])(?!(?:${plainElement}|${webLink}|(?:https?|mailto):))`, "gi");

/** Raw HTML but for plain formatting becomes text, images become links; templates' own marks (`{%`, `{{`) become text. */
export function harmlessMarkdown(source: string): string {
  if (!/[<!{]/.test(source)) return source;
  return mapProse(source, (text) =>
    text
      .replace(otherHtml, "&lt;")
      .replaceAll("![", "[")
      .replace(/\{(?=[%{])/g, "&#123;"),
  );
}

/** The node with its descriptions made harmless, down to any depth; itself where nothing had to change. */
export function harmless(node: Json): Json {
  if (isArray(node)) {
    const items = node.map(harmless);
    return items.every((item, index) => item === node[index]) ? node : items;
  }
  return isObject(node) ? harmlessObject(node) : node;
}

function harmlessObject(node: JsonObject): JsonObject {
  let copy: Record<string, Json> | undefined;
  for (const [name, member] of Object.entries(node)) {
    const changed = data.has(name)
      ? member
      : typeof member === "string" && prose.has(name)
        ? harmlessMarkdown(member)
        : harmless(member);
    if (changed === member) continue;
    copy ??= { ...node };
    Object.defineProperty(copy, name, {
      value: changed,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return copy ?? node;
}
