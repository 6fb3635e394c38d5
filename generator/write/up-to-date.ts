/** The fast path: the hashes in the manifest tell that nothing has changed since it was written. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { look } from "./folder.ts";
import { hashFile } from "./file-hash.ts";
import { formatOptions, manifestName, parseManifest, type Manifest, type ManifestHead } from "./manifest.ts";

/** What a manifest must say before its inputs are worth reading. */
export type Expectation = Pick<ManifestHead, "generator" | "document" | "options">;

/**
 * The manifest in `folder` if it was written by the same generator with the same options for the same document, and
 * every input and output still has the hash it had. `undefined` means: generate to find out. Inputs from the network
 * have no hash to compare.
 */
export function findUpToDate(folder: string, expected: Expectation): Manifest | undefined {
  try {
    const standing = look(folder, manifestName);
    const manifest =
      standing.kind === "file" ? parseManifest(readFileSync(standing.file, "utf8")) : undefined;
    if (manifest === undefined || !matches(manifest, expected)) return undefined;
    for (const [path, hash] of manifest.inputs) {
      if (isUrl(path) || hashFile(resolve(folder, path)) !== hash) return undefined;
    }
    for (const [path, hash] of manifest.outputs) {
      const output = look(folder, path);
      if (output.kind !== "file" || hashFile(output.file) !== hash) return undefined;
    }
    return manifest;
  } catch {
    // Something cannot be read; the slow path says what.
    return undefined;
  }
}

function matches(manifest: Manifest, expected: Expectation): boolean {
  return (
    manifest.generator === expected.generator &&
    manifest.document === expected.document &&
    formatOptions(manifest.options) === formatOptions(expected.options)
  );
}

function isUrl(path: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(path);
}
