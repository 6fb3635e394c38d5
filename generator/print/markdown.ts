/** Puts text of a document into Markdown so that it stays text. */

/** Inline text: every character that CommonMark gives a meaning to is escaped (§2.4), line ends become spaces. */
export function markdownText(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").replace(/[\\`*_{}[\]<>#+!|~&]/g, "\\$&");
}

/** A code span that any text fits into (§6.1): fenced by more backticks than it holds. A table needs its bars escaped even here. */
export function markdownCode(text: string): string {
  const line = text.replace(/\s*[\r\n]+\s*/g, " ").replaceAll("|", "\\|");
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = line === "" || line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** The destination of a link (§6.3): whatever could end it is percent-encoded (RFC 3986 §2.1). */
export function markdownUrl(address: string): string {
  return address.replace(/[\s()<>\\|]/g, (char) =>
    encodeURIComponent(char).replace(/[()]/g, (bracket) => (bracket === "(" ? "%28" : "%29")),
  );
}

/** A fenced code block (§4.5) that any text fits into. */
export function markdownBlock(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n$/, "")}\n${fence}`;
}

/** The author's own CommonMark: kept, but raw HTML in it becomes text. */
export function authoredMarkdown(source: string): string {
  return mapProse(source, withoutHtml).trim();
}

/** Changes what is not in a code span or a code block. */
export function mapProse(source: string, change: (text: string) => string): string {
  const code = /(^ {0,3}(`{3,}|~{3,})[\s\S]*?(?:^ {0,3}\2|(?![\s\S]))|(`+)(?!`)[\s\S]*?[^`]\3(?!`))/gm;
  let result = "";
  let from = 0;
  for (const match of source.matchAll(code)) {
    result += change(source.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return result + change(source.slice(from));
}

/** `<` before anything that could begin a tag, a comment or a declaration; autolinks of the web's own schemes stay. */
function withoutHtml(text: string): string {
  return text.replace(/<(?=[A-Za-z/!?])(?!(?:https?|mailto):)/g, "&lt;");
}

/** The anchor that renderers give a heading of this text: lower case; letters, digits, `-` and `_`; blanks as `-`. */
export function headingAnchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/\s/g, "-")
    .replace(/[^\p{L}\p{N}_-]/gu, "");
}
