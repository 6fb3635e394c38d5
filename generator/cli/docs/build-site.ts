/** Builds, or checks, the documentation site of one API. */
import { resolve } from "node:path";
import type { ApiConfig } from "../../config/config.ts";
import { hasErrors } from "../../diagnostics/diagnose.ts";
import { redocPath } from "../../emit/docs/emit.ts";
import type { ManifestHead } from "../../write/manifest.ts";
import { planWrite, type WritePlan } from "../../write/plan.ts";
import { writeOutput } from "../../write/write.ts";
import { isUrl } from "../../load/access.ts";
import type { Work } from "../run/each-api.ts";
import { displayFolder, fileChanges, outcomeBase, type Outcome } from "../run/outcome.ts";
import { packageVersion } from "../../package/identity.ts";
import { uninterrupted } from "../signals.ts";
import { fromSite, siteFiles, siteFolder, type SiteOutput } from "./site-files.ts";

export interface SiteRun {
  readonly cwd: string;
  readonly stage: (text: string) => void;
}

/** Writes the site into its folder. Throws only for faults of Lockstep itself. */
export async function buildSite(api: ApiConfig, run: SiteRun): Promise<Work> {
  return withSite(api, run, async (output, head, folder) => {
    run.stage("writing");
    const { plan, diagnostics } = await uninterrupted(() => writeOutput(folder, output.files, head));
    const blocked = hasErrors(diagnostics);
    const status = blocked ? "blocked" : plan.changes.length > 0 ? "written" : "unchanged";
    return { status, diagnostics, ...(blocked ? {} : { files: fileChanges(plan) }) };
  });
}

/** Compares the site's folder with what would be built. Redoc itself may be missing from it: its hash must not. */
export async function checkSite(api: ApiConfig, run: SiteRun): Promise<Work> {
  let plan: WritePlan | undefined;
  const work = await withSite(api, run, (output, head, folder) => {
    run.stage("comparing");
    plan = withoutRedoc(planWrite(folder, output.files, head));
    const blocked = hasErrors(plan.diagnostics);
    const drifted = plan.changes.length > 0 || plan.kept.length > 0;
    const status = blocked ? "blocked" : drifted ? "drifted" : "current";
    return Promise.resolve({ status, diagnostics: plan.diagnostics, files: fileChanges(plan) });
  });
  return plan === undefined ? work : { ...work, plan };
}

/**
 * Redoc is two megabytes that follow from the locked version of @redocly/cli, so a repository keeps its hash, in the
 * manifest, and leaves the file out.
 */
function withoutRedoc(plan: WritePlan): WritePlan {
  return {
    ...plan,
    changes: plan.changes.filter(({ kind, path }) => kind !== "create" || path !== redocPath),
  };
}

type Finish = (
  output: SiteOutput,
  head: ManifestHead,
  folder: string,
) => Promise<Pick<Outcome, "status" | "diagnostics" | "files">>;

async function withSite(api: ApiConfig, { cwd, stage }: SiteRun, finish: Finish): Promise<Work> {
  const began = performance.now();
  const folder = siteFolder(api);
  const base = { ...outcomeBase(api, cwd), out: displayFolder(folder, cwd), fromHashes: false };
  const milliseconds = (): number => Math.round(performance.now() - began);
  const { output, diagnostics, dependencies } = await siteFiles(api, cwd, stage);
  if (output === undefined) {
    return {
      outcome: { ...base, status: "failed", milliseconds: milliseconds(), diagnostics },
      dependencies,
    };
  }
  const head = manifestHead(api, output, diagnostics.length, folder, cwd);
  const done = await finish(output, head, folder);
  const outcome: Outcome = {
    ...base,
    ...done,
    milliseconds: milliseconds(),
    report: output.report,
    diagnostics: [...diagnostics, ...done.diagnostics],
  };
  return { outcome, dependencies };
}

function manifestHead(
  api: ApiConfig,
  output: SiteOutput,
  warnings: number,
  folder: string,
  cwd: string,
): ManifestHead {
  const { siteUrl, title } = api.docs;
  return {
    generator: packageVersion(),
    document: fromSite(folder, api.document),
    warnings,
    options: {
      site: "docs",
      redoc: output.redocVersion,
      ...(siteUrl === undefined ? {} : { siteUrl }),
      ...(title === undefined ? {} : { title }),
    },
    inputs: new Map(
      output.inputs.map(({ path, sha256 }) => [
        fromSite(folder, isUrl(path) ? path : resolve(cwd, path)),
        sha256,
      ]),
    ),
  };
}
