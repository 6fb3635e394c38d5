/** Tries edits out on a copy of the document before anything is written. */
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { InputFile } from "../../load/document.ts";
import { load } from "../../load/load.ts";

/**
 * What loading would say after the edits: `files` are those of the document (the root first), `edited` new texts by
 * the same names. Files keep their places to one another, so references work.
 */
export async function rehearse(
  files: readonly InputFile[],
  edited: ReadonlyMap<string, string>,
  cwd: string,
): Promise<readonly Diagnostic[]> {
  const paths = files.map(({ path }) => resolve(cwd, path));
  const top = commonFolder([cwd, ...paths.map((path) => dirname(path))]);
  const folder = await realpath(await mkdtemp(join(tmpdir(), "lockstep-retire-")));
  try {
    for (const [index, path] of paths.entries()) {
      const target = join(folder, relative(top, path));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, edited.get(files[index]?.path ?? "") ?? (await readFile(path)));
    }
    const copiedCwd = join(folder, relative(top, cwd));
    await mkdir(copiedCwd, { recursive: true });
    const root = join(folder, relative(top, paths[0] ?? cwd));
    // The copy holds nothing but files that the document was allowed to read.
    const { diagnostics } = await load(root, { cwd: copiedCwd, allowRemote: false, allowFolders: [folder] });
    return diagnostics;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function commonFolder(folders: readonly string[]): string {
  const [first = sep, ...rest] = folders;
  const parts = first.split(sep);
  const shared = parts.findIndex((part, index) => rest.some((folder) => folder.split(sep)[index] !== part));
  return (shared === -1 ? parts : parts.slice(0, shared)).join(sep) || sep;
}
