/** What `lockstep.yaml` says, resolved: absolute paths, every option with its value. */
import type { TypesConfig } from "../emit/type-settings.ts";
import type { ReadingChoices } from "../openapi/reading.ts";
import type { DiffConfig } from "./diff.ts";

export interface Config {
  /** Absolute path of the configuration file. */
  readonly file: string;
  /** In the order of the file. */
  readonly apis: readonly ApiConfig[];
  /** The section `diff`, where there is one. */
  readonly diff?: DiffConfig;
}

export interface ApiConfig extends ApiOptions {
  /** The key under `apis`. */
  readonly name: string;
  /** The root document: an absolute path, or a URL. */
  readonly document: string;
  /** The output folder, absolute. */
  readonly out: string;
  readonly docs: DocsConfig;
}

/** The documentation site. All paths absolute. */
export interface DocsConfig {
  /** The site's folder; `docs` in the API's output folder where absent. */
  readonly out?: string;
  /** Where the site is published, ending in `/`: for canonical links, the sitemap and absolute links in llms.txt. */
  readonly siteUrl?: string;
  /** In place of the document's title. */
  readonly title?: string;
  /** Folder of templates, each in place of the site's own of the same name. */
  readonly templates?: string;
  /** A style sheet after the site's own. */
  readonly theme?: string;
  /** CommonMark; `CHANGELOG.md` beside the root document where absent. */
  readonly changelog?: string;
}

export interface ApiOptions extends ReadingChoices {
  /**
   * Extension of relative imports between generated files: `.js` for compiled projects, `.ts` for those that run sources,
   * `none` for bundlers that do not look for a `.ts` file under the name of a `.js` file.
   */
  readonly importExtension: ".js" | ".ts" | "none";
  /** True if `$ref`s may lead to `http:` and `https:` addresses. */
  readonly allowRemoteRefs: boolean;
  /**
   * `true`: every assumption about the document is an error; `false`: a warning. Where absent, documents that use
   * Lockstep's vocabulary are strict. What is generated is the same.
   */
  readonly strict?: boolean;
  /** Folders, absolute, that `$ref`s may lead into besides the document's own and the working directory. */
  readonly allowRefFolders: readonly string[];
  /** OpenAPI Overlays, absolute, that are applied to the document in this order. */
  readonly overlays?: readonly string[];
  /** How `types.ts` is made; absent: by the defaults. */
  readonly types?: TypesConfig;
}

/** What the settings say of how the document is read. */
export function readingChoices({ nullable, formats, impliedTypes }: ApiOptions): ReadingChoices {
  return {
    ...(nullable === undefined ? {} : { nullable }),
    ...(formats === undefined ? {} : { formats }),
    ...(impliedTypes === undefined ? {} : { impliedTypes }),
  };
}

export const defaultOptions: ApiOptions = {
  importExtension: ".js",
  allowRemoteRefs: false,
  allowRefFolders: [],
};

export const importExtensions = [
  ".js",
  ".ts",
  "none",
] as const satisfies readonly ApiOptions["importExtension"][];
