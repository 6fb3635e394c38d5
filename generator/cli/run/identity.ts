/** What a manifest says about a run besides its files: generator, document and options. */
import { relative, resolve, sep } from "node:path";
import { readingChoices, type ApiConfig } from "../../config/config.ts";
import { listAssumptions } from "../../diagnostics/assumptions.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { countDiagnostics } from "../../diagnostics/sort.ts";
import { isUrl } from "../../load/access.ts";
import type { InputFile } from "../../load/document.ts";
import type { ManifestHead } from "../../write/manifest.ts";
import type { Expectation } from "../../write/up-to-date.ts";
import { packageVersion } from "../../package/identity.ts";

/** The identity of a run, known before anything is read. */
export function manifestIdentity(api: ApiConfig): Expectation {
  return {
    generator: packageVersion(),
    document: fromOutput(api, api.document),
    options: {
      importExtension: api.importExtension,
      allowRemoteRefs: api.allowRemoteRefs,
      ...readingChoices(api),
      allowRefFolders: api.allowRefFolders.map((folder) => fromOutput(api, folder)),
      ...(api.overlays === undefined ? {} : { overlays: api.overlays.map((path) => fromOutput(api, path)) }),
      ...(api.types === undefined ? {} : { types: { ...api.types } }),
    },
  };
}

/** The same with what a run has found; the paths of `inputs` are relative to `cwd`. */
export function manifestHead(
  api: ApiConfig,
  { inputs, diagnostics }: { inputs: readonly InputFile[]; diagnostics: readonly Diagnostic[] },
  cwd: string,
): ManifestHead {
  const hashes = inputs.map(({ path, sha256 }): [string, string] => {
    return [fromOutput(api, isUrl(path) ? path : resolve(cwd, path)), sha256];
  });
  return {
    ...manifestIdentity(api),
    warnings: countDiagnostics(diagnostics).warnings,
    assumptions: listAssumptions(diagnostics),
    inputs: new Map(hashes),
  };
}

/** Absolute paths and URLs of the files that a manifest was made from. */
export function manifestInputs(api: ApiConfig, manifest: ManifestHead): string[] {
  return [...manifest.inputs.keys()].map((path) => (isUrl(path) ? path : resolve(api.out, path)));
}

/** Relative to the output folder: the same on every machine and from whichever folder the command is run. */
function fromOutput(api: ApiConfig, path: string): string {
  return isUrl(path) ? path : relative(api.out, path).split(sep).join("/");
}
