/** Lints one API. */
import type { ApiConfig } from "../config/config.ts";
import { hasErrors } from "../diagnostics/diagnose.ts";
import { lintDocument } from "../load/lint-document.ts";
import type { Work } from "./each-api.ts";
import { outcomeBase } from "./outcome.ts";

/** Every check of loading, and the rules of the project's redocly.yaml (Redocly's `recommended` without one). Throws only for faults of Lockstep itself. */
export async function lintApi(api: ApiConfig, cwd: string): Promise<Work> {
  const began = performance.now();
  const { diagnostics, asked } = await lintDocument(api.document, {
    cwd,
    allowRemote: api.allowRemoteRefs,
    allowFolders: api.allowRefFolders,
  });
  const status = hasErrors(diagnostics) ? "unclean" : "clean";
  const milliseconds = Math.round(performance.now() - began);
  return {
    outcome: { ...outcomeBase(api, cwd), status, fromHashes: false, milliseconds, diagnostics },
    asked,
  };
}
