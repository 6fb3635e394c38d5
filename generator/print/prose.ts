/** Authors' CommonMark without what could run, load or restyle anything. markdown-it decides what is code and what is not. */
import MarkdownIt, { type Token } from "markdown-it";

/** Reads text as other renderers do: raw HTML is HTML, and every address is a link. */
const reader = new MarkdownIt("commonmark", { html: true, maxNesting: 60 }).enable("table");
reader.validateLink = () => true;

/** What is nested deeper may lie beyond `maxNesting`, where the reader sees nothing. */
const maxLevel = 50;

/** How one place treats raw HTML. */
export interface HtmlPolicy {
  /** Matches the `<` of all HTML that must become text. Global. */
  readonly refused: RegExp;
  /** Escapes what else the renderer gives a meaning to, outside of code. */
  readonly escape?: (text: string) => string;
}

/** All HTML becomes text; autolinks of the web's own schemes stay. */
export const noHtml: HtmlPolicy = { refused: /<(?=[A-Za-z/!?])(?!(?:https?|mailto):)/gi };

/**
 * The source with refused HTML as text, images as links, and no link to a scheme that can run code. Code keeps its text, as
 * far as CommonMark calls it code; an open code block at the end is closed, so that it takes nothing in that follows.
 */
export function sanitizeProse(source: string, policy: HtmlPolicy): string {
  if (isPlain(source)) return policy.escape?.(source) ?? source;
  const text = source.replace(/\r\n?/g, "\n");
  const change = (prose: string): string => {
    const plain = prose.replace(policy.refused, "&lt;").replaceAll("![", "[");
    return policy.escape?.(plain) ?? plain;
  };
  const attempts = [
    () => mapProse(text, (prose) => outsideCodeSpans(prose, change)),
    () => mapProse(text, change),
    () => change(text),
    () => change(text).replaceAll("[", "&#91;"),
  ];
  for (const attempt of attempts) {
    const sanitized = attempt();
    if (isSafe(sanitized, policy)) return closed(sanitized);
  }
  return text.replace(/[&<>[\]!`~{]/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** True if the text has no HTML, no image, no code block, and only links whose address is seen to be harmless. */
function isPlain(text: string): boolean {
  if (/[<~`]|!\[/.test(text)) return false;
  for (const [, address = ""] of text.matchAll(/\](?:\(|:)\s*(\S*)/g))
    if (!/^(?:https?:\/\/|mailto:|[#/.])/.test(address)) return false;
  return true;
}

function isSafe(text: string, { refused }: HtmlPolicy): boolean {
  const isUnsafe = (token: Token): boolean =>
    token.level > maxLevel ||
    token.type === "image" ||
    (/^html_/.test(token.type) && token.content.search(refused) !== -1) ||
    (token.type === "link_open" && !isSafeAddress(String(token.attrGet("href") ?? ""))) ||
    (token.children ?? []).some(isUnsafe);
  return !reader.parse(text, {}).some(isUnsafe);
}

/** True of relative addresses and of schemes that run nothing. */
export function isSafeAddress(address: string): boolean {
  // Browsers skip blanks and control characters (WHATWG URL §4.4).
  const scheme = /^([^/?#]*?):/.exec(address.replace(/[^!-\uffff]+/g, ""))?.[1];
  return scheme === undefined || /^(?:https?|mailto|tel)$/i.test(scheme);
}

/** Changes what is outside of code blocks, fenced or indented, at any depth of lists and quotes. */
function mapProse(text: string, change: (prose: string) => string): string {
  const lines = text.split("\n");
  const isCode = new Set<number>();
  for (const { type, map } of reader.parse(text, {})) {
    if (map === null || (type !== "fence" && type !== "code_block")) continue;
    for (let line = map[0]; line < map[1]; line++) isCode.add(line);
  }
  const parts: string[] = [];
  for (let from = 0; from < lines.length;) {
    let to = from + 1;
    while (to < lines.length && isCode.has(to) === isCode.has(from)) to++;
    const part = lines.slice(from, to).join("\n");
    parts.push(isCode.has(from) ? part : change(part));
    from = to;
  }
  return parts.join("\n");
}

function outsideCodeSpans(prose: string, change: (text: string) => string): string {
  let result = "";
  let from = 0;
  for (const match of prose.matchAll(/(?<!`)(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g)) {
    result += change(prose.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return result + change(prose.slice(from));
}

/** Ends a fenced code block that the text leaves open. */
function closed(text: string): string {
  const tokens = reader.parse(`${text}\n\nend`, {});
  const last = tokens.at(-1);
  return last?.type === "fence" && last.level === 0 ? `${text}\n${last.markup}` : text;
}
