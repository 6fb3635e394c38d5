/** Runs the stages for one API: load, expand, model, emit. Reads the document; writes nothing. */
import type { ApiConfig } from "../../config/config.ts";
import { hasErrors } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { GeneratedFile } from "../../emit/emitter.ts";
import type { LoadedDocument } from "../../load/document.ts";
import type { ModelReport } from "../../model/build.ts";
import type { Reading } from "../../openapi/reading.ts";
import { EmitterRun } from "../generate/emit-all.ts";

export interface Compilation {
  /** Errors among them: there is no output. */
  readonly diagnostics: readonly Diagnostic[];
  readonly output?: CompiledOutput;
  /** Absolute paths and URLs of all that was read or looked for. */
  readonly dependencies: readonly string[];
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
  const emitters = new EmitterRun({
    importExtension: api.importExtension === "none" ? "" : api.importExtension,
    ...(api.types === undefined ? {} : { types: api.types }),
  });
  try {
    return await runStages(api, cwd, emitters, stage);
  } finally {
    emitters.close();
  }
}

async function runStages(
  api: ApiConfig,
  cwd: string,
  emitters: EmitterRun,
  stage: (text: string) => void,
): Promise<Compilation> {
  const onDocument = (json: string, reading: Reading): void => {
    emitters.begin(json, reading);
  };
  // Loads most of what there is to load: the other thread has begun with its own by now.
  const { readApi } = await import("./read-api.ts");
  const { diagnostics: found, read, dependencies } = await readApi(api, cwd, stage, { onDocument });
  if (read === undefined) return { diagnostics: found, dependencies };
  const { document, model, report, place } = read;
  const emitted = await emitters.emit(model, stage);
  const diagnostics = [...found, ...place(emitted.findings)];
  if (hasErrors(diagnostics)) return { diagnostics, dependencies };
  return { diagnostics, output: { files: emitted.files, inputs: document.files, report }, dependencies };
}
