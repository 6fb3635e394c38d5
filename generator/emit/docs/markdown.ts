/** CommonMark of the document as HTML that cannot run, load or restyle anything. */
import { smallest } from "../../json/extremes.ts";
import MarkdownIt, { type Token } from "markdown-it";
import { escapeHtml, html, type Html } from "../../print/html.ts";

/** Raw HTML in the source becomes text; so do images, because a page of the site loads nothing from elsewhere. */
const renderer = new MarkdownIt("commonmark", { html: false, maxNesting: 40 }).enable("table");

// Only addresses that mean the same on every page; a relative one was written for another place.
renderer.validateLink = (address) => /^(?:https?:\/\/|mailto:)[^\s]*$/i.test(address);

renderer.renderer.rules["image"] = (tokens, index) => {
  const token = tokens[index];
  const address = String(token?.attrGet("src") ?? "");
  const label = token?.content === undefined || token.content === "" ? address : token.content;
  return `<a href="${escapeHtml(address)}" rel="nofollow noopener">${escapeHtml(label)}</a>`;
};
renderer.renderer.rules["link_open"] = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet("rel", "nofollow noopener");
  return self.renderToken(tokens, index, options);
};
renderer.renderer.rules["table_open"] = () =>
  '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>\n';
renderer.renderer.rules["table_close"] = () => "</table></div>\n";

/** The page's own outline comes first: an author's headings begin at `top` and leave no level out. */
function fitHeadings(tokens: readonly Token[], top: number): void {
  const headings = tokens.filter(({ type }) => type === "heading_open" || type === "heading_close");
  const highest = smallest(headings.map(({ tag }) => Number(tag.slice(1))));
  let previous = top - 1;
  for (const heading of headings) {
    if (heading.type === "heading_open") {
      previous = Math.min(Number(heading.tag.slice(1)) - highest + top, previous + 1, 6);
    }
    heading.tag = `h${previous}`;
  }
}

/** Blocks: paragraphs, lists, code, tables. `top` is the level of the highest heading. */
export function markdownHtml(source: string, top: number): Html {
  const environment = {};
  const tokens = renderer.parse(source, environment);
  fitHeadings(tokens, top);
  return html(renderer.renderer.render(tokens, renderer.options, environment));
}

/** One line without a paragraph around it. */
export function inlineMarkdownHtml(source: string): Html {
  return html(renderer.renderInline(source.replace(/\s*\n\s*/g, " ").trim()));
}

/** The first sentence, as plain text, for descriptions of pages. */
export function firstSentence(source: string): string {
  const text = source
    .replace(/[*`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
  const end = /[.!?](?=\s|$)/.exec(text);
  return end === null ? text.slice(0, 200) : text.slice(0, Math.min(200, end.index + 1));
}
