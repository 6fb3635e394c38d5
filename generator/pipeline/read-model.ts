/** The way from a source to its model, the same for every command: load, expand, model. Reads files, writes none. */
import { hasErrors, placeFinding } from "../diagnostics/diagnose.ts";
import type { Diagnostic, Finding } from "../diagnostics/diagnostic.ts";
import { withoutCascading } from "../diagnostics/cascading.ts";
import type { LoadedDocument } from "../load/document.ts";
import { load, type LoadOptions } from "../load/load.ts";
import type { ApiModel } from "../model/api-model.ts";
import type { ModelReport } from "../model/build.ts";
import { modelDocument, type ModelListeners } from "./model-document.ts";

export interface ModelRun {
  readonly diagnostics: readonly Diagnostic[];
  /** Absent where there is an error among `diagnostics`. */
  readonly read?: ReadModel;
  /** Where there is an error, what could be read all the same: to look for more mistakes, never for output. */
  readonly suspect?: ReadModel;
  /** Absolute paths and URLs of all that was read or looked for. */
  readonly dependencies: readonly string[];
}

export interface ReadModel {
  readonly document: LoadedDocument;
  readonly model: ApiModel;
  readonly report: ModelReport;
  /** Findings of a later stage, at their places in the source. */
  readonly place: (findings: readonly Finding[]) => Diagnostic[];
}

/**
 * The model of the document at `path` (as `load` says). Every mistake of its author becomes a diagnostic; throws only for
 * faults of Lockstep itself.
 */
export async function readModel(
  path: string,
  options: LoadOptions,
  listeners: ModelListeners = {},
): Promise<ModelRun> {
  listeners.stage?.("reading");
  const { document, suspect, diagnostics: loaded, dependencies } = await load(path, options);
  const source = document ?? suspect;
  if (source === undefined) return { diagnostics: loaded, dependencies };
  const { model, report, findings } = modelDocument(source.root, source.reading, listeners);
  const place = (later: readonly Finding[]): Diagnostic[] =>
    later.map((finding) => placeFinding(finding, (pointer) => source.locate(pointer), source.strict));
  const diagnostics = [findings.expand, findings.model].reduce(
    (earlier, later) => [...earlier, ...withoutCascading(place(later), earlier)],
    loaded,
  );
  const read: ReadModel = { document: source, model, report, place };
  return hasErrors(diagnostics)
    ? { diagnostics, dependencies, suspect: read }
    : { diagnostics, dependencies, read };
}
