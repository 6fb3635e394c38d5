/** Copies the files of a document, as git keeps them, into a folder of their own outside the work tree. */
import { append } from "../json/append.ts";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, posix, relative, sep } from "node:path";
import { asArray, isObject, type Json } from "../json/json.ts";
import { LoadFailure } from "../load/failure.ts";
import { maxFiles } from "../load/limits.ts";
import { parseText } from "../load/parse.ts";
import { openCommit } from "./commit.ts";
import { GitFailure, MissingDocument } from "./git.ts";
import { rootNames } from "./reference.ts";
import type { Snapshot, SnapshotEntry } from "./snapshot.ts";
import { openStaged } from "./staged.ts";

export interface Checkout {
  /** Absolute; the root of the repository is mapped to it. */
  readonly folder: string;
  /** The document's path inside it, with forward slashes. */
  readonly path: string;
  /** Absolute; the overlays that the revision has. */
  readonly overlays: readonly string[];
  remove(): Promise<void>;
}

/**
 * Checks out the document at `path` of `revision` (`""`: of what is staged) and every file that its `$ref`s reach. As in git,
 * `path` starts at the root of the repository, and at the current folder if it begins with `./` or `../`. A folder stands for
 * the document in it.
 * @throws GitFailure where the commit or the document does not exist.
 */
export async function checkOut(
  revision: string,
  path: string,
  cwd: string,
  overlays: readonly string[] = [],
): Promise<Checkout> {
  const snapshot = revision === "" ? await openStaged(cwd) : await openCommit(revision, cwd);
  const named = pathInRepository(path, snapshot.prefix);
  const { root, body } = await findDocument(snapshot, named);
  const folder = await realpath(await mkdtemp(join(tmpdir(), "lockstep-diff-")));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await copyFrom(root, body, folder, (file) => snapshot.read(file));
    const copied: string[] = [];
    for (const overlay of overlays) {
      const file = posix.join(snapshot.prefix, relative(cwd, overlay).split(sep).join("/"));
      const content = file.startsWith("../") ? undefined : await snapshot.read(file);
      if (content === undefined) continue;
      const target = join(folder, ...file.split("/"));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, content, { mode: 0o600 });
      copied.push(target);
    }
    return { folder, path: root, overlays: copied, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** A path after a revision and a colon, from the root of the repository. `prefix` is the current folder's. */
export function pathInRepository(path: string, prefix: string): string {
  return posix.normalize(/^\.\.?(?:\/|$)/.test(path) ? posix.join(prefix, path) : path);
}

/** The file at the path, or the document in the folder at the path. */
async function findDocument(
  snapshot: Snapshot,
  path: string,
): Promise<{ readonly root: string; readonly body: Buffer }> {
  const isOutside = /^\.\.(?:\/|$)/.test(path);
  for (const root of isOutside ? [] : [path, ...rootNames.map((name) => posix.join(path, name))]) {
    const body = await snapshot.read(root);
    if (body !== undefined) return { root, body };
  }
  const wanted = path === "." ? rootNames[0] : path;
  throw whereFileIs(`${snapshot.name} has no file ${wanted}.`, wanted, await snapshot.list());
}

/** The failure for a missing file, with advice where the file may be. */
function whereFileIs(problem: string, path: string, tree: readonly SnapshotEntry[]): GitFailure {
  const submodule = tree.find((entry) => entry.isSubmodule && path.startsWith(`${entry.path}/`));
  if (submodule !== undefined) {
    const advice = "is a submodule: run the command inside it, with a revision of its own.";
    return new GitFailure(`${problem} ${submodule.path} ${advice}`);
  }
  const namesakes = tree.filter((entry) => posix.basename(entry.path) === posix.basename(path));
  if (namesakes.length > 0) {
    const places = namesakes.slice(0, 3).map((entry) => entry.path);
    return new GitFailure(`${problem} It has ${places.join(" and ")}.`);
  }
  const advice = "Paths start at the root of the repository; ./ means the current folder.";
  return new MissingDocument(`${problem} ${advice}`, path);
}

async function copyFrom(
  root: string,
  body: Buffer,
  folder: string,
  read: (file: string) => Promise<Buffer | undefined>,
): Promise<void> {
  const seen = new Set([root]);
  const open: { file: string; body: Buffer }[] = [{ file: root, body }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const target = join(folder, ...next.file.split("/"));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, next.body, { flag: "wx", mode: 0o600 });
    for (const file of referencedFiles(next.file, next.body.toString("utf8"))) {
      if (seen.has(file) || seen.size >= maxFiles) continue;
      seen.add(file);
      const content = await read(file);
      // What is missing stays missing: loading then says which reference leads nowhere.
      if (content !== undefined) open.push({ file, body: content });
    }
  }
}

/** The files below the root of the repository that a file's references name. */
function referencedFiles(file: string, text: string): string[] {
  let value: Json;
  try {
    value = parseText(file, text).value ?? null;
  } catch (error) {
    // A broken file is reported when it is loaded, with its place.
    if (error instanceof LoadFailure) return [];
    throw error;
  }
  const files = new Set<string>();
  const open: Json[] = [value];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isObject(node)) {
      const ref = node["$ref"];
      if (typeof ref === "string") files.add(ref.split("#")[0] ?? "");
      for (const target of Object.values(isObject(node["mapping"]) ? node["mapping"] : {})) {
        if (typeof target === "string" && /[./]/.test(target)) files.add(target.split("#")[0] ?? "");
      }
      append(open, Object.values(node));
    } else {
      append(open, asArray(node));
    }
  }
  return [...files]
    .filter((ref) => ref !== "" && !/^[a-z][a-z0-9+.-]+:/i.test(ref))
    .map((ref) => posix.normalize(posix.join(posix.dirname(file), decodedPath(ref))))
    .filter((path) => !path.startsWith("../") && !posix.isAbsolute(path));
}

function decodedPath(ref: string): string {
  try {
    return decodeURIComponent(ref);
  } catch {
    return ref;
  }
}
