/** Compares what should stand in an output folder with what stands there. Reads, never writes. */
import { readFileSync } from "node:fs";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { diagnose } from "../diagnostics/diagnose.ts";
import { compareText } from "../json/json.ts";
import { hashFile } from "./file-hash.ts";
import { look, type Standing } from "./folder.ts";
import { hashText } from "../json/text-hash.ts";
import {
  formatManifest,
  manifestName,
  parseOwnership,
  type ManifestHead,
  type Ownership,
} from "./manifest.ts";
import { collisionKey, parentFolders, pathProblem } from "./output-path.ts";

/** A file to write: `path` relative to the output folder with forward slashes. */
export interface OutputFile {
  readonly path: string;
  readonly content: string;
}

export type Change =
  | { readonly kind: "create"; readonly path: string; readonly content: string; readonly hash: string }
  | {
      readonly kind: "modify";
      readonly path: string;
      readonly content: string;
      readonly hash: string;
      readonly before: string;
    }
  | { readonly kind: "delete"; readonly path: string };

export interface WritePlan {
  /** Deletions first, then files by path, the manifest last. */
  readonly changes: readonly Change[];
  readonly unchanged: readonly string[];
  /** Files of an earlier run that are generated no more and were edited by hand: they stay. */
  readonly kept: readonly string[];
  /** With an error among them nothing may be written. */
  readonly diagnostics: readonly Diagnostic[];
}

const fingerprints = new WeakMap<OutputFile, string>();

/** The hash of a file's content, made once: a folder is planned twice, and a journal repeats it. */
export function fingerprint(file: OutputFile): string {
  const known = fingerprints.get(file);
  if (known !== undefined) return known;
  const hash = hashText(file.content);
  fingerprints.set(file, hash);
  return hash;
}

/**
 * What has to change so that `folder` holds exactly `files` and their manifest. Only files that the manifest standing
 * there claims are modified or deleted. Throws on I/O errors.
 */
export function planWrite(folder: string, files: readonly OutputFile[], head: ManifestHead): WritePlan {
  const unsafe = unsafePaths(files);
  if (unsafe.length > 0) return { changes: [], unchanged: [], kept: [], diagnostics: unsafe };
  const ownership = readOwnership(folder);
  if ("diagnostic" in ownership) {
    return { changes: [], unchanged: [], kept: [], diagnostics: [ownership.diagnostic] };
  }
  return compare(folder, withManifest(files, head), ownership.owned);
}

function unsafePaths(files: readonly OutputFile[]): Diagnostic[] {
  const taken = new Map<string, string>([[manifestName, manifestName]]);
  const diagnostics: Diagnostic[] = [];
  for (const { path } of files) {
    const problem = pathProblem(path);
    const namesake = taken.get(collisionKey(path));
    if (problem !== undefined) {
      diagnostics.push(
        diagnose("lockstep/output-path", `${JSON.stringify(path)} cannot be written: ${problem}.`),
      );
    } else if (namesake !== undefined) {
      const message = `${path} and ${namesake} would be the same file where case is ignored.`;
      diagnostics.push(diagnose("lockstep/output-path", message));
    }
    taken.set(collisionKey(path), path);
  }
  return diagnostics;
}

function withManifest(files: readonly OutputFile[], head: ManifestHead): OutputFile[] {
  const outputs = new Map(files.map((file) => [file.path, fingerprint(file)]));
  const sorted = [...files].sort((a, b) => compareText(a.path, b.path));
  return [...sorted, { path: manifestName, content: formatManifest({ ...head, outputs }) }];
}

function readOwnership(folder: string): { owned: Ownership } | { diagnostic: Diagnostic } {
  const standing = look(folder, manifestName);
  if (standing.kind === "absent") return { owned: new Map() };
  const owned = standing.kind === "file" ? parseOwnership(readFileSync(standing.file, "utf8")) : undefined;
  if (owned !== undefined) return { owned };
  const message = `${manifestName} in the output folder is damaged, or another tool's.`;
  return { diagnostic: diagnose("lockstep/manifest-unreadable", message) };
}

