/** Generates one API into its folder. */
import type { ApiConfig } from "../../config/config.ts";
import { hasErrors } from "../../diagnostics/diagnose.ts";
import { writeOutput } from "../../write/write.ts";
import type { Work } from "../run/each-api.ts";
import { confirmOutput, workFromHashes } from "./fast-path.ts";
import { manifestHead } from "../run/identity.ts";
import { fileChanges, outcomeBase, type Outcome } from "../run/outcome.ts";
import { uninterrupted } from "../signals.ts";

export interface GenerateOptions {
  readonly cwd: string;
  /** Generate even where the hashes say that nothing has changed. */
  readonly force: boolean;
  readonly stage: (text: string) => void;
}

/** Generates, and writes unless there is an error. Throws only for faults of Lockstep itself. */
export async function generateApi(api: ApiConfig, options: GenerateOptions): Promise<Work> {
  const began = performance.now();
  const base = outcomeBase(api, options.cwd);
  const elapsed = (): number => Math.round(performance.now() - began);
  const known = options.force ? undefined : workFromHashes(api, "unchanged", options.cwd);
  if (known !== undefined) return known;
  const { compile } = await import("../run/compile.ts");
  const { diagnostics, output, dependencies } = await compile(api, options.cwd, options.stage);
  if (output === undefined) {
    const milliseconds = elapsed();
    return {
      outcome: { ...base, status: "failed", fromHashes: false, milliseconds, diagnostics },
      dependencies,
    };
  }
  options.stage("writing");
  const head = manifestHead(api, { inputs: output.inputs, diagnostics }, options.cwd);
  const written = await uninterrupted(() => writeOutput(api.out, output.files, head));
  const failed = hasErrors(written.diagnostics);
  if (!failed) confirmOutput(api);
  const changed = written.plan.changes.length > 0;
  const outcome: Outcome = {
    ...base,
    status: failed ? "blocked" : changed ? "written" : "unchanged",
    fromHashes: false,
    milliseconds: elapsed(),
    report: output.report,
    ...(failed ? {} : { files: fileChanges(written.plan) }),
    diagnostics: [...diagnostics, ...written.diagnostics],
  };
  return { outcome, dependencies };
}
