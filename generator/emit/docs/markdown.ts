/** CommonMark of the document as HTML that cannot run, load or restyle anything. */
import MarkdownIt from "markdown-it";
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
for (const rule of ["heading_open", "heading_close"]) {
  // The page's own outline comes first: an author's `# Title` is a part of a section.
  renderer.renderer.rules[rule] = (tokens, index, options, _env, self) => {
    const token = tokens[index];
    if (token !== undefined) token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 2)}`;
    return self.renderToken(tokens, index, options);
  };
}

/** Blocks: paragraphs, lists, code, tables. */
export function markdownHtml(source: string): Html {
  return html(renderer.render(source));
}

/** One line without a paragraph around it. */
export function inlineMarkdownHtml(source: string): Html {
  return html(renderer.renderInline(source.replace(/\s*\n\s*/g, " ").trim()));
}

/** The first sentence, as plain text, for descriptions of pages. */
export function firstSentence(source: string): string {
  const text = source
    .replace(/[*_`]/g, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
  const end = /[.!?](?=\s|$)/.exec(text);
  return end === null ? text.slice(0, 200) : text.slice(0, Math.min(200, end.index + 1));
}
