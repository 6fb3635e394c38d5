/** Runs the stages that every command begins with: load, expand, model. Reads the document; writes nothing. */
import type { ApiConfig } from "../../config/config.ts";
import { hasErrors, placeFinding } from "../../diagnostics/diagnose.ts";
import type { Diagnostic, Finding } from "../../diagnostics/diagnostic.ts";
import { withoutCascading } from "../../diagnostics/cascading.ts";
import { expand } from "../../expand/expand.ts";
import type { JsonObject } from "../../json/json.ts";
import type { LoadedDocument } from "../../load/document.ts";
import { load, type LoadOptions, type Strictness } from "../../load/load.ts";
import type { ApiModel } from "../../model/api-model.ts";
import { buildModel, type ModelReport } from "../../model/build.ts";

export interface ModelRun {
  readonly diagnostics: readonly Diagnostic[];
  /** Absent where there is an error among `diagnostics`. */
  readonly read?: ReadModel;
  /** Could the document be read at all, whatever is wrong in it? */
  readonly readable: boolean;
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

/** Callbacks for work that can begin before the model exists. */
export interface ReadListeners {
  /** As `load` says. */
  readonly onDocument?: NonNullable<LoadOptions["onDocument"]>;
  readonly onExpanded?: (document: JsonObject) => void;
}

/** The model of one API; `stage` hears what begins. Throws only for faults of Lockstep itself. */
export async function readModel(
  api: ApiConfig,
  cwd: string,
  stage: (text: string) => void,
  { onDocument, onExpanded }: ReadListeners = {},
): Promise<ModelRun> {
  stage("reading");
  const { document, suspect, diagnostics, asked } = await load(api.document, {
    cwd,
    allowRemote: api.allowRemoteRefs,
    allowFolders: api.allowRefFolders,
    overlays: api.overlays ?? [],
    strictness: strictnessOf(api),
    ...(onDocument === undefined ? {} : { onDocument }),
  });
  const source = document ?? suspect;
  if (source === undefined) return { diagnostics, readable: false, asked };
  const all = new Complaints(source, diagnostics);

  stage("expanding");
  const expanded = expand(source.root);
  all.add(expanded.findings);

  onExpanded?.(expanded.document);

  stage("modelling");
  const { model, report, findings } = buildModel(expanded.document);
  all.add(findings);
  if (!hasErrors(all.diagnostics)) {
    const read = { model, report, inputs: source.files, place: all.place };
    return { diagnostics: all.diagnostics, readable: true, asked, read };
  }
  stage("looking for more");
  all.add(await findInSchemas(model));
  return { diagnostics: all.diagnostics, readable: true, asked };
}

function strictnessOf({ strict }: ApiConfig): Strictness {
  if (strict === undefined) return "auto";
  return strict ? "strict" : "lenient";
}

/** What only the compiler of validators finds in a document: patterns, loops, what cannot be checked. */
export async function findInSchemas(model: ApiModel): Promise<readonly Finding[]> {
  const { emitValidators } = await import("../../emit/validators/emit.ts");
  return emitValidators(model, { importExtension: ".js" }).findings;
}

/** The diagnostics of one stage after another, without what a stage says only because of an error before it. */
class Complaints {
  diagnostics: readonly Diagnostic[];
  readonly #source: LoadedDocument;

  constructor(source: LoadedDocument, diagnostics: readonly Diagnostic[]) {
    this.#source = source;
    this.diagnostics = diagnostics;
  }

  readonly place = (findings: readonly Finding[]): Diagnostic[] =>
    findings.map((finding) =>
      placeFinding(finding, (pointer) => this.#source.locate(pointer), this.#source.strict),
    );

  add(findings: readonly Finding[]): void {
    this.diagnostics = [...this.diagnostics, ...withoutCascading(this.place(findings), this.diagnostics)];
  }
}
