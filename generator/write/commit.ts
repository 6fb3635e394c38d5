/**
 * Carries out a write plan so that the folder ends up wholly new or as it was. Everything is prepared in a staging
 * folder beside the files (same file system, so each step is one rename), with a journal from which `undo` can go
 * back, in this run or, after a crash, in the next. Synchronous on purpose: a signal handler cannot run in between.
 */
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  utimesSync,
  lstatSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { isObject, type Json } from "../json/json.ts";
import { look } from "./folder.ts";
import { hashFile } from "./file-hash.ts";
import { parentFolders, pathProblem } from "./output-path.ts";
import { emptiedFolders, type Change } from "./plan.ts";

interface JournalEntry {
  readonly kind: Change["kind"];
  readonly path: string;
  /** Hash of what is put there; none for a deletion. */
  readonly hash?: string;
}

const journalName = "journal.json";

/** Applies `changes` to `folder` through the empty folder `staging`. Throws what went wrong after it has undone. */
export function commit(folder: string, staging: string, changes: readonly Change[]): void {
  prepare(staging, changes);
  try {
    // Deletions come first in a plan; the folders they empty may have to make room for files.
    changes.forEach((change, index) => {
      if (change.kind === "delete") renameSync(join(folder, change.path), backup(staging, index));
    });
    for (const emptied of emptiedFolders(changes)) removeIfEmpty(join(folder, emptied));
    changes.forEach((change, index) => {
      if (change.kind === "delete") return;
      const target = join(folder, change.path);
      mkdirSync(dirname(target), { recursive: true });
      if (change.kind === "modify") keepBackup(target, backup(staging, index));
      renameSync(fresh(staging, index), target);
    });
  } catch (error) {
    undo(folder, staging);
    throw error;
  }
  // From here on the new state is the one to keep, whatever happens to the rest of the staging folder.
  rmSync(join(staging, journalName), { force: true });
}

function prepare(staging: string, changes: readonly Change[]): void {
  mkdirSync(join(staging, "fresh"));
  mkdirSync(join(staging, "backup"));
  changes.forEach((change, index) => {
    if (change.kind !== "delete") writeFileSync(fresh(staging, index), change.content);
  });
  const journal: JournalEntry[] = changes.map((change) =>
    change.kind === "delete"
      ? { kind: change.kind, path: change.path }
      : { kind: change.kind, path: change.path, hash: change.hash },
  );
  writeFileSync(join(staging, journalName), JSON.stringify(journal));
}

/** A hard link costs nothing and keeps the mtime; some file systems have none. */
function keepBackup(target: string, copy: string): void {
  try {
    linkSync(target, copy);
  } catch {
    copyFileSync(target, copy);
    const { atime, mtime } = lstatSync(target);
    utimesSync(copy, atime, mtime);
  }
}

/** Goes back to the state before the commit that left its journal in `staging`; without a journal nothing happened. */
export function undo(folder: string, staging: string): void {
  const journal = readJournal(staging);
  for (const [index, entry] of [...journal.entries()].reverse()) {
    if (entry.kind === "create" && !existsSync(fresh(staging, index))) removeCreated(folder, entry);
  }
  journal.forEach((entry, index) => {
    if (look(staging, `backup/${index}`).kind !== "file" || !isReachable(folder, entry.path)) return;
    const target = join(folder, entry.path);
    mkdirSync(dirname(target), { recursive: true });
    renameSync(backup(staging, index), target);
  });
  rmSync(join(staging, journalName), { force: true });
}

function removeCreated(folder: string, entry: JournalEntry): void {
  const standing = look(folder, entry.path);
  if (standing.kind === "file" && hashFile(standing.file) === entry.hash) rmSync(standing.file);
  for (const parent of parentFolders(entry.path).reverse()) removeIfEmpty(join(folder, parent));
}

function isReachable(folder: string, path: string): boolean {
  return !["link", "blocked", "folder"].includes(look(folder, path).kind);
}

/** True if `staging` holds a commit that was neither finished nor undone. */
export function hasJournal(staging: string): boolean {
  return existsSync(join(staging, journalName));
}

/** A journal is read from disk after a crash, so it is trusted no more than any other input. */
function readJournal(staging: string): JournalEntry[] {
  let content: Json;
  try {
    // JSON.parse returns JSON; every member is checked below.
    content = JSON.parse(readFileSync(join(staging, journalName), "utf8")) as Json;
  } catch {
    return [];
  }
  const entries = Array.isArray(content) ? content.map(parseEntry) : [];
  return entries.every((entry) => entry !== undefined) ? entries : [];
}

function parseEntry(value: Json): JournalEntry | undefined {
  if (!isObject(value)) return undefined;
  const { kind, path, hash } = value;
  if (typeof path !== "string" || pathProblem(path) !== undefined) return undefined;
  if (kind === "delete") return { kind, path };
  if ((kind !== "create" && kind !== "modify") || typeof hash !== "string") return undefined;
  return { kind, path, hash };
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Not empty or never there: somebody else's files may stand in it, and an empty folder harms nobody.
  }
}

function fresh(staging: string, index: number): string {
  return join(staging, "fresh", String(index));
}

function backup(staging: string, index: number): string {
  return join(staging, "backup", String(index));
}
