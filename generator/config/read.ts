/** Reads and checks `lockstep.yaml`. schemas/lockstep.json describes the same keys for editors. */
import { readFileSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import { load, YAMLException } from "js-yaml";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import type { Json } from "../json/json.ts";
import { displayPath, isUrl } from "../load/access.ts";
import { formatLevels, nullableMeanings } from "../openapi/reading.ts";
import { SourceText } from "../load/source-text.ts";
import { outOfBounds, type Permissions } from "./bounds.ts";
import {
  defaultOptions,
  importExtensions,
  type ApiConfig,
  type ApiOptions,
  type Config,
  type DocsConfig,
} from "./config.ts";
import { diffKeys, readDiffConfig } from "./diff.ts";
import { ConfigReport, Mapping } from "./mapping.ts";
import { readTypesConfig } from "./types.ts";

export interface ReadConfig {
  /** Absent where there is an error among `diagnostics`. */
  readonly config?: Config;
  readonly diagnostics: readonly Diagnostic[];
}

/** Keys of the file, and of each API in it. */
export const rootKeys = ["apis", "diff"] as const;
export const apiKeys = [
  "document",
  "out",
  "importExtension",
  "strict",
  "nullable",
  "impliedTypes",
  "formats",
  "allowRemoteRefs",
  "allowRefFolders",
  "overlays",
  "docs",
  "types",
] as const;
export const docsKeys = ["out", "siteUrl", "title", "templates", "theme", "changelog"] as const;

/** Names that a command line takes without quotes and that cannot be mistaken for a path. */
const apiName = /^[A-Za-z0-9][A-Za-z0-9_-]*$/;

/**
 * Reads the configuration at `file` (absolute). Paths in it are relative to its folder; diagnostics name it relative
 * to `cwd`. What lies outside the repository is refused, unless `permissions` allow it.
 */
export function readConfig(file: string, cwd: string, permissions: Permissions = {}): ReadConfig {
  const name = displayPath(file, cwd);
  if (outOfBounds(file, file, permissions) !== undefined) {
    const message = `${name} is a link that leads out of the repository, or lies in a home or at the root.`;
    return { diagnostics: [diagnose("lockstep/config-outside", message)] };
  }
  let body: string;
  try {
    body = readFileSync(file, "utf8")
      .replace(/^\uFEFF/, "")
      .replaceAll("\r\n", "\n");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    if (code !== "ENOENT") {
      return { diagnostics: [diagnose("lockstep/file-unreadable", `${name} cannot be read (${code}).`)] };
    }
    return { diagnostics: [diagnose("lockstep/file-missing", `${name} does not exist.`)] };
  }
  const { config, diagnostics, report } = parseConfig(file, name, body);
  if (config === undefined || report === undefined) return { diagnostics };
  reportOutside(config, permissions, report);
  return diagnostics.length > 0 ? { diagnostics } : { config, diagnostics };
}

function parseConfig(
  file: string,
  name: string,
  body: string,
): ReadConfig & { readonly report?: ConfigReport } {
  let value: Json;
  try {
    // The parser's default schema is YAML's core schema, which yields JSON values; every use below is checked.
    value = load(body, { maxDepth: 50 }) as Json;
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const text = new SourceText(name, body, "json");
    const location = text.at((error.mark?.line ?? 0) + 1, (error.mark?.column ?? 0) + 1);
    return {
      diagnostics: [diagnose("lockstep/config-syntax", `Not valid YAML: ${error.reason}.`, { location })],
    };
  }
  const report = new ConfigReport(new SourceText(name, body, "yaml"));
  const root = Mapping.open(value, [], report, rootKeys);
  const apis = readApis(root, dirname(file), report);
  const section = root?.keys.includes("diff") === true ? root.mapping("diff", diffKeys) : undefined;
  const diff = section === undefined ? undefined : readDiffConfig(section, dirname(file), report);
  reportSharedFolders(apis, report);
  const { diagnostics } = report;
  return diagnostics.length > 0
    ? { diagnostics }
    : { config: { file, apis, ...(diff === undefined ? {} : { diff }) }, diagnostics, report };
}

function readApis(root: Mapping | undefined, folder: string, report: ConfigReport): ApiConfig[] {
  const mapping = root?.mapping("apis");
  if (mapping === undefined) return [];
  if (mapping.keys.length === 0) {
    const fix = "Add an API: a name with `document` and `out`.";
    report.add("lockstep/config-value", "`apis` names no API.", ["apis"], { fix });
  }
  return mapping.keys.flatMap((name) => {
    if (!apiName.test(name)) {
      const fix = "Begin with a letter or digit, then letters, digits, `_` and `-`.";
      const message = `\`${name}\` cannot be the name of an API.`;
      report.add("lockstep/config-value", message, ["apis", name], { on: "key", fix });
    }
    const api = mapping.mapping(name, apiKeys);
    const document = api?.requiredString("document");
    const out = api?.requiredString("out");
    if (api === undefined || document === undefined || out === undefined) return [];
    const source = isUrl(document) ? document : resolve(folder, document);
    return [
      {
        name,
        document: source,
        out: resolve(folder, out),
        docs: readDocs(api, folder),
        ...readOptions(api, folder),
      },
    ];
  });
}

function readOptions(api: Mapping, folder: string): ApiOptions {
  const folders = api.strings("allowRefFolders") ?? defaultOptions.allowRefFolders;
  const overlays = api.strings("overlays");
  const strict = api.boolean("strict");
  const nullable = api.oneOf("nullable", nullableMeanings);
  const formats = api.oneOrEach("formats", formatLevels);
  // A strict document is read by the letter. `--strict` on the command line changes severities only.
  const impliedTypes = api.boolean("impliedTypes") ?? (strict === undefined ? undefined : !strict);
  return {
    ...(strict === undefined ? {} : { strict }),
    ...(nullable === undefined ? {} : { nullable }),
    ...(formats === undefined ? {} : { formats }),
    ...(impliedTypes === undefined ? {} : { impliedTypes }),
    importExtension: api.oneOf("importExtension", importExtensions) ?? defaultOptions.importExtension,
    allowRemoteRefs: api.boolean("allowRemoteRefs") ?? defaultOptions.allowRemoteRefs,
    allowRefFolders: folders.map((path) => resolve(folder, path)),
    ...(overlays === undefined
      ? {}
      : { overlays: overlays.map((path) => (isUrl(path) ? path : resolve(folder, path))) }),
    ...(api.keys.includes("types") ? { types: readTypesConfig(api) } : {}),
  };
}

function readDocs(api: Mapping, folder: string): DocsConfig {
  const docs = api.optionalMapping("docs", docsKeys);
  const paths = (["out", "templates", "theme", "changelog"] as const).flatMap((key) => {
    const path = docs?.optionalString(key);
    return path === undefined ? [] : [[key, resolve(folder, path)] as const];
  });
  const title = docs?.optionalString("title");
  const siteUrl = docs?.siteUrl("siteUrl");
  return {
    ...Object.fromEntries(paths),
    ...(title === undefined ? {} : { title }),
    ...(siteUrl === undefined ? {} : { siteUrl }),
  };
}

/** A configuration may come from anybody, so the command line alone opens what is outside. */
function reportOutside({ file, apis, diff }: Config, permissions: Permissions, report: ConfigReport): void {
  const check = (path: string | undefined, ...tokens: string[]): void => {
    const problem = path === undefined ? undefined : outOfBounds(path, file, permissions);
    if (problem !== undefined)
      report.add("lockstep/config-outside", `\`${tokens.at(-1) ?? ""}\` ${problem}.`, tokens);
  };
  for (const { name, document, out, docs, allowRemoteRefs, allowRefFolders, overlays } of apis) {
    check(document, "apis", name, "document");
    check(out, "apis", name, "out");
    for (const key of ["out", "templates", "theme", "changelog"] as const)
      check(docs[key], "apis", name, "docs", key);
    for (const folder of allowRefFolders) check(folder, "apis", name, "allowRefFolders");
    for (const overlay of overlays ?? []) check(overlay, "apis", name, "overlays");
    if (allowRemoteRefs) check("https://", "apis", name, "allowRemoteRefs");
  }
  check(diff?.ignoreFile, "diff", "ignoreFile");
}

function reportSharedFolders(apis: readonly ApiConfig[], report: ConfigReport): void {
  apis.forEach((api, index) => {
    const other = apis.slice(0, index).find(({ out }) => isWithin(api.out, out) || isWithin(out, api.out));
    if (other === undefined) return;
    const relation = api.out === other.out ? "the same folder as" : "a folder that overlaps that of";
    const message = `\`${api.name}\` writes to ${relation} \`${other.name}\`.`;
    report.add("lockstep/config-shared-folder", message, ["apis", api.name, "out"]);
  });
}

/** Case is ignored, as Windows and macOS do: a configuration must not be sound on one machine only. */
function isWithin(inner: string, outer: string): boolean {
  const [a, b] = [inner.toLowerCase(), outer.toLowerCase()];
  return a === b || a.startsWith(b.endsWith(sep) ? b : b + sep);
}
