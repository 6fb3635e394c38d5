/** Authors' prose: whatever wraps it, no renderer of CommonMark finds HTML in it that may load, run or restyle. */
import fc from "fast-check";
import MarkdownIt, { type Token } from "markdown-it";
import { describe, expect, it } from "vitest";
import { sanitizeDocument, sanitizeMarkdown } from "../../generator/emit/docs/sanitize.ts";
import { authoredInline, authoredMarkdown } from "../../generator/print/markdown.ts";
import { isSafeAddress } from "../../generator/print/prose.ts";
import "../support/property-seed.ts";

const reader = new MarkdownIt("commonmark", { html: true, maxNesting: 1000 }).enable("table");
reader.validateLink = () => true;

/** What a renderer would make of the text besides text: HTML, images, and links that may run code. */
function active(text: string): string[] {
  const walk = (token: Token): string[] => [
    ...(/^html_/.test(token.type) ? [token.content.trim()] : []),
    ...(token.type === "image" ? [`image ${String(token.attrGet("src"))}`] : []),
    ...(token.type === "link_open" && !isSafeAddress(String(token.attrGet("href")))
      ? [`link ${String(token.attrGet("href"))}`]
      : []),
    ...(token.children ?? []).flatMap(walk),
  ];
  return reader.parse(text, {}).flatMap(walk);
}

const payload = '<img src="https://evil.example/x">';

/** Text that looks like code to a regular expression, or hides HTML from it. */
const wrappers: Readonly<Record<string, string>> = {
  "a fence that an indented one does not close": `\`\`\`\na\n    \`\`\`\n\`\`\`\n${payload}\n\`\`\``,
  "a fence of tildes with backticks in it": `~~~\n\`\`\`\n~~~\n${payload}\n\`\`\`\n`,
  "a fence in a quote that ends with the quote": `> \`\`\`\n> a\n\n${payload}\n`,
  "a fence in a list that ends with the list": `- \`\`\`\n  a\n\n${payload}\n\n\`\`\`\n`,
  "a fence whose info string has a backtick": `\`\`\`a\`b\n${payload}\n\`\`\`\n`,
  "a span that a blank line ends": `\`a\n\n${payload} \``,
  "a span after an escaped backtick": `\\\`${payload}\``,
  "a span between two blocks": `# \`a\n${payload} \`b`,
  "a span in a cell of a table": `| a | b |\n| - | - |\n| \`x | ${payload} \` |`,
  "a line that is indented inside a paragraph": `a\n    ${payload}`,
  "an indented line after a list": `- a\n\n    ${payload}`,
  "a comment": `<!-- -->${payload}<!-- -->`,
  "a processing instruction": `<?a ?>${payload}`,
  "a declaration": `<!A>${payload}`,
  CDATA: `<![CDATA[ ]]>${payload}`,
  "a block of plain HTML": `<p>\n${payload}\n</p>`,
  "pre as plain HTML": `<pre>\n\`\`\`\n</pre>\n${payload}`,
  "a tag over two lines": `<img\nsrc="https://evil.example/x">`,
  "an image": "![a](https://evil.example/x)",
  "an image by reference": "![a][b]\n\n[b]: https://evil.example/x",
  "an image in a link": "[![a](https://evil.example/x)](https://a.example)",
  "a link to a script": "[a](javascript:alert)",
  "a link to a script, in entities": "[a](java&#115;cript:alert)",
  "a link to a script, by reference": "[a]\n\n[a]: JavaScript:alert",
  "an autolink to a script": "<javascript:alert>",
  "line ends of old machines": `\`\`\`\r${payload}\r\`\`\`\r${payload}`,
  "deep quotes": `${"> ".repeat(80)}${payload}`,
  "deep lists": `${"- ".repeat(80)}${payload}`,
};

