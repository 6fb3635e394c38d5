/**
 * Runs git's plumbing. Never touches the work tree, the index or the references; no hook, filter or pager runs; nothing that
 * the user wrote can be taken for an option.
 */
import { spawn } from "node:child_process";
import { maxFileBytes } from "../load/limits.ts";

/** Git failed. The message says why, for the person who named the revision. */
export class GitFailure extends Error {}

/** The commit exists, but not the document, nor a file of its name elsewhere. */
export class MissingDocument extends GitFailure {
  /** From the root of the repository. */
  readonly path: string;

  constructor(message: string, path: string) {
    super(message);
    this.path = path;
  }
}

export interface GitOutput {
  readonly code: number;
  readonly output: Buffer;
  readonly error: string;
}

export function git(args: readonly string[], cwd: string, input = ""): Promise<GitOutput> {
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
          // Before git 2.45 the line above means nothing; without a protocol a partial clone fetches nothing either.
          GIT_ALLOW_PROTOCOL: "none",
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

/**
 * The current folder inside its repository, with a slash at the end; `""` for the root.
 * @throws GitFailure where there is no git or no repository.
 */
export async function folderInside(cwd: string): Promise<string> {
  const inside = await git(["rev-parse", "--show-prefix"], cwd);
  if (inside.code !== 0) throw new GitFailure(notRepository(inside.error));
  return inside.output.toString("utf8").replace(/\n$/, "");
}

function notRepository(error: string): string {
  return error.includes("not a git repository")
    ? "the current folder is not inside a git repository."
    : `git refused: ${firstLine(error)}`;
}

export function firstLine(text: string): string {
  return text.trim().split("\n")[0] ?? "";
}
