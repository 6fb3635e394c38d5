/** Makes an author's text safe to print: documents are not trusted, and a terminal obeys control characters. */

import type { Json } from "../json/json.ts";

/** C0 (tab and line feed included), DEL, C1, bidirectional controls, zero-width characters, U+2028, U+2029. */
const control = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** One line of text: white space becomes a space, every other control character `·`. The length does not change. */
export function printable(text: string): string {
  return text.replace(control, (character) => (/[\t\n\r\u2028\u2029]/.test(character) ? " " : "·"));
}

/** Characters of an author's text that a sentence can hold. */
const readable = 60;

/** The beginning of a text that is too long for a sentence, in whole characters; the code frame shows more. */
export function excerpt(text: string): string {
  if (text.length <= readable) return text;
  return `${text.slice(0, readable - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** JSON, indented or on one line, whose control characters are escaped (RFC 8259 §7), so that it stays what it says. */
export function printableJson(value: Json, indent?: number): string {
  const text = JSON.stringify(value, null, indent);
  // Those below U+0020 are escaped already; a line feed is the indentation's own.
  return text.replace(control, (character) =>
    character < " " ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
