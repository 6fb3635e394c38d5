/** Nothing in a document's texts can end a string, a comment, a code span or a table cell. */
import { describe, expect, it } from "vitest";
import {
  commentText,
  jsonLines,
  jsonLiteral,
  propertyKey,
  stringLiteral,
} from "../../generator/print/literal.ts";
import {
  authoredMarkdown,
  headingAnchor,
  markdownBlock,
  markdownCode,
  markdownText,
} from "../../generator/print/markdown.ts";
import { compileMarkdown } from "../../generator/print/template.ts";

function evaluate(expression: string): unknown {
  // The whole point of the test: what was printed is executed.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  return (new Function(`return (${expression});`) as () => unknown)();
}

const nasty = [
  '"',
  "'",
  "`${1}`",
  "\\",
  "\u2028",
  "\u2029",
  "*/",
  "</script>",
  "\u0000",
  "\ufeff",
  "a\nb",
  "\ud800",
];

describe("literals", () => {
  it.each(nasty)("%j survives as a string and as a key", (text) => {
    expect(evaluate(stringLiteral(text))).toBe(text);
    expect(Object.entries(evaluate(`{ ${propertyKey(text)}: 1 }`) ?? {})).toEqual([[text, 1]]);
  });

  it("gives `__proto__` as a member, not as the prototype", () => {
    const value = evaluate(jsonLiteral(Object.fromEntries([["__proto__", { polluted: true }]])));
    expect(Object.keys(value ?? {})).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it("prints any depth on several lines", () => {
    const value = { a: "x".repeat(200), list: [{ b: "y".repeat(200) }, 1, null, true], empty: {}, none: [] };
    expect(evaluate(jsonLines(value))).toEqual(value);
  });

  it("keeps comments closed", () => {
    expect(commentText("a */ b\r\nc\u2028d")).toBe("a *\\/ b\nc\nd");
  });
});

describe("markdown", () => {
  it("escapes what CommonMark gives a meaning to", () => {
    expect(markdownText("<b> [a](b) *c* | `d`\n# e")).toBe("\\<b\\> \\[a\\](b) \\*c\\* \\| \\`d\\` \\# e");
  });

  it("fences code with more backticks than it holds", () => {
    expect(markdownCode("a`b``c")).toBe("```a`b``c```");
    expect(markdownCode("`")).toBe("`` ` ``");
    expect(markdownBlock("a\n````\n", "json")).toBe("`````json\na\n````\n`````");
  });

  it("turns raw HTML of an author into text, but not inside code", () => {
    expect(
      authoredMarkdown("a <script>x</script> `<b>` <https://a.example>\n\n```\n<i>\n```\n<!-- c -->"),
    ).toBe("a &lt;script>x&lt;/script> `<b>` <https://a.example>\n\n```\n<i>\n```\n&lt;!-- c -->");
  });

  it("gives the anchors that renderers give", () => {
    expect(headingAnchor("not_found")).toBe("not_found");
    expect(headingAnchor("<A B>.c")).toBe("a-bc");
  });
});

describe("compileMarkdown", () => {
  it("refuses a value without an escaper", () => {
    expect(() => compileMarkdown("a {{name}}")).toThrow("without an escaper");
    expect(() => compileMarkdown("a {{{name}}}")).toThrow("without an escaper");
  });

  it("refuses a member that the view does not have", () => {
    expect(() => compileMarkdown<{ other: string }>("{{text name}}")({ other: "" })).toThrow("does not have");
  });

  it("never compiles the values", () => {
    expect(compileMarkdown<{ name: string }>("{{text name}}")({ name: "{{evil}}" })).toBe("\\{\\{evil\\}\\}");
  });
});
