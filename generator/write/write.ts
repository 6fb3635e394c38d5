/** Writes generated files into an output folder: all or nothing, and only what Lockstep owns there. */
import { existsSync, mkdirSync, rmdirSync } from "node:fs";
import { dirname } from "node:path";
import { diagnose, hasErrors } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { commit } from "./commit.ts";
import type { ManifestHead } from "./manifest.ts";
import { planWrite, type OutputFile, type WritePlan } from "./plan.ts";
import { withStaging } from "./staging.ts";

export interface WriteResult {
  /** What was done; with an error among `diagnostics`, nothing was. */
  readonly plan: WritePlan;
  readonly diagnostics: readonly Diagnostic[];
}

/** How long to wait for another run that is writing to the same folder, in ms. */
const patience = 10_000;

/**
 * Makes `folder` hold exactly `files` and their manifest. Files whose content stays keep their mtime; files of an
 * earlier run that are generated no more are deleted; a file that Lockstep did not generate is never touched. On any
 * error the folder is as it was, and the error is a diagnostic.
 */
export async function writeOutput(
  folder: string,
  files: readonly OutputFile[],
  head: ManifestHead,
): Promise<WriteResult> {
  let plan: WritePlan = { changes: [], unchanged: [], kept: [], diagnostics: [] };
  try {
    plan = planWrite(folder, files, head);
    if (plan.changes.length === 0 || hasErrors(plan.diagnostics))
      return { plan, diagnostics: plan.diagnostics };
    const written = await writeAlone(folder, files, head);
    if (written !== undefined) return { plan: written, diagnostics: written.diagnostics };
    return failure(plan, diagnose("lockstep/output-busy", "Another run is writing to the output folder."));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failure(
      plan,
      diagnose("lockstep/output-failed", `The output folder could not be written: ${reason}.`),
    );
  }
}

async function writeAlone(
  folder: string,
  files: readonly OutputFile[],
  head: ManifestHead,
): Promise<WritePlan | undefined> {
  const created = makeFolder(folder);
  try {
    const held = await withStaging(folder, patience, (staging) => {
      // Planned again: another run may have written since.
      const plan = planWrite(folder, files, head);
      if (!hasErrors(plan.diagnostics)) commit(folder, staging, plan.changes);
      return plan;
    });
    return held?.result;
  } catch (error) {
    if (created !== undefined) removeFolders(folder, created);
    throw error;
  }
}

/**
 * Makes the folder and those above it that are missing; gives the outermost one made. One at a time, because Node's
 * `recursive` never returns where a file system reports ENOENT for a folder in one that exists, as /proc does.
 */
function makeFolder(folder: string): string | undefined {
  if (existsSync(folder)) return undefined;
  const outermost = makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another run was faster.
    if (existsSync(folder)) return outermost;
    throw error;
  }
  return outermost ?? folder;
}

/** Removes the folders from `folder` up to `outermost` that this run has made, as far as they are empty. */
function removeFolders(folder: string, outermost: string): void {
  try {
    for (let path = folder; path.length >= outermost.length; path = dirname(path)) rmdirSync(path);
  } catch {
    // Somebody else has put something there.
  }
}

function failure(plan: WritePlan, diagnostic: Diagnostic): WriteResult {
  return { plan: { ...plan, changes: [] }, diagnostics: [...plan.diagnostics, diagnostic] };
}
