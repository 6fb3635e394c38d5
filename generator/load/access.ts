/** Which files a document may read: documents are not trusted, and a `$ref` must not reach for `/etc` or the network. */
import { realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { LoadFailure } from "./failure.ts";

export interface AccessOptions {
  /** The working directory, absolute. Paths in diagnostics are relative to it. */
  readonly cwd: string;
  /** True if `http:` and `https:` references may be fetched. */
  readonly allowRemote: boolean;
  /** Folders, absolute or relative to `cwd`, that references may lead into besides the default ones. */
  readonly allowFolders?: readonly string[];
  /** OpenAPI Overlays, absolute, that are applied to the document one after the other. */
  readonly overlays?: readonly string[];
}

/** True for an address, false for a path. A single letter before the colon is a drive. */
export function isUrl(ref: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(ref);
}

/**
 * The absolute path or URL of a file that a reference in the file `from` names.
 * @throws TypeError where the two make no URL
 */
export function resolveFile(from: string, uri: string): string {
  if (isUrl(uri)) return uri;
  return isUrl(from) ? new URL(uri, from).href : resolve(dirname(from), uri);
}

/** A path as diagnostics show it: relative to the working directory, forward slashes; a URL as it is. */
export function displayPath(path: string, cwd: string): string {
  if (isUrl(path)) return path;
  const shown = relative(cwd, path);
  return (shown === "" ? "." : shown).split(sep).join("/");
}

/** True for the root of the file system and for the home folder, which hold more than one project needs. */
export function isTooWide(folder: string): boolean {
  return dirname(folder) === folder || folder === homedir();
}

/**
 * The folders below which references may lead: the document's own; the working directory, where the document lies
 * below it, unless it is a home or the root; and those explicitly allowed. All are real paths, so that a symbolic link cannot lead out.
 */
export async function allowedFolders(rootFile: string, options: AccessOptions): Promise<readonly string[]> {
  const home = await realpath(dirname(rootFile));
  const cwd = await realpath(options.cwd);
  const folders = [home];
  if (isInside(home, cwd) && !isTooWide(cwd)) folders.push(cwd);
  for (const folder of options.allowFolders ?? []) {
    folders.push(await realpath(resolve(options.cwd, folder)).catch(() => resolve(options.cwd, folder)));
  }
  return folders;
}

/**
 * Checks that a local file may be read.
 * @throws LoadFailure when it lies, symbolic links followed, outside every allowed folder.
 */
export async function checkLocal(path: string, folders: readonly string[], cwd: string): Promise<void> {
  const real = await realPath(path);
  if (folders.some((folder) => isInside(real, folder))) return;
  throw new LoadFailure(
    "lockstep/ref-outside",
    `The reference leads to ${displayPath(path, cwd)}, outside the folders that this document may read.`,
  );
}

/** A file that does not exist has no real path; its nearest existing folder decides, so that nobody can probe for files. */
async function realPath(path: string): Promise<string> {
  const parent = dirname(path);
  if (parent === path) return path;
  return realpath(path).catch(async () => resolve(await realPath(parent), basename(path)));
}

/** Both real paths: is `path` the folder, or below it? */
export function isInside(path: string, folder: string): boolean {
  const below = relative(folder, path);
  return !below.startsWith(`..${sep}`) && below !== ".." && !isAbsolute(below);
}
