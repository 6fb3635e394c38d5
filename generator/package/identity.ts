/** What this package is: its version and, where it runs from its sources, their fingerprint. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "../json/json.ts";
import { isCompiled, packageFile, packageFolder } from "./files.ts";

/** The version of the package, from its package.json. */
export function packageVersion(): string {
  const content: unknown = JSON.parse(readFileSync(packageFile, "utf8"));
  const known = typeof content === "object" && content !== null && "version" in content;
  return known ? String(content.version) : "0.0.0";
}

/**
 * Fingerprint of the generator's sources and its locked dependencies when it runs from source, where the version does
 * not tell one state from the next; `undefined` for the compiled package.
 */
export function sourceFingerprint(): string | undefined {
  if (isCompiled) return undefined;
  const hash = createHash("sha256");
  const sources = readdirSync(join(packageFolder, "generator"), { recursive: true, encoding: "utf8" });
  const paths = sources
    .filter((path) => /\.(?:ts|hbs|css|js|svg)$/.test(path))
    .map((path) => join("generator", path));
  for (const path of [...paths, "package-lock.json"].sort(compareText)) {
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(packageFolder, path)))
      .update("\0");
  }
  return hash.digest("hex");
}
