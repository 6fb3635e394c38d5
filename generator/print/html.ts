/** Handlebars for HTML pages: every string is escaped; markup comes only from helpers that make `Html`. */
import Handlebars from "handlebars";
import type { Template } from "./template.ts";
import { unescaped } from "./unescaped.ts";

/** Text that is markup already. Made by helpers only, from text that they have escaped. */
export type Html = Handlebars.SafeString;

export function html(markup: string): Html {
  return new Handlebars.SafeString(markup);
}

/** Text for an element's content or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? char);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A helper gets the values that the template names. */
export type HtmlHelper = (values: readonly unknown[]) => string | Html;

/**
 * Compiles HTML templates that share helpers. `{{x}}` prints escaped text, a name that the view does not have is an
 * error, and `{{{x}}}`, which would print unescaped text, is refused.
 */
export function htmlCompiler(
  helpers: Readonly<Record<string, HtmlHelper>>,
): <View extends object>(source: string) => Template<View> {
  const handlebars = Handlebars.create();
  for (const [name, helper] of Object.entries(helpers)) {
    handlebars.registerHelper(name, (...given: unknown[]) => {
      // Handlebars hands its own options over last.
      given.pop();
      return helper(given);
    });
  }
  return (source) => {
    if (unescaped(source) !== undefined) {
      throw new Error("A template for HTML must not print unescaped text: write {{x}} in place of {{{x}}}.");
    }
    return handlebars.compile(source, { strict: true });
  };
}
