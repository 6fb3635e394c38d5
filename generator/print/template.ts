/** Handlebars, strict: every value passes an escaper that the template names, and an unknown name is an error. */
import Handlebars from "handlebars";
import { authoredMarkdown, headingAnchor, markdownBlock, markdownCode, markdownText } from "./markdown.ts";

export type Template<View> = (view: View) => string;

/**
 * Compiles a Markdown template. `{{text x}}` is prose, `{{code x}}` a code span, `{{anchor x}}` the anchor of a heading, `{{block x "json"}}` a code block,
 * `{{authored x}}` the document's own CommonMark; a bare `{{x}}` is refused at compile time.
 *
 * @throws Error where the template prints a value without an escaper.
 */
export function compileMarkdown<View extends object>(source: string): Template<View> {
  const bare = /\{\{\{?\s*(?![#/^!>~]|else\b)([\w.@]+)\s*\}/.exec(source);
  if (bare) throw new Error(`The template prints \`${bare[1] ?? ""}\` without an escaper.`);
  const handlebars = Handlebars.create();
  handlebars.registerHelper({
    text: (value: unknown) => markdownText(String(value)),
    code: (value: unknown) => markdownCode(String(value)),
    anchor: (value: unknown) => headingAnchor(String(value)),
    block: (value: unknown, language: unknown) => markdownBlock(String(value), String(language)),
    authored: (value: unknown) => authoredMarkdown(String(value)),
  });
  return handlebars.compile<View>(source, { strict: true, noEscape: true, knownHelpersOnly: false });
}
