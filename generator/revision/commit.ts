/** The files of a commit. */
import { firstLine, folderInside, git, GitFailure } from "./git.ts";
import type { Snapshot, SnapshotEntry } from "./snapshot.ts";

/**
 * The commit that a revision names; for `A...B` the merge base of both (gitrevisions(7)), where an empty side is `HEAD`.
 * @throws GitFailure where there is no git, no repository, no such commit, or no common ancestor.
 */
export async function openCommit(revision: string, cwd: string): Promise<Snapshot> {
  const prefix = await folderInside(cwd);
  const [, left, right] = /^(.*?)\.\.\.(.*)$/s.exec(revision) ?? [];
  const commit =
    left === undefined || right === undefined
      ? await knownCommit(revision, cwd)
      : await mergeBase(left === "" ? "HEAD" : left, right === "" ? "HEAD" : right, cwd);
  return {
    name: `\`${revision}\``,
    prefix,
    read: (path) => readBlob(commit, path, cwd),
    list: () => listTree(commit, cwd),
  };
}

/** The full hash. */
async function knownCommit(revision: string, cwd: string): Promise<string> {
  const commit = await resolveCommit(revision, cwd);
  if (commit !== undefined) return commit;
  throw new GitFailure(`git knows no commit \`${revision}\`.${await whereCommitIs(revision, cwd)}`);
}

/** The best common ancestor. Of several, git chooses one. */
async function mergeBase(left: string, right: string, cwd: string): Promise<string> {
  const commits = [await knownCommit(left, cwd), await knownCommit(right, cwd)];
  const { code, output } = await git(["merge-base", ...commits], cwd);
  if (code === 0) return output.toString("utf8").trim();
  const advice = (await isShallow(cwd)) ? shallowAdvice : "";
  throw new GitFailure(`\`${left}\` and \`${right}\` have no common ancestor.${advice}`);
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
  if (await isShallow(cwd)) return shallowAdvice;
  if ((await resolveCommit(`refs/remotes/origin/${revision}`, cwd)) !== undefined) {
    return ` Did you mean \`origin/${revision}\`?`;
  }
  return (await resolveCommit("HEAD", cwd)) === undefined
    ? " There is no commit on this branch yet."
    : " If it is on a remote, fetch it first: `git fetch`.";
}

const shallowAdvice =
  " This clone is shallow, it has its newest commits only: fetch the others with `git fetch --unshallow`, " +
  "or in GitHub Actions with `fetch-depth: 0` for actions/checkout.";

async function isShallow(cwd: string): Promise<boolean> {
  const { output } = await git(["rev-parse", "--is-shallow-repository"], cwd);
  return output.toString("utf8").trim() === "true";
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
  const listed = await git(["ls-tree", "-r", "-z", "--full-tree", commit], cwd).catch(() => undefined);
  if (listed?.code !== 0) return [];
  return listed.output
    .toString("utf8")
    .split("\0")
    .filter((line) => line !== "")
    .map((line) => ({
      path: line.slice(line.indexOf("\t") + 1),
      isSubmodule: line.startsWith("160000 "),
    }));
}
