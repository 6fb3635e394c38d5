/** Runs the stages that every command begins with: load, expand, model. Reads the document; writes nothing. */
import type { ApiConfig } from "../config/config.ts";
import { hasErrors, placeFinding } from "../diagnostics/diagnose.ts";
import type { Diagnostic, Finding } from "../diagnostics/diagnostic.ts";
import { expand } from "../expand/expand.ts";
import type { LoadedDocument } from "../load/document.ts";
import { load, type LoadOptions } from "../load/load.ts";
import type { ApiModel } from "../model/api-model.ts";
import { buildModel, type ModelReport } from "../model/build.ts";

export interface ModelRun {
  readonly diagnostics: readonly Diagnostic[];
  /** Absent where there is an error among `diagnostics`. */
  readonly read?: ReadModel;
  /** Absolute paths and URLs of all that was read or looked for. */
  readonly asked: readonly string[];
}

export interface ReadModel {
  readonly model: ApiModel;
  readonly report: ModelReport;
  readonly inputs: LoadedDocument["files"];
  /** Findings of a later stage, at their places in the source. */
  readonly place: (findings: readonly Finding[]) => Diagnostic[];
}

/**
 * The model of one API; `stage` hears what begins, `onDocument` the document as `load` says. Throws only for faults of
 * Lockstep itself.
 */
export async function readModel(
  api: ApiConfig,
  cwd: string,
  stage: (text: string) => void,
  onDocument?: LoadOptions["onDocument"],
): Promise<ModelRun> {
  stage("reading");
  const loaded = await load(api.document, {
    cwd,
    allowRemote: api.allowRemoteRefs,
    allowFolders: api.allowRefFolders,
    ...(onDocument === undefined ? {} : { onDocument }),
  });
  const { document, asked } = loaded;
  if (document === undefined) return { diagnostics: loaded.diagnostics, asked };
  const place = (findings: readonly Finding[]): Diagnostic[] =>
    findings.map((finding) => placeFinding(finding, (pointer) => document.locate(pointer)));

  stage("expanding");
  const expanded = expand(document.root);
  const diagnostics = [...loaded.diagnostics, ...place(expanded.findings)];
  if (hasErrors(diagnostics)) return { diagnostics, asked };

  stage("modelling");
  const { model, report, findings } = buildModel(expanded.document);
  diagnostics.push(...place(findings));
  if (hasErrors(diagnostics)) return { diagnostics, asked };
  return { diagnostics, asked, read: { model, report, inputs: document.files, place } };
}