describe("prose", () => {
  it.each(Object.entries(wrappers))("%s", (_name, source) => {
    expect(active(sanitizeMarkdown(source)).filter((html) => !/^<\/?(?:p|pre)>\s*/.test(html))).toEqual([]);
    expect(active(authoredMarkdown(source))).toEqual([]);
    expect(sanitizeMarkdown(source)).not.toContain('<img src="https://evil.example/x">\n</p>');
  });

  it("keeps code, plain formatting and links", () => {
    const source =
      "A **b** <br> [c](https://a.example) `<d>`\n\n```html\n<e>\n```\n\n> ~~~\n> <f>\n> ~~~\n\n- g\n\n      <h>\n";
    expect(sanitizeMarkdown(source)).toBe(source);
    expect(authoredMarkdown(source)).toBe(source.replace("<br>", "&lt;br>").trim());
  });

  it("closes a fence that the author left open, so that the next text is not taken in", () => {
    const first = authoredMarkdown("```\na");
    const second = authoredMarkdown(`\`\`\`\n${payload}\n\`\`\``);
    expect(active(`${first}\n\n${second}`)).toEqual([]);
  });

  it("opens no block behind other text of a line", () => {
    expect(active(`**Then.** ${authoredInline(`~~~\n${payload}\n~~~`)}`)).toEqual([]);
    expect(active(`**Then.** ${authoredInline(`    ${payload}`)}`)).toEqual([]);
  });

  it("has no active part, whatever it is made of", () => {
    const pieces = [
      "`",
      "``",
      "```",
      "~~~",
      "\n",
      "\n\n",
      " ",
      "    ",
      "> ",
      "- ",
      "1. ",
      "| ",
      "|-|\n",
      "\\",
      "#",
      "&lt;",
    ];
    const texts = [
      "a",
      payload,
      "<!--",
      "-->",
      "<p>",
      "</p>",
      "<pre>",
      "</pre>",
      "![a](b)",
      "[a](javascript:b)",
      "[",
      "]",
    ];
    const source = fc
      .array(fc.constantFrom(...pieces, ...texts), { maxLength: 14 })
      .map((parts) => parts.join(""));
    let met = 0;
    fc.assert(
      fc.property(source, source, (one, other) => {
        if (active(one).length > 0) met++;
        expect(active(`${authoredMarkdown(one)}\n\n${authoredMarkdown(other)}`)).toEqual([]);
        expect(active(sanitizeMarkdown(one)).filter((html) => html.includes("<img"))).toEqual([]);
      }),
      { numRuns: 3000 },
    );
    expect(met).toBeGreaterThan(300);
  });
});

describe("a document", () => {
  const html = "<script>x</script>";
  const text = "&lt;script>x&lt;/script>";

  it("has its prose sanitized where a name looks like data", () => {
    expect(
      sanitizeDocument({
        responses: { default: { description: html } },
        examples: { default: { summary: html, value: html } },
        properties: { example: { description: html, example: html }, value: { title: html, enum: [html] } },
        flows: { implicit: { scopes: { read: html } } },
      }),
    ).toEqual({
      responses: { default: { description: text } },
      examples: { default: { summary: text, value: html } },
      properties: { example: { description: text, example: html }, value: { title: text, enum: [html] } },
      flows: { implicit: { scopes: { read: text } } },
    });
  });

  it("loads no logo from elsewhere and links to no script", () => {
    const info = {
      termsOfService: "javascript:alert(1)",
      contact: { url: "java\nscript:alert(1)" },
      license: { url: "https://a.example" },
    };
    const clean = { termsOfService: "#", contact: { url: "#" }, license: { url: "https://a.example" } };
    const remote = { url: "https://evil.example/x.svg", altText: "A" };
    expect(sanitizeDocument({ ...info, "x-logo": remote })).toEqual({ ...clean, "x-logo": { altText: "A" } });
    expect(sanitizeDocument({ "x-logo": { url: "//evil.example/x" } })).toEqual({ "x-logo": {} });
    expect(sanitizeDocument({ "x-logo": { href: "javascript:alert(1)" } })).toEqual({ "x-logo": {} });
    const own = { "x-logo": { url: "./logo.svg", href: "https://a.example" } };
    expect(sanitizeDocument(own)).toEqual(own);
  });
});
