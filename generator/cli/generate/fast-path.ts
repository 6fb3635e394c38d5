/** Answers a run in which nothing has changed, from hashes alone and without loading the generator. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ApiConfig } from "../../config/config.ts";
import { manifestName } from "../../write/manifest.ts";
import { findUpToDate } from "../../write/up-to-date.ts";
import type { Work } from "../run/each-api.ts";
import { manifestIdentity, manifestInputs } from "../run/identity.ts";
import { outcomeBase, type Outcome } from "../run/outcome.ts";
import { packageFolder } from "../../package/files.ts";
import { sourceFingerprint } from "../../package/identity.ts";

/**
 * The outcome of a run whose inputs, options and outputs are all as the manifest says; `undefined` where the work has to
 * be done to know.
 */
export function workFromHashes(
  api: ApiConfig,
  status: "unchanged" | "current",
  cwd: string,
): Work | undefined {
  const began = performance.now();
  const manifest = findUpToDate(api.out, manifestIdentity(api));
  if (manifest === undefined) return undefined;
  // What was a warning then is an error to those who are strict.
  if (api.strict === true && manifest.warnings > 0) return undefined;
  const stamp = readStamp(api);
  if (stamp !== undefined && stamp.found !== stamp.wanted) return undefined;
  const outcome: Outcome = {
    ...outcomeBase(api, cwd),
    status,
    fromHashes: true,
    milliseconds: Math.round(performance.now() - began),
    files: { created: [], modified: [], deleted: [], unchanged: [...manifest.outputs.keys()] },
    knownWarnings: manifest.warnings,
    diagnostics: [],
  };
  return { outcome, dependencies: manifestInputs(api, manifest) };
}

/**
 * Remembers that the sources, as they are, have made or confirmed the API's output. The compiled package has no need
 * of it: its version is in the manifest. Kept out of the manifest, so that work on the generator that changes no output
 * changes no committed file.
 */
export function confirmOutput(api: ApiConfig): void {
  const stamp = readStamp(api);
  if (stamp === undefined || stamp.found === stamp.wanted) return;
  mkdirSync(join(stamp.file, ".."), { recursive: true });
  writeFileSync(stamp.file, stamp.wanted);
}

function readStamp(api: ApiConfig): { file: string; found: string | undefined; wanted: string } | undefined {
  const sources = sourceFingerprint();
  if (sources === undefined) return undefined;
  const file = join(packageFolder, "node_modules", ".cache", "lockstep-openapi", sha256(api.out));
  const manifest = readText(join(api.out, manifestName));
  return { file, found: readText(file), wanted: sha256(`${sources}\n${manifest ?? ""}`) };
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
