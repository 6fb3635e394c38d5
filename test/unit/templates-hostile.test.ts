/** Templates of a repository, and text on its way to a terminal: nothing gets out unescaped. */
import { describe, expect, test } from "vitest";
import { Printer } from "../../generator/cli/report/terminal.ts";
import { htmlCompiler } from "../../generator/print/html.ts";
import { compileMarkdown } from "../../generator/print/template.ts";

describe("a template", () => {
  test.each([
    ...[
      "{{x}}",
      "{{{x}}}",
      "{{~x~}}",
      "{{~{x}~}}",
      "{{&x}}",
      "{{[x]}}",
      '{{"x"}}',
      '{{lookup this "x"}}',
      "{{this}}",
    ],
    ...[
      "{{#if x}}{{[x]}}{{/if}}",
      "{{#each x}}{{.}}{{/each}}",
      "{{> x}}",
      "{{../x}}",
      "{{text}}",
      "{{{text x}}}",
      "{{./text x}}",
    ],
    ...["{{#> x}}{{/x}}", "{{log x}}", "{{1}}", "{{else}}"],
  ])("for Markdown that has %s is refused", (source) => {
    expect(() => compileMarkdown(source)({ x: "<b>" })).toThrow();
  });

  test("for Markdown may call escapers, in blocks too", () => {
    const template = compileMarkdown("{{#if x}}{{~ text x ~}}{{else}}{{code 'n'}}{{/if}}{{!-- {{x}} --}}");
    expect(template({ x: "<b>" })).toBe("\\<b\\>");
  });

  test.each(["{{{x}}}", "{{~{x}~}}", "{{&x}}", "{{~&x}}", "{{#if x}}{{{[x]}}}{{/if}}", "{{> x}}"])(
    "for HTML that has %s is refused",
    (source) => {
      expect(() => htmlCompiler({})(source)).toThrow("unescaped");
    },
  );

  test("for HTML escapes everything else", () => {
    expect(htmlCompiler({})('{{[x]}}{{lookup this "x"}}{{~x~}}')({ x: "<" })).toBe("&lt;&lt;&lt;");
  });
});

describe("what is printed", () => {
  function printed(print: (printer: Printer) => void, environment = {}): string {
    let text = "";
    print(new Printer({ write: (more) => (text += more) }, environment));
    return text;
  }

  test.each([
    ["\u001b]0;title\u0007", "\\u001b]0;title\\u0007\n"],
    ["\u009b31mred", "\\u009b31mred\n"],
    ["\u001b[31mred", "\\u001b[31mred\n"],
    ["a\rb\tc\nd", "a\\u000db\tc\nd\n"],
    ["::error::x", "·::error::x\n"],
    ["a\n  ::set-output name=x::y", "a\n·  ::set-output name=x::y\n"],
    ["##[error]x", "·##[error]x\n"],
  ])("%j obeys nobody", (text, expected) => {
    expect(
      printed((printer) => {
        printer.line(text);
      }),
    ).toBe(expected);
  });

  test("keeps its colours, and the commands that are meant", () => {
    expect(
      printed(
        (printer) => {
          printer.line(printer.style("red", "x\u001b[2J"));
        },
        { FORCE_COLOR: "1" },
      ),
    ).toBe("\u001b[31mx\\u001b[2J\u001b[39m\n");
    expect(
      printed((printer) => {
        printer.commands("::error::x\u001b[2J");
      }),
    ).toBe("::error::x\\u001b[2J\n");
    expect(
      printed((printer) => {
        printer.rewrite("x\u001b[2J");
      }),
    ).toBe("\r\u001b[2Kx\\u001b[2J");
  });
});
