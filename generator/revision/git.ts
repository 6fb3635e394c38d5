/**
 * Reads files of a commit through git's plumbing. Never touches the work tree, the index or the references; no hook, filter or
 * pager runs; nothing that the user wrote can be taken for an option.
 */
import { spawn } from "node:child_process";
import { maxFileBytes } from "../load/limits.ts";

/** Git could not answer. The message says why, for the person who named the revision. */
export class GitFailure extends Error {}

export interface GitCommit {
  /** Full hash. */
  readonly hash: string;
  /** The current folder inside the repository, with a slash at the end; `""` for its root. */
  readonly prefix: string;
}

/**
 * The commit that a revision names.
 * @throws GitFailure where there is no git, no repository, or no such commit.
 */
export async function findCommit(revision: string, cwd: string): Promise<GitCommit> {
  // `--end-of-options` keeps a revision such as `--output=x` from being an option (git 2.24).
  const verify = ["rev-parse", "--quiet", "--verify", "--end-of-options", `${revision}^{commit}`];
  const inside = await git(["rev-parse", "--show-prefix"], cwd);
  if (inside.code !== 0) throw new GitFailure(notRepository(inside.error));
  const answer = await git(verify, cwd);
  const hash = answer.output.toString("utf8").trim();
  if (answer.code !== 0 || !/^[0-9a-f]{40,64}$/.test(hash)) {
    throw new GitFailure(`git knows no commit \`${revision}\`.${await whereCommitIs(revision, cwd)}`);
  }
  return { hash, prefix: inside.output.toString("utf8").replace(/\n$/, "") };
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
  const remote = await git(
    ["rev-parse", "--quiet", "--verify", "--end-of-options", `refs/remotes/origin/${revision}^{commit}`],
    cwd,
  );
  return remote.code === 0
    ? ` Did you mean \`origin/${revision}\`?`
    : " If it is on a remote, fetch it first: `git fetch`.";
}

/**
 * The content of a file of the commit, by its path from the root of the repository; `undefined` where there is none.
 * @throws GitFailure for one that is too large, or that a partial clone has not fetched.
 */
export async function readBlob(commit: GitCommit, path: string, cwd: string): Promise<Buffer | undefined> {
  // A name with a line end could smuggle in a second request.
  if (path === "" || /[\n\r\0]/.test(path)) return undefined;
  // Symbolic links are followed inside the commit, as they are in a work tree; those that lead out of it have no blob.
  const batch = ["cat-file", "--batch", "--follow-symlinks"];
  const { output, code, error } = await git(batch, cwd, `${commit.hash}:${path}\n`);
  if (code !== 0) throw new GitFailure(`git could not read ${path}: ${firstLine(error)}`);
  const end = output.indexOf(10);
  const [, type, size] = output.subarray(0, end).toString("utf8").split(" ").slice(-3);
  if (output.subarray(0, end).toString("utf8").endsWith(" missing") || type !== "blob") return undefined;
  return output.subarray(end + 1, end + 1 + Number(size));
}

/** What stands at a path of a commit. */
export interface TreeEntry {
  readonly path: string;
  /** A commit of another repository, not a file. */
  readonly isSubmodule: boolean;
}

/** Every file and submodule of the commit; none where there are too many to list. */
export async function listTree({ hash }: GitCommit, cwd: string): Promise<readonly TreeEntry[]> {
  const answer = await git(["ls-tree", "-r", "-z", "--full-tree", hash], cwd).catch(() => undefined);
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

interface Answer {
  readonly code: number;
  readonly output: Buffer;
  readonly error: string;
}

function git(args: readonly string[], cwd: string, input = ""): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      "git",
      ["--no-pager", "--no-replace-objects", "-c", "core.fsmonitor=false", ...args],
      {
        cwd,
        env: {
          ...process.env,
          GIT_TERMINAL_PROMPT: "0",
          GIT_OPTIONAL_LOCKS: "0",
          GIT_NO_LAZY_FETCH: "1",
          LC_ALL: "C",
        },
        stdio: ["pipe", "pipe", "pipe"],
      },
    );
    const chunks: Buffer[] = [];
    let size = 0;
    let error = "";
    child.stdout.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxFileBytes + 1024) child.kill();
      else chunks.push(chunk);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => (error += text.slice(0, 4096)));
    child.stdin.on("error", () => undefined);
    child.on("error", () => {
      reject(new GitFailure("git is not installed, or not on the PATH."));
    });
    child.on("close", (code, signal) => {
      if (signal !== null) reject(new GitFailure("the file is larger than Lockstep reads."));
      else resolve({ code: code ?? 1, output: Buffer.concat(chunks), error });
    });
    child.stdin.end(input);
  });
}

function notRepository(error: string): string {
  return error.includes("not a git repository")
    ? "the current folder is not inside a git repository."
    : `git refused: ${firstLine(error)}`;
}

function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}
