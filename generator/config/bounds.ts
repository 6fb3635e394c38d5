/** How far a configuration may lead: it comes with the repository, and so from whoever opens a pull request. */
import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { isInside, isTooWide, isUrl } from "../load/access.ts";

/** What the command line allows a configuration beyond its repository. */
export interface Permissions {
  /** Folders outside the repository, and the network. */
  readonly trusted?: boolean | undefined;
  readonly remote?: boolean | undefined;
}

/** The repository that `path` lies in: the nearest folder above with `.git`, else the folder of `path` itself. */
export function repositoryOf(path: string): string {
  const own = dirname(path);
  for (let folder = own; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return isTooWide(folder) ? own : folder;
    if (dirname(folder) === folder) return own;
  }
}

/**
 * Whether `path` lies, symbolic links followed, in `repository` and not in what git keeps there. Never, where the
 * repository would be the root of the file system or somebody's home.
 */
export function isWithinRepository(path: string, repository: string): boolean {
  const [real, root] = [realPath(path), realPath(repository)];
  if (isTooWide(root) || !isInside(real, root)) return false;
  return !relative(root, real).toLowerCase().split(sep).includes(".git");
}

/** What keeps a path or address of the configuration at `file` from being used; `undefined` if nothing does. */
export function outOfBounds(path: string, file: string, permissions: Permissions): string | undefined {
  if (permissions.trusted === true) return undefined;
  if (isUrl(path)) return permissions.remote === true ? undefined : "leads to the network";
  return isWithinRepository(path, repositoryOf(file)) ? undefined : "leads out of the repository";
}

/** The real path; of what does not exist, that of the nearest folder above, and the rest. */
function realPath(path: string): string {
  const parent = dirname(path);
  try {
    return realpathSync(path);
  } catch {
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}
