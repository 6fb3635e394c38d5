/** Makes the files of a site for one API: reads the document and the team's own files, writes nothing. */
import { append } from "../../json/append.ts";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { ApiConfig } from "../../config/config.ts";
import { isWithinRepository, repositoryOf } from "../../config/bounds.ts";
import { diagnose, hasErrors } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { GeneratedFile } from "../../emit/emitter.ts";
import { emitDocs } from "../../emit/docs/emit.ts";
import type { DocsOptions } from "../../emit/docs/site.ts";
import { overridable } from "../../emit/docs/templates/templates.ts";
import { compareText, type JsonObject } from "../../json/json.ts";
import { displayPath, isUrl } from "../../load/access.ts";
import type { InputFile } from "../../load/document.ts";
import type { ModelReport } from "../../model/build.ts";
import type { Reading } from "../../openapi/reading.ts";
import { fingerprint } from "../../write/plan.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import { readApi } from "../run/read-api.ts";
import { findRedoc } from "./redoc.ts";
import { YamlThread } from "./yaml-thread.ts";

export interface Site {
  /** Errors among them: there is no output. */
  readonly diagnostics: readonly Diagnostic[];
  readonly output?: SiteOutput;
  readonly dependencies: readonly string[];
}

export interface SiteOutput {
  readonly files: readonly GeneratedFile[];
  readonly inputs: readonly InputFile[];
  readonly redocVersion: string;
  readonly report: ModelReport;
}

/** The site's folder, absolute. */
export function siteFolder({ docs, out }: ApiConfig): string {
  return docs.out ?? join(out, "docs");
}

/** Throws only for faults of Lockstep itself. */
export async function siteFiles(api: ApiConfig, cwd: string, stage: (text: string) => void): Promise<Site> {
  const thread = new YamlThread();
  try {
    return await filesBeside(thread, api, cwd, stage);
  } finally {
    await thread.close();
  }
}

async function filesBeside(
  thread: YamlThread,
  api: ApiConfig,
  cwd: string,
  stage: (text: string) => void,
): Promise<Site> {
  const own = readOwnFiles(api, cwd);
  let openapiJson = "";
  let printing = Promise.resolve("");
  const onExpanded = (document: JsonObject, { numbers }: Reading): void => {
    openapiJson = JSON.stringify(document);
    printing = thread.print(openapiJson, numbers);
  };
  const { diagnostics: found, read, dependencies } = await readApi(api, cwd, stage, { onExpanded });
  stage("asking Redocly for Redoc");
  const { bundle, diagnostic } = await findRedoc(cwd);
  const diagnostics = [...found, ...own.diagnostics, ...(diagnostic === undefined ? [] : [diagnostic])];
  if (read === undefined || bundle === undefined || hasErrors(diagnostics))
    return { diagnostics, dependencies };
  stage("building the site");
  const { files: pages, findings } = emitDocs(read.model, { ...own.options, openapiJson, redoc: bundle });
  // Something to do until the other core is done.
  for (const page of pages) fingerprint(page);
  const files = [...pages, { path: "openapi.yaml", content: await printing }];
  append(diagnostics, read.place(findings));
  if (hasErrors(diagnostics)) return { diagnostics, dependencies };
  const inputs = [...read.document.files, ...own.inputs];
  return {
    diagnostics,
    dependencies,
    output: { files, inputs, redocVersion: bundle.version, report: read.report },
  };
}

interface OwnFiles {
  readonly options: Omit<DocsOptions, "openapiJson" | "redoc">;
  readonly inputs: readonly InputFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Templates, theme and changelog. */
function readOwnFiles(api: ApiConfig, cwd: string): OwnFiles {
  const { siteUrl, title, templates, theme, changelog } = api.docs;
  const inputs: InputFile[] = [];
  const diagnostics: Diagnostic[] = [];
  const read = (path: string | undefined): string | undefined => {
    if (path === undefined) return undefined;
    try {
      // A link inside the repository must not bring what is outside into the site.
      if (!isWithinRepository(path, repositoryOf(join(realpathSync(dirname(path)), "x"))))
        throw new Error("outside");
      const text = readFileSync(path, "utf8").replaceAll("\r\n", "\n");
      inputs.push({ path: displayPath(path, cwd), sha256: createHash("sha256").update(text).digest("hex") });
      return text;
    } catch {
      diagnostics.push(diagnose("lockstep/docs-file", `${displayPath(path, cwd)} cannot be read.`));
      return undefined;
    }
  };
  const themeText = read(theme);
  const changelogText = read(changelog ?? changelogBeside(api.document));
  const names = templates === undefined ? [] : templateNames(templates, cwd, diagnostics);
  const texts = names.map((name): [string, string] => [name, read(join(templates ?? "", name)) ?? ""]);
  const options = {
    ...(siteUrl === undefined ? {} : { siteUrl }),
    ...(title === undefined ? {} : { title }),
    ...(themeText === undefined ? {} : { theme: themeText }),
    ...(changelogText === undefined ? {} : { changelog: changelogText }),
    templates: new Map(texts),
  };
  return { options, inputs, diagnostics };
}

function changelogBeside(document: string): string | undefined {
  if (isUrl(document)) return undefined;
  const path = join(dirname(document), "CHANGELOG.md");
  return existsSync(path) ? path : undefined;
}

/** The templates in a folder; one that replaces none of ours is a mistake, most likely in its name. */
function templateNames(folder: string, cwd: string, diagnostics: Diagnostic[]): string[] {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) =>
      name.split(sep).join("/"),
    );
  } catch {
    diagnostics.push(
      diagnose("lockstep/docs-file", `The folder ${displayPath(folder, cwd)} cannot be read.`),
    );
    return [];
  }
  const templates = names.filter((name) => name.endsWith(".hbs")).sort(compareText);
  for (const name of templates.filter((candidate) => !overridable.includes(candidate))) {
    const near = suggest(name, overridable);
    const message = `${displayPath(join(folder, name), cwd)} replaces no template of the site.`;
    const fix =
      near === undefined ? `The templates are: ${overridable.join(", ")}.` : `Did you mean ${near}?`;
    diagnostics.push(diagnose("lockstep/docs-template", message, { fix }));
  }
  return templates.filter((name) => overridable.includes(name));
}

/** A path as a manifest names it, relative to the site's folder. */
export function fromSite(folder: string, path: string): string {
  return isUrl(path) ? path : relative(folder, path).split(sep).join("/");
}
