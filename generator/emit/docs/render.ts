/** Renders pages in both forms, with the team's templates where it has some. */
import { html, htmlCompiler, type HtmlHelper } from "../../print/html.ts";
import { compileMarkdown, type Template } from "../../print/template.ts";
import type { ApiInfo, ApiModel } from "../../model/api-model.ts";
import { themeScript } from "./assets/assets.ts";
import { highlight, type Language } from "./highlight.ts";
import { inlineMarkdownHtml, markdownHtml } from "./markdown.ts";
import { securityPolicy } from "./security-policy.ts";
import { fileOf, rootOf, type DocsOptions, type Page } from "./site.ts";
import { layoutName, ownTemplate, templateName } from "./templates/templates.ts";
import { addresses, hasErrorPages } from "./view/addresses.ts";

/** A template cannot be compiled, or fails on a page. */
export class TemplateError extends Error {
  readonly template: string;

  constructor(template: string, cause: unknown) {
    super(cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause), { cause });
    this.template = template;
  }
}

/** A string of the view; templates hand over nothing else. */
const textOf = (value: unknown): string => String(value);

const helpers: Readonly<Record<string, HtmlHelper>> = {
  markdown: ([source, top]) => markdownHtml(textOf(source), Number(top ?? 3)),
  inline: ([source]) => inlineMarkdownHtml(textOf(source)),
  // The languages are those of our own samples.
  highlight: ([code, language]) => highlight(textOf(code), language as Language),
  lower: ([value]) => textOf(value).toLowerCase(),
  plural: ([count, noun]) => `${textOf(count)} ${textOf(noun)}${count === 1 ? "" : "s"}`,
  script: () => html(themeScript),
};

interface Heading {
  readonly label: string;
  readonly path: string;
}

export class Renderer {
  readonly #info: ApiInfo;
  readonly #hasErrors: boolean;
  readonly #options: DocsOptions;
  readonly #nav: readonly Heading[];
  readonly #compileHtml = htmlCompiler(helpers);
  readonly #compiled = new Map<string, Template<object>>();

  constructor(model: ApiModel, options: DocsOptions) {
    this.#info = model.info;
    this.#hasErrors = hasErrorPages(model);
    this.#options = options;
    this.#nav = [
      { label: "Reference", path: addresses.reference },
      ...(this.#hasErrors
        ? [
            { label: "Errors", path: addresses.errors },
            { label: "Operations", path: addresses.matrix },
          ]
        : []),
      ...(options.changelog === undefined ? [] : [{ label: "Changelog", path: addresses.changelog }]),
    ];
  }

  /** @throws TemplateError */
  html(page: Page): string {
    const root = rootOf(page.path);
    const view = { ...asObject(withLinks(page.view, root, "html")), root, heading: page.title };
    const body = html(this.#render(templateName(page.template, "html"), view));
    const reference = page.template === "reference";
    const siteTitle = this.#options.title ?? this.#info.title;
    return this.#render(layoutName, {
      root,
      body,
      reference,
      siteTitle,
      template: page.template,
      title: page.path === "" ? page.title : `${page.title} · ${siteTitle}`,
      description: page.description,
      csp: securityPolicy(themeScript, reference),
      canonical: this.#options.siteUrl === undefined ? "" : this.#options.siteUrl + page.path,
      themed: this.#options.theme !== undefined,
      apiTitle: this.#info.title,
      version: this.#info.version,
      hasErrors: this.#hasErrors,
      nav: this.#nav.map(({ label, path }) => ({
        label,
        address: root + fileOf(path, "html"),
        current: path === page.path || (path === addresses.errors && page.path.startsWith(path)),
      })),
    });
  }

  /** @throws TemplateError */
  markdown(page: Page): string {
    const view = { ...asObject(withLinks(page.view, rootOf(page.path), "md")), heading: page.title };
    return `${this.#render(templateName(page.template, "md"), view)
      .replace(/\n{3,}/g, "\n\n")
      .trim()}\n`;
  }

  #render(name: string, view: object): string {
    try {
      const template = this.#compiled.get(name) ?? this.#compile(name);
      return template(view);
    } catch (error) {
      throw new TemplateError(name, error);
    }
  }

  #compile(name: string): Template<object> {
    const source = this.#options.templates.get(name) ?? ownTemplate(name);
    const template = name.endsWith(".md.hbs") ? compileMarkdown(source) : this.#compileHtml(source);
    this.#compiled.set(name, template);
    return template;
  }
}

/** The view with every `address` turned from the site's root to the page's own place. */
function withLinks(value: unknown, root: string, form: "html" | "md"): unknown {
  if (Array.isArray(value)) return value.map((item) => withLinks(item, root, form));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, member]): [string, unknown] => [
    name,
    name === "address" && typeof member === "string"
      ? root + fileOf(member, form)
      : withLinks(member, root, form),
  ]);
  return Object.fromEntries(entries);
}

function asObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}
