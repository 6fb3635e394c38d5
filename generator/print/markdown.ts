/** Puts text of a document into Markdown so that it stays text. */
import { greatest } from "../json/extremes.ts";
import { noHtml, sanitizeProse } from "./prose.ts";

/** Inline text: every character that CommonMark gives a meaning to is escaped (§2.4), line ends become spaces. */
export function markdownText(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").replace(/[\\`*_{}[\]<>#+!|~&]/g, "\\$&");
}

/** A code span that any text fits into (§6.1): fenced by more backticks than it holds. A table needs its bars escaped even here. */
export function markdownCode(text: string): string {
  const line = text.replace(/\s*[\r\n]+\s*/g, " ").replaceAll("|", "\\|");
  const longest = longestRun(line, 0);
  const fence = "`".repeat(longest + 1);
  const pad = line === "" || line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** The length of the longest run of backticks, or `least`. */
function longestRun(text: string, least: number): number {
  return greatest(
    (text.match(/`+/g) ?? []).map((run) => run.length),
    least,
  );
}

/** The destination of a link (§6.3): whatever could end it is percent-encoded (RFC 3986 §2.1). */
export function markdownUrl(address: string): string {
  return address.replace(/[\s()<>\\|]/g, (char) =>
    encodeURIComponent(char).replace(/[()]/g, (bracket) => (bracket === "(" ? "%28" : "%29")),
  );
}

/** A fenced code block (§4.5) that any text fits into. */
export function markdownBlock(text: string, language: string): string {
  const longest = longestRun(text, 2);
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n$/, "")}\n${fence}`;
}

/** The author's own CommonMark: kept, but raw HTML in it becomes text. */
export function authoredMarkdown(source: string): string {
  return sanitizeProse(source.trim(), noHtml);
}

/** The same for text that goes on in a line: what would open a block at the start of a line opens none here. */
export function authoredInline(source: string): string {
  const before = "x ";
  return sanitizeProse(before + source.trim(), noHtml).slice(before.length);
}

/** The anchor that renderers give a heading of this text: lower case; letters, digits, `-` and `_`; blanks as `-`. */
export function headingAnchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/\s/g, "-")
    .replace(/[^\p{L}\p{N}_-]/gu, "");
}
