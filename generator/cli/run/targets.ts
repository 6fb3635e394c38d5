/** Which APIs a command works on: from the configuration, from a document on the command line, flags over both. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { defaultOptions, type ApiConfig, type ApiOptions } from "../../config/config.ts";
import { configName, findConfig } from "../../config/find.ts";
import { readConfig } from "../../config/read.ts";
import { suggest } from "../../diagnostics/suggest.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { isUrl } from "../../load/access.ts";
import { UsageError } from "../exit-codes.ts";

/** What the command line says about them. */
export interface TargetFlags {
  readonly config?: string;
  readonly trustConfig?: boolean;
  readonly out?: string;
  readonly importExtension?: ApiOptions["importExtension"];
  readonly strict?: boolean;
  readonly lenient?: boolean;
  readonly allowRemoteRefs?: boolean;
  readonly allowRefFolder?: readonly string[];
  readonly overlay?: readonly string[];
}

export interface Targets {
  readonly apis: readonly ApiConfig[];
  /** Mistakes in the configuration; with an error among them `apis` is empty. */
  readonly diagnostics: readonly Diagnostic[];
}

const defaultOut = "generated";

/**
 * Without `document` every API of the configuration. `document` is a path, a URL, or the name of a configured API; one
 * that is configured keeps its options and its folder. Throws `UsageError` where nothing can be meant.
 */
export function findTargets(document: string | undefined, flags: TargetFlags, cwd: string): Targets {
  if (flags.out === "") throw new UsageError("--out takes a folder; `.` is the current one.");
  const configFile = configPath(flags, cwd);
  if (configFile === undefined) {
    if (document === undefined) throw new UsageError(noConfig(cwd));
    return { apis: [adHoc(document, flags, cwd)], diagnostics: [] };
  }
  const { config, diagnostics } = readConfig(configFile, cwd, {
    trusted: flags.trustConfig,
    remote: flags.allowRemoteRefs,
  });
  if (config === undefined) return { apis: [], diagnostics };
  const chosen = document === undefined ? config.apis : choose(document, config.apis, flags, cwd);
  if (flags.out !== undefined && chosen.length > 1) {
    throw new UsageError(`--out takes one API; name one of: ${chosen.map(({ name }) => name).join(", ")}.`);
  }
  return { apis: chosen.map((api) => override(api, flags, cwd)), diagnostics };
}

/** The configuration that is named, or else found; absolute. */
export function configPath(flags: TargetFlags, cwd: string): string | undefined {
  return flags.config === undefined ? findConfig(cwd) : resolve(cwd, flags.config);
}

function noConfig(cwd: string): string {
  return (
    `There is no ${configName} in ${cwd} or above it, and no document was named.\n` +
    `Name one (lockstep generate openapi.yaml), or write a ${configName}:\n\n` +
    "  apis:\n    public:\n      document: openapi/openapi.yaml\n      out: generated"
  );
}

function choose(
  document: string,
  apis: readonly ApiConfig[],
  flags: TargetFlags,
  cwd: string,
): readonly ApiConfig[] {
  const path = isUrl(document) ? document : resolve(cwd, document);
  const configured = apis.filter((api) => api.document === path);
  if (configured.length > 0) return configured;
  const named = apis.filter(({ name }) => name === document);
  if (named.length > 0 && !isFile(path)) return named;
  if (!isUrl(document) && !isFile(path) && !/[./\\]/.test(document)) {
    const names = apis.map(({ name }) => name);
    const near = suggest(document, names);
    const advice =
      near === undefined ? `The configured APIs are: ${names.join(", ")}.` : `Did you mean ${near}?`;
    throw new UsageError(`${document} is neither a file nor a configured API. ${advice}`);
  }
  return [adHoc(document, flags, cwd)];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function adHoc(document: string, flags: TargetFlags, cwd: string): ApiConfig {
  const path = isUrl(document) ? document : resolve(cwd, document);
  const api = { ...defaultOptions, name: document, document: path, out: resolve(cwd, defaultOut), docs: {} };
  return override(api, flags, cwd);
}

function override(api: ApiConfig, flags: TargetFlags, cwd: string): ApiConfig {
  return {
    ...api,
    ...(flags.strict === true || flags.lenient === true ? { strict: flags.strict === true } : {}),
    out: flags.out === undefined ? api.out : resolve(cwd, flags.out),
    importExtension: flags.importExtension ?? api.importExtension,
    allowRemoteRefs: flags.allowRemoteRefs ?? api.allowRemoteRefs,
    allowRefFolders: flags.allowRefFolder?.map((folder) => resolve(cwd, folder)) ?? api.allowRefFolders,
    ...(flags.overlay === undefined
      ? {}
      : { overlays: flags.overlay.map((path) => (isUrl(path) ? path : resolve(cwd, path))) }),
  };
}
