/** The files for programs: the catalogue and the document as data, llms.txt, the sitemap. */
import type { ApiModel, ErrorCode } from "../../model/api-model.ts";
import { compareText, isArray, type Json } from "../../json/json.ts";
import { errorPagePath } from "../../model/error-page.ts";
import { escapeHtml } from "../../print/html.ts";
import { markdownText } from "../../print/markdown.ts";
import type { GeneratedFile } from "../emitter.ts";
import { fileOf, type DocsOptions, type Page } from "./site.ts";

/** `errors.json`: every code with its facts, its details' schema and the schemas that those refer to. */
export function errorsJson(model: ApiModel, options: DocsOptions): string {
  const { errors, info } = model;
  const content = {
    title: info.title,
    version: info.version,
    origin: errors.origin,
    envelope: errors.envelope ?? null,
    codes: errors.codes.map((code) => codeJson(code, options)),
    retired: errors.retired.map(({ pointer: _pointer, ...code }) => ({
      ...code,
      page: pageOf(code.code, options),
    })),
    schemas: referredSchemas(model),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function codeJson(
  { pointer: _pointer, identifier: _identifier, objectSchema: _schema, details, ...code }: ErrorCode,
  options: DocsOptions,
): object {
  return {
    ...code,
    ...(details === undefined ? {} : { details: { schema: details.schema, required: details.required } }),
    page: pageOf(code.code, options),
  };
}

/** The absolute address where the site has one; relative to errors.json otherwise. */
function pageOf(code: string, { siteUrl }: DocsOptions): string {
  return (siteUrl ?? "") + errorPagePath(code);
}

/** `components.schemas` by name that details lead to, so that the file can be read alone. */
function referredSchemas(model: ApiModel): Record<string, Json> {
  const byName = new Map(model.schemas.map(({ name, schema }) => [name, schema]));
  const found = new Map<string, Json>();
  const look = (node: Json): void => {
    if (isArray(node)) for (const item of node) look(item);
    else if (typeof node === "object" && node !== null) {
      for (const [key, member] of Object.entries(node)) {
        const name =
          key === "$ref" && typeof member === "string"
            ? /^#\/components\/schemas\/([^/]+)$/.exec(member)?.[1]
            : undefined;
        const schema = name === undefined ? undefined : byName.get(name);
        if (name === undefined || schema === undefined || found.has(name)) look(member);
        else {
          found.set(name, schema);
          look(schema);
        }
      }
    }
  };
  for (const { details } of model.errors.codes) if (details !== undefined) look(details.schema);
  return Object.fromEntries([...found].sort(([a], [b]) => compareText(a, b)));
}

/** `llms.txt` as https://llmstxt.org describes it: title, summary, and lists of links to the Markdown pages. */
export function llmsTxt(model: ApiModel, pages: readonly Page[], options: DocsOptions): string {
  const { info } = model;
  const link = ({ path, title, description }: Page): string =>
    `- [${markdownText(title)}](${(options.siteUrl ?? "") + fileOf(path, "md")}): ${markdownText(description)}`;
  const file = (path: string, what: string): string =>
    `- [${path}](${options.siteUrl ?? ""}${path}): ${what}`;
  const errors = pages.filter(({ template }) => template === "error" || template === "retired");
  const others = pages.filter((page) => !errors.includes(page));
  return [
    `# ${markdownText(options.title ?? info.title)}`,
    "",
    `> ${markdownText(others[0]?.description ?? "")}`,
    "",
    `Version ${markdownText(info.version)}. Every page of this site has a twin in Markdown: its address with \`.md\` added (\`index.html.md\` in a folder).`,
    "",
    "## Pages",
    "",
    ...others.map(link),
    ...(errors.length === 0 ? [] : ["", "## Error codes", "", ...errors.map(link)]),
    "",
    "## Data",
    "",
    file("openapi.yaml", "the OpenAPI document, every error response written out"),
    file("openapi.json", "the same as JSON"),
    file("errors.json", "the error catalogue with the schemas of its details"),
    "",
    "## Optional",
    "",
    file("llms-full.txt", "all pages in one file"),
    "",
  ].join("\n");
}

/** `llms-full.txt`: the Markdown of every page, each under its address. */
export function llmsFullTxt(
  pages: readonly { readonly page: Page; readonly markdown: string }[],
  options: DocsOptions,
): string {
  return pages
    .map(
      ({ page, markdown }) => `<!-- ${(options.siteUrl ?? "") + fileOf(page.path, "md")} -->\n\n${markdown}`,
    )
    .join("\n");
}

/** `sitemap.xml` (sitemaps.org); needs absolute addresses. */
export function sitemap(pages: readonly Page[], siteUrl: string): GeneratedFile {
  const urls = pages.map(({ path }) => `  <url><loc>${escapeHtml(new URL(path, siteUrl).href)}</loc></url>`);
  const content = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...urls,
    "</urlset>",
    "",
  ];
  return { path: "sitemap.xml", content: content.join("\n") };
}
