/** Answers a run in which nothing has changed, from hashes alone and without loading the generator. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ApiConfig } from "../config/config.ts";
import { manifestName, type Manifest } from "../write/manifest.ts";
import { findUpToDate } from "../write/up-to-date.ts";
import { manifestIdentity } from "./identity.ts";
import { packageFolder, sourceFingerprint } from "./package.ts";

/** The manifest that says that the API's output is what this generator makes of its inputs; else `undefined`. */
export function answerFromHashes(api: ApiConfig): Manifest | undefined {
  const manifest = findUpToDate(api.out, manifestIdentity(api));
  if (manifest === undefined) return undefined;
  const stamp = readStamp(api);
  return stamp === undefined || stamp.found === stamp.wanted ? manifest : undefined;
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
