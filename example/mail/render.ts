/** Fills placeholders like `{{ firstName }}`. */

const placeholder = /\{\{\s*([A-Za-z_][\w.-]*)\s*\}\}/g;

/** Values by the names of their placeholders. */
export type Values = Readonly<Record<string, unknown>>;

/** A message as it was written. */
export interface Message {
  readonly subject: string;
  readonly html: string;
}

/** The rendered message, or the first placeholder that has no value. */
export type Rendered = (Message & { readonly missing?: undefined }) | { readonly missing: string };

export function hasPlaceholders(text: string): boolean {
  return text.search(placeholder) !== -1;
}

/** Values are escaped in HTML and kept to one line in the subject, whoever supplied them. */
export function render({ subject, html }: Message, values: Values): Rendered {
  const missing = [subject, html]
    .flatMap((text) => namesIn(text))
    .find((name) => textOf(values, name) === undefined);
  if (missing !== undefined) return { missing };
  return { subject: oneLine(fill(subject, values)), html: fill(html, values, escapeHtml) };
}

/** A line break in a subject would begin another header field. */
export function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").trim();
}

function namesIn(text: string): string[] {
  return [...text.matchAll(placeholder)].map(([, name]) => name ?? "");
}

function fill(text: string, values: Values, escape = (value: string) => value): string {
  return text.replace(placeholder, (_, name: string) => escape(textOf(values, name) ?? ""));
}

/** Plain values only: an object has no wording of its own. */
function textOf(values: Values, name: string): string | undefined {
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? char);
}
