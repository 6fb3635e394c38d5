/** Runs the stages for one API: load, expand, model, emit. Reads the document; writes nothing. */
import type { ApiConfig } from "../config/config.ts";
import { hasErrors, placeFinding } from "../diagnostics/diagnose.ts";
import type { Diagnostic, Finding } from "../diagnostics/diagnostic.ts";
import type { GeneratedFile } from "../emit/emitter.ts";
import { expand } from "../expand/expand.ts";
import type { LoadedDocument } from "../load/document.ts";
import { load } from "../load/load.ts";
import { buildModel, type ModelReport } from "../model/build.ts";
import { EmitterRun } from "./emit-all.ts";

export interface Compilation {
  /** Errors among them: there is no output. */
  readonly diagnostics: readonly Diagnostic[];
  readonly output?: CompiledOutput;
  /** Absolute paths and URLs of all that was read or looked for. */
  readonly asked: readonly string[];
}

export interface CompiledOutput {
  readonly files: readonly GeneratedFile[];
  readonly inputs: LoadedDocument["files"];
  readonly report: ModelReport;
}

/** Compiles one API; `stage` hears what begins. Throws only for faults of Lockstep itself. */
export async function compile(
  api: ApiConfig,
  cwd: string,
  stage: (text: string) => void,
): Promise<Compilation> {
  const emitters = new EmitterRun();
  try {
    return await runStages(api, cwd, emitters, stage);
  } finally {
    await emitters.close();
  }
}

async function runStages(
  api: ApiConfig,
  cwd: string,
  emitters: EmitterRun,
  stage: (text: string) => void,
): Promise<Compilation> {
  stage("reading");
  const loaded = await load(api.document, {
    cwd,
    allowRemote: api.allowRemoteRefs,
    allowFolders: api.allowRefFolders,
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
  const built = buildModel(expanded.document);
  diagnostics.push(...place(built.findings));
  if (hasErrors(diagnostics)) return { diagnostics, asked };

  const emitted = await emitters.emit(built.model, { importExtension: api.importExtension }, stage);
  diagnostics.push(...place(emitted.findings));
  if (hasErrors(diagnostics)) return { diagnostics, asked };
  const output = { files: emitted.files, inputs: document.files, report: built.report };
  return { diagnostics, output, asked };
}
