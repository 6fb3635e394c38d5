/** Handlebars, strict: every value passes an escaper that the template names, and an unknown name is an error. */
import Handlebars from "handlebars";
import {
  authoredInline,
  authoredMarkdown,
  headingAnchor,
  markdownBlock,
  markdownCode,
  markdownText,
  markdownUrl,
} from "./markdown.ts";
import { unescaped } from "./unescaped.ts";

export type Template<View> = (view: View) => string;

/**
 * Compiles a Markdown template. `{{text x}}` is prose, `{{code x}}` a code span, `{{anchor x}}` the anchor of a heading, `{{block x "json"}}` a code block,
 * `{{authored x}}` the document's own CommonMark (`{{authoredInline x}}` behind other text of a line), `{{url x}}` the destination of a link; a bare `{{x}}` is refused at compile time.
 *
 * @throws Error where the template prints a value without an escaper, and at run time where the view lacks a member.
 */
export function compileMarkdown<View extends object>(source: string): Template<View> {
  const helpers = {
    text: (value: unknown) => markdownText(present(value)),
    code: (value: unknown) => markdownCode(present(value)),
    anchor: (value: unknown) => headingAnchor(present(value)),
    block: (value: unknown, language: unknown) => markdownBlock(present(value), present(language)),
    url: (value: unknown) => markdownUrl(String(value)),
    authoredInline: (value: unknown) => authoredInline(present(value)),
    authored: (value: unknown) => authoredMarkdown(present(value)),
  };
  const bare = unescaped(source, new Set(Object.keys(helpers)));
  if (bare !== undefined) throw new Error(`The template prints \`${bare}\` without an escaper.`);
  const handlebars = Handlebars.create();
  handlebars.registerHelper(helpers);
  return handlebars.compile<View>(source, { strict: true, noEscape: true });
}

/** Handlebars is strict about what it prints itself, not about what it hands to helpers. */
function present(value: unknown): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw new Error("The template prints a member that its view does not have.");
}
