/** Escaping for reports that others render: documents are not trusted. */
import { printable } from "../../diagnostics/printable.ts";

/** Text for XML and HTML, in elements and in quoted attributes. Control characters are not legal in XML 1.0 (§2.2). */
export function escapeMarkup(text: string): string {
  return text
    .split("\n")
    .map((line) => printable(line).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`))
    .join("\n")
    .replace(
      /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g,
      "\ufffd",
    );
}

/**
 * One line of Markdown in which only code spans are marked up: what stands between backticks stays code, everything else is
 * literal, mentions and issue numbers included. Backticks that do not pair up are literal too. No comment can begin in it.
 */
export function escapeMarkdown(text: string): string {
  const parts = printable(text).split("`");
  if (parts.length % 2 === 0) return parts.map(literal).join("\\`");
  return parts
    .map((part, index) => (index % 2 === 1 ? `\`${part.replaceAll("<!--", "<! --")}\`` : literal(part)))
    .join("");
}

function literal(text: string): string {
  return text.replace(/[\\*_[\]<>|#~!&@]/g, "\\$&").replaceAll("://", ":\\//");
}
