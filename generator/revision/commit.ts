/** The files of a commit. */
import { firstLine, folderInside, git, GitFailure } from "./git.ts";
import type { Snapshot, SnapshotEntry } from "./snapshot.ts";

/**
 * The commit that a revision names.
 * @throws GitFailure where there is no git, no repository, or no such commit.
 */
export async function openCommit(revision: string, cwd: string): Promise<Snapshot> {
  const prefix = await folderInside(cwd);
  const commit = await resolveCommit(revision, cwd);
  if (commit === undefined) {
    throw new GitFailure(`git knows no commit \`${revision}\`.${await whereCommitIs(revision, cwd)}`);
  }
  return {
    name: `\`${revision}\``,
    prefix,
    read: (path) => readBlob(commit, path, cwd),
    list: () => listTree(commit, cwd),
  };
}

/** The full hash; `undefined` where there is no such commit. */
async function resolveCommit(revision: string, cwd: string): Promise<string | undefined> {
  // `--end-of-options` keeps a revision such as `--output=x` from being an option (git 2.24).
  const verify = ["rev-parse", "--quiet", "--verify", "--end-of-options", `${revision}^{commit}`];
  const { code, output } = await git(verify, cwd);
  const hash = output.toString("utf8").trim();
  return code === 0 && /^[0-9a-f]{40,64}$/.test(hash) ? hash : undefined;
}

/** What to do about a commit that is not there: a sentence, or nothing. */
async function whereCommitIs(revision: string, cwd: string): Promise<string> {
  const shallow = await git(["rev-parse", "--is-shallow-repository"], cwd);
  if (shallow.output.toString("utf8").trim() === "true") {
    return (
      " This clone is shallow, it has its newest commits only: fetch the others with `git fetch --unshallow`, " +
      "or in GitHub Actions with `fetch-depth: 0` for actions/checkout."
    );
  }
  if ((await resolveCommit(`refs/remotes/origin/${revision}`, cwd)) !== undefined) {
    return ` Did you mean \`origin/${revision}\`?`;
  }
  return (await resolveCommit("HEAD", cwd)) === undefined
    ? " There is no commit on this branch yet."
    : " If it is on a remote, fetch it first: `git fetch`.";
}

/** @throws GitFailure for a file that is too large, or that a partial clone has not fetched. */
async function readBlob(commit: string, path: string, cwd: string): Promise<Buffer | undefined> {
  // A name with a line end could smuggle in a second request.
  if (path === "" || /[\n\r\0]/.test(path)) return undefined;
  // Symbolic links are followed inside the commit, as they are in a work tree; those that lead out of it have no blob.
  const batch = ["cat-file", "--batch", "--follow-symlinks"];
  const { output, code, error } = await git(batch, cwd, `${commit}:${path}\n`);
  if (code !== 0) throw new GitFailure(`git could not read ${path}: ${firstLine(error)}`);
  const end = output.indexOf(10);
  const [, type, size] = output.subarray(0, end).toString("utf8").split(" ").slice(-3);
  if (output.subarray(0, end).toString("utf8").endsWith(" missing") || type !== "blob") return undefined;
  return output.subarray(end + 1, end + 1 + Number(size));
}

async function listTree(commit: string, cwd: string): Promise<readonly SnapshotEntry[]> {
  const answer = await git(["ls-tree", "-r", "-z", "--full-tree", commit], cwd).catch(() => undefined);
  if (answer?.code !== 0) return [];
  return answer.output
    .toString("utf8")
    .split("\0")
    .filter((line) => line !== "")
    .map((line) => ({
      path: line.slice(line.indexOf("\t") + 1),
      isSubmodule: line.startsWith("160000 "),
    }));
}
