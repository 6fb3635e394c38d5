/** The documentation site: every page as HTML and as Markdown, and the files for programs. */
import type { ApiModel } from "../../model/api-model.ts";
import type { EmitResult, GeneratedFile } from "../emitter.ts";
import { siteAssets } from "./assets/assets.ts";
import { sanitizeDocument } from "./sanitize.ts";
import { errorsJson, llmsFullTxt, llmsTxt, sitemap } from "./machine-files.ts";
import { referenceDocument } from "./reference-document.ts";
import { Renderer, TemplateError } from "./render.ts";
import { fileOf, type DocsOptions, type Page } from "./site.ts";
import { addresses, hasErrorPages, referenceAnchors } from "./view/addresses.ts";
import { errorPage, retiredPage } from "./view/error.ts";
import { errorsPage } from "./view/errors.ts";
import { matrixPage } from "./view/matrix.ts";
import type { SiteContext } from "./view/operation-row.ts";
import { referencePage } from "./view/reference.ts";
import { startPage } from "./view/start.ts";

/** Where the vendored bundle of Redoc goes. It is the same for every document, so a repository need not keep it. */
export const redocPath = "assets/redoc.js";

/** The site's files, relative to its root. A template that fails is a finding, and there are no files. */
export function emitDocs(model: ApiModel, options: DocsOptions): EmitResult {
  const context: SiteContext = {
    model,
    anchors: referenceAnchors(model),
    operations: new Map(model.operations.map((operation) => [operation.id, operation])),
  };
  try {
    return { files: siteFiles(context, options), findings: [] };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const message = `The template ${error.template} fails: ${error.message}`;
    return { files: [], findings: [{ code: "lockstep/docs-template", message, pointer: "" }] };
  }
}

function siteFiles(context: SiteContext, options: DocsOptions): GeneratedFile[] {
  const { model } = context;
  const pages = pagesOf(context, options);
  const renderer = new Renderer(model, options);
  const twins = pages.map((page) => ({ page, markdown: renderer.markdown(page) }));
  // JSON.parse, because in an object literal a member called `__proto__` would mean something else.
  const definition = `globalThis.lockstepDocument=JSON.parse(${JSON.stringify(JSON.stringify(sanitizeDocument(referenceDocument(context))))});\n`;
  return [
    ...pages.map((page) => ({ path: fileOf(page.path, "html"), content: renderer.html(page) })),
    ...twins.map(({ page, markdown }) => ({ path: fileOf(page.path, "md"), content: markdown })),
    ...siteAssets,
    ...(options.theme === undefined ? [] : [{ path: "assets/theme.css", content: options.theme }]),
    { path: redocPath, content: options.redoc.script },
    { path: `${addresses.reference}document.js`, content: definition },
    { path: "openapi.json", content: `${options.openapiJson}\n` },
    { path: "errors.json", content: errorsJson(model, options) },
    { path: "llms.txt", content: llmsTxt(model, pages, options) },
    { path: "llms-full.txt", content: llmsFullTxt(twins, options) },
    ...(options.siteUrl === undefined ? [] : [sitemap(pages, options.siteUrl)]),
  ];
}

function pagesOf(context: SiteContext, options: DocsOptions): Page[] {
  const { errors } = context.model;
  return [
    startPage(context, options),
    referencePage(context),
    ...(hasErrorPages(context.model) ? [errorsPage(context), matrixPage(context)] : []),
    ...(options.changelog === undefined ? [] : [changelogPage(options.changelog)]),
    ...errors.codes.map((code) => errorPage(context, code)),
    ...errors.retired.map((code) => retiredPage(context, code)),
  ];
}

function changelogPage(text: string): Page {
  return {
    path: addresses.changelog,
    template: "changelog",
    title: "Changelog",
    description: "How the contract has changed, release by release.",
    view: { text: text.replace(/^# [^\n]*\n+/, "") },
  };
}
