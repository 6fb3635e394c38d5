/** Checks one API: is its folder what generate would make of it? Generates in memory, writes nothing. */
import type { ApiConfig } from "../../config/config.ts";
import { diagnose, hasErrors } from "../../diagnostics/diagnose.ts";
import type { ManifestHead } from "../../write/manifest.ts";
import { planWrite, type OutputFile, type WritePlan } from "../../write/plan.ts";
import { confirmOutput, workFromHashes } from "./fast-path.ts";
import type { Work } from "../run/each-api.ts";
import type { GenerateOptions } from "./generate-api.ts";
import { manifestHead } from "../run/identity.ts";
import { fileChanges, outcomeBase, type Outcome } from "../run/outcome.ts";

/** Throws only for faults of Lockstep itself. */
export async function checkApi(api: ApiConfig, options: GenerateOptions): Promise<Work> {
  const began = performance.now();
  const base = { ...outcomeBase(api, options.cwd), fromHashes: false };
  const milliseconds = (): number => Math.round(performance.now() - began);
  const known = options.force ? undefined : workFromHashes(api, "current", options.cwd);
  if (known !== undefined) return known;
  const { compile } = await import("../run/compile.ts");
  const { diagnostics, output, dependencies } = await compile(api, options.cwd, options.stage);
  if (output === undefined) {
    return {
      outcome: { ...base, status: "failed", milliseconds: milliseconds(), diagnostics },
      dependencies,
    };
  }
  options.stage("comparing");
  const plan = planOrFail(
    api.out,
    output.files,
    manifestHead(api, { inputs: output.inputs, diagnostics }, options.cwd),
  );
  const failed = hasErrors(plan.diagnostics);
  const drifted = plan.changes.length > 0 || plan.kept.length > 0;
  const status = failed ? "blocked" : drifted ? "drifted" : "current";
  if (status === "current") confirmOutput(api);
  const outcome: Outcome = {
    ...base,
    status,
    milliseconds: milliseconds(),
    report: output.report,
    files: fileChanges(plan),
    diagnostics: [...diagnostics, ...plan.diagnostics],
  };
  return { outcome, plan, dependencies };
}

function planOrFail(folder: string, files: readonly OutputFile[], head: ManifestHead): WritePlan {
  try {
    return planWrite(folder, files, head);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const diagnostic = diagnose("lockstep/output-failed", `The output folder could not be read: ${reason}.`);
    return { changes: [], unchanged: [], kept: [], diagnostics: [diagnostic] };
  }
}