function compare(folder: string, files: readonly OutputFile[], owned: Ownership): WritePlan {
  const orphans = findOrphans(folder, files, owned);
  const changes: Change[] = orphans.removable.map((path) => ({ kind: "delete", path }));
  const diagnostics = [...orphans.diagnostics];
  const unchanged: string[] = [];
  const removed = new Set(orphans.removable);
  const removedKeys = new Set(orphans.removable.map(collisionKey));
  for (const file of files) {
    const standing = afterDeletion(look(folder, file.path), file.path, removed, removedKeys);
    const verdict = decide(file, standing, owned.has(file.path) || file.path === manifestName);
    if (verdict === "unchanged") unchanged.push(file.path);
    else if ("kind" in verdict) changes.push(verdict);
    else diagnostics.push(verdict);
  }
  return { changes, unchanged, kept: orphans.kept, diagnostics };
}

/** What will stand at `path` once the orphans are gone: a file may take a folder's place, or the other way round. */
function afterDeletion(
  standing: Standing,
  path: string,
  removed: ReadonlySet<string>,
  removedKeys: ReadonlySet<string>,
): Standing {
  const absent: Standing = { kind: "absent" };
  if (standing.kind === "blocked" && removed.has(standing.at)) return absent;
  if (standing.kind === "folder" && [...removed].some((orphan) => orphan.startsWith(`${path}/`)))
    return absent;
  // `Errors.md` becoming `errors.md` where case is ignored: what stands there is the orphan itself.
  if (standing.kind === "file" && removedKeys.has(collisionKey(path))) return absent;
  return standing;
}

function decide(file: OutputFile, standing: Standing, owned: boolean): Change | Diagnostic | "unchanged" {
  const { path, content } = file;
  switch (standing.kind) {
    case "absent":
      return { kind: "create", path, content, hash: fingerprint(file) };
    case "link":
      return diagnose(
        "lockstep/output-link",
        `${standing.at} is a symbolic link, so ${path} is not written.`,
      );
    case "blocked":
      return diagnose(
        "lockstep/output-foreign",
        `${standing.at} is not a folder, so ${path} cannot be written.`,
      );
    case "folder":
      return diagnose("lockstep/output-foreign", `${path} is a folder, and a generated file belongs there.`);
    case "file":
      if (hashFile(standing.file) === fingerprint(file)) return "unchanged";
      if (owned) {
        const before = readFileSync(standing.file, "utf8");
        return { kind: "modify", path, content, hash: fingerprint(file), before };
      }
      return diagnose(
        "lockstep/output-foreign",
        `${path} exists, differs, and was not generated by Lockstep.`,
      );
  }
}

interface Orphans {
  readonly removable: readonly string[];
  readonly kept: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Files that an earlier run generated and this one does not. One edited since is somebody's work: it stays. */
function findOrphans(folder: string, files: readonly OutputFile[], owned: Ownership): Orphans {
  const current = new Set(files.map(({ path }) => path));
  const removable: string[] = [];
  const kept: string[] = [];
  for (const [path, hashes] of [...owned].sort(([a], [b]) => compareText(a, b))) {
    if (current.has(path)) continue;
    const standing = look(folder, path);
    if (standing.kind !== "file") continue;
    (hashes.includes(hashFile(standing.file)) ? removable : kept).push(path);
  }
  const diagnostics = kept.map((path) =>
    diagnose("lockstep/output-edited", `${path} is no longer generated, but was edited by hand.`),
  );
  return { removable, kept, diagnostics };
}

/** Folders that may be empty after the deletions, the innermost first. */
export function emptiedFolders(changes: readonly Change[]): string[] {
  const parents = new Set<string>();
  for (const change of changes) {
    if (change.kind === "delete") for (const parent of parentFolders(change.path)) parents.add(parent);
  }
  return [...parents].sort((a, b) => b.split("/").length - a.split("/").length || compareText(a, b));
}
