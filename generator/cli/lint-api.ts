/** Lints one API. */
import type { ApiConfig } from "../config/config.ts";
import { hasErrors } from "../diagnostics/diagnose.ts";
import { load } from "../load/load.ts";
import type { Work } from "./each-api.ts";
import { outcomeBase } from "./outcome.ts";

/** Reads the document and applies every rule. Throws only for faults of Lockstep itself. */
export async function lintApi(api: ApiConfig, cwd: string): Promise<Work> {
  const began = performance.now();
  const { diagnostics, asked } = await load(api.document, {
    cwd,
    allowRemote: api.allowRemoteRefs,
    allowFolders: api.allowRefFolders,
  });
  const status = hasErrors(diagnostics) ? "failed" : "clean";
  const milliseconds = Math.round(performance.now() - began);
  return {
    outcome: { ...outcomeBase(api, cwd), status, fromHashes: false, milliseconds, diagnostics },
    asked,
  };
}
