/** Finds the configuration file of a working directory. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

export const configName = "lockstep.yaml";

/**
 * The nearest `lockstep.yaml` from `cwd` upward, as an absolute path. The search ends at the root of the repository
 * (the folder with `.git`): a stray file in a home directory must not decide what a project generates.
 */
export function findConfig(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const file = join(folder, configName);
    if (existsSync(file)) return file;
    if (existsSync(join(folder, ".git")) || dirname(folder) === folder) return undefined;
  }
}
