/** Verifies the example behind a front, without the command line. */
import type { ApiModel } from "../../generator/model/api-model.ts";
import { readModel } from "../../generator/pipeline/read-model.ts";
import type { Actors } from "../../generator/verify/actors.ts";
import { monitoredContract } from "../../generator/verify/contract.ts";
import { planProbes } from "../../generator/verify/plan.ts";
import { runPlan, type VerifyRun } from "../../generator/verify/run.ts";
import { secretsOf } from "../../generator/verify/secrets-of.ts";
import { send } from "../../generator/verify/send.ts";

/** The model of a document that has no errors. */
export async function modelOf(path: string, cwd: string): Promise<ApiModel> {
  const { read, diagnostics } = await readModel(path, { cwd, allowRemote: false, allowFolders: [] });
  if (read === undefined) throw new Error(diagnostics[0]?.message ?? "There is no document.");
  return read.model;
}

export interface VerifyFrontOptions {
  readonly allowWrites: boolean;
  readonly seed?: number;
  readonly budget?: number;
  readonly only?: readonly string[];
}

export function verifyFront(
  url: string,
  model: ApiModel,
  actors: Actors,
  { allowWrites, seed = 1, budget = 500, only = [] }: VerifyFrontOptions,
): Promise<VerifyRun> {
  const plan = planProbes(model, { actors, seed, allowWrites, allowLoad: false, budget, only });
  const contract = monitoredContract(model, new URL(url).pathname.replace(/\/$/, ""));
  const now = (): number => performance.now();
  return runPlan(
    { model, contract, secrets: secretsOf(actors) },
    plan,
    { rate: 0 },
    {
      now,
      send: (request) => send(request, { baseUrl: url, timeoutMs: 30_000, maxBytes: 1 << 20, now }),
      wait: () => Promise.resolve(),
      stopped: () => false,
    },
  );
}
