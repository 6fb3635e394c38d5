/** Retires a code in the files of one API: plan, rehearse, write. */
import { readFileSync } from "node:fs";
import { rename, rm, stat, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { readingChoices, type ApiConfig } from "../../config/config.ts";
import { hasErrors } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { isUrl } from "../../load/access.ts";
import { readModel } from "../../pipeline/read-model.ts";
import { planRetirement, type RetirePlan } from "../../retire/retire.ts";
import { UsageError } from "../exit-codes.ts";
import { rehearse } from "./rehearse.ts";

export interface RetireOptions {
  readonly code: string;
  readonly replacedBy: string | undefined;
  /** Absent: the document's `info.version`. */
  readonly version: string | undefined;
  readonly dryRun: boolean;
}

export interface RetireResult {
  readonly diagnostics: readonly Diagnostic[];
  /** Names of the files that were, or would be, edited; empty where something stood in the way. */
  readonly edited: readonly string[];
  readonly operations: readonly string[];
  readonly version: string;
}

/** Nothing is written where the document would no longer be readable. Throws `UsageError` for documents that are no files. */
export async function retireCode(api: ApiConfig, options: RetireOptions, cwd: string): Promise<RetireResult> {
  if (isUrl(api.document)) throw new UsageError("A document at an address cannot be edited; name a file.");
  const { allowRemoteRefs: allowRemote, allowRefFolders: allowFolders, overlays = [] } = api;
  const access = { cwd, allowRemote, allowFolders, overlays, choices: readingChoices(api) };
  const { diagnostics, read: source } = await readModel(api.document, access);
  if (source === undefined) return { diagnostics, edited: [], operations: [], version: "" };
  const { document, model } = source;
  const version = options.version ?? model.info.version;
  const read = (file: string): string => readFileSync(resolve(cwd, file), "utf8");
  const { code, replacedBy } = options;
  const plan = planRetirement(document, model, { code, replacedBy, version }, read);
  if (hasErrors(plan.diagnostics))
    return { diagnostics: plan.diagnostics, edited: [], operations: [], version };
  const before = new Set(diagnostics.map(keyOf));
  const after = await rehearse(document.files, plan.files, cwd);
  // What the document reported before is not this command's business.
  const remaining = after.filter((diagnostic) => !before.has(keyOf(diagnostic)));
  if (!options.dryRun) await writeAll(plan, cwd);
  return {
    diagnostics: [...plan.diagnostics, ...remaining],
    edited: [...plan.files.keys()].sort(),
    operations: plan.operations,
    version,
  };
}

function keyOf({ code, message }: Diagnostic): string {
  return `${code} ${message}`;
}

/** New files beside the old ones first, then one rename each: a full disk leaves everything as it was. */
async function writeAll({ files }: RetirePlan, cwd: string): Promise<void> {
  const staged: { readonly from: string; readonly to: string }[] = [];
  try {
    for (const [file, text] of files) {
      const to = resolve(cwd, file);
      const from = `${to}.lockstep-new`;
      staged.push({ from, to });
      await writeFile(from, text, { mode: (await stat(to)).mode });
    }
    for (const { from, to } of staged) await rename(from, to);
  } finally {
    for (const { from } of staged) await rm(from, { force: true });
  }
}
