/** What a documentation site is made of besides the model. */

/** The scripts of the reference page. */
export interface ReferenceBundle {
  /** Redoc as a classic script that sets `globalThis.lockstepRedoc`. */
  readonly script: string;
  readonly version: string;
}

export interface DocsOptions {
  /** Root of the published site, ending in `/`; without it there are no canonical links and no sitemap. */
  readonly siteUrl?: string;
  /** Heads every page in place of the document's title. */
  readonly title?: string;
  /** A team's own templates by name (`error.html.hbs`), each in place of ours. */
  readonly templates: ReadonlyMap<string, string>;
  /** CSS after ours: variables to set, rules to add. */
  readonly theme?: string;
  /** CommonMark of the changelog page. */
  readonly changelog?: string;
  /** The expanded document, for `openapi.json`. The pages link to `openapi.yaml` too, which comes from the emitter of that. */
  readonly openapiJson: string;
  readonly redoc: ReferenceBundle;
}

/** A page has an address (a folder, `""` for the start page) and two forms: `index.html` and `index.html.md`. */
export interface Page {
  readonly path: string;
  /** Names the templates: `<template>.html.hbs` and `<template>.md.hbs`. */
  readonly template: TemplateName;
  readonly title: string;
  /** One sentence for search engines and llms.txt. */
  readonly description: string;
  readonly view: object;
}

export type TemplateName = "start" | "errors" | "error" | "retired" | "matrix" | "reference" | "changelog";

/** The way from a page back to the site's root: `../` for each folder that it is in. */
export function rootOf(path: string): string {
  return "../".repeat(path.split("/").length - 1);
}

/** The file of a page's address, `#fragment` kept: `errors/#x` → `errors/index.html#x`. Explicit, so that it works from `file:`. */
export function fileOf(address: string, form: "html" | "md"): string {
  const [path = "", fragment] = address.split("#", 2);
  const file = /(?:^|\/)$/.test(path) ? `${path}index.html${form === "md" ? ".md" : ""}` : path;
  return fragment === undefined || form === "md" ? file : `${file}#${fragment}`;
}
