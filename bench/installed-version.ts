/** Versions of what the user has installed for a comparison. */
import { createRequire } from "node:module";
import path from "node:path";

/** The version of a package that `folder` has; undefined where it has none. */
export function installedVersion(folder: string, name: string): string | undefined {
  const load = createRequire(path.join(path.resolve(folder), "package.json"));
  for (const modules of load.resolve.paths(name) ?? []) {
    try {
      const manifest: unknown = load(path.join(modules, name, "package.json"));
      if (typeof manifest === "object" && manifest !== null && "version" in manifest)
        return String(manifest.version);
    } catch {
      // It may stand in the next one.
    }
  }
  return undefined;
}
