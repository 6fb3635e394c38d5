/** Looks at what stands in an output folder without following a symbolic link inside it. */
import { lstatSync, type Stats } from "node:fs";
import { join } from "node:path";
import { parentFolders } from "./output-path.ts";

/** What stands at a path: a file by its whole path, not read yet; `link` and `blocked` name the path (perhaps a parent) that is in the way. */
export type Standing =
  | { readonly kind: "absent" }
  | { readonly kind: "file"; readonly file: string }
  | { readonly kind: "folder" }
  | { readonly kind: "link" | "blocked"; readonly at: string };

/** What stands at `path` (checked by `pathProblem` before) inside `folder`. Throws on I/O errors such as `EACCES`. */
export function look(folder: string, path: string): Standing {
  for (const parent of parentFolders(path)) {
    const stats = lstat(join(folder, parent));
    if (stats === undefined) return { kind: "absent" };
    if (stats.isSymbolicLink()) return { kind: "link", at: parent };
    if (!stats.isDirectory()) return { kind: "blocked", at: parent };
  }
  const stats = lstat(join(folder, path));
  if (stats === undefined) return { kind: "absent" };
  if (stats.isSymbolicLink()) return { kind: "link", at: path };
  if (stats.isDirectory()) return { kind: "folder" };
  return stats.isFile() ? { kind: "file", file: join(folder, path) } : { kind: "blocked", at: path };
}

function lstat(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}
