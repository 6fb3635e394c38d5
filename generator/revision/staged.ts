/** The files that are staged: what the next commit would hold. */
import { posix } from "node:path";
import { firstLine, folderInside, git, GitFailure } from "./git.ts";
import type { Snapshot } from "./snapshot.ts";

interface IndexEntry {
  readonly path: string;
  /** Octal, as git prints it. */
  readonly mode: string;
  readonly hash: string;
  /** 0; others are the sides of a conflict (git-ls-files, `--stage`). */
  readonly stage: string;
}

const link = "120000";
const submodule = "160000";

/** Links that lead to links are followed this far, as in git's own look-up. */
const maxLinks = 40;

/**
 * The index of the repository around `cwd`; inside a hook that of the commit in the making, which git names in
 * `GIT_INDEX_FILE`.
 * @throws GitFailure where there is no git, no repository, or one without an index.
 */
export async function openStaged(cwd: string): Promise<Snapshot> {
  const prefix = await folderInside(cwd);
  // Without `--full-name` and from a folder inside, only what is below that folder would be listed.
  const all = await git(["ls-files", "--stage", "-z", "--full-name", "--", ":/"], cwd);
  if (all.code !== 0) throw new GitFailure(`git refused: ${firstLine(all.error)}`);
  const entries = new Map(parseEntries(all.output.toString("utf8")).map((entry) => [entry.path, entry]));
  return {
    name: "the index of git",
    prefix,
    read: (path) => readEntry(entries, path, cwd, 0),
    list: () =>
      Promise.resolve(
        [...entries.values()].map(({ path, mode }) => ({ path, isSubmodule: mode === submodule })),
      ),
  };
}

function parseEntries(listing: string): IndexEntry[] {
  return listing
    .split("\0")
    .filter((line) => line !== "")
    .map((line) => {
      const [mode = "", hash = "", stage = ""] = line.slice(0, line.indexOf("\t")).split(" ");
      return { path: line.slice(line.indexOf("\t") + 1), mode, hash, stage };
    });
}

async function readEntry(
  entries: ReadonlyMap<string, IndexEntry>,
  path: string,
  cwd: string,
  links: number,
): Promise<Buffer | undefined> {
  const place = [...ancestors(path), path].find((part) => entries.has(part));
  const entry = place === undefined ? undefined : entries.get(place);
  if (entry === undefined || links > maxLinks) return undefined;
  if (entry.stage !== "0") {
    throw new GitFailure(`${entry.path} has conflicts: resolve them, and stage the file with \`git add\`.`);
  }
  if (entry.mode === link) {
    const target = (await readObject(entry, cwd)).toString("utf8");
    const rest = path.slice(entry.path.length);
    const next = posix.join(posix.dirname(entry.path), target) + rest;
    return posix.isAbsolute(target) ? undefined : readEntry(entries, posix.normalize(next), cwd, links + 1);
  }
  return entry.path === path && entry.mode !== submodule ? readObject(entry, cwd) : undefined;
}

/** `a` and `a/b` of `a/b/c`. */
function ancestors(path: string): string[] {
  return [...path.matchAll(/(?<=[^/])\//g)].map(({ index }) => path.slice(0, index));
}

async function readObject({ path, hash }: IndexEntry, cwd: string): Promise<Buffer> {
  const { output, code, error } = await git(["cat-file", "blob", hash], cwd);
  if (code !== 0) throw new GitFailure(`git could not read ${path}: ${firstLine(error)}`);
  return output;
}
