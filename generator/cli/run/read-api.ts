/** Reads the model of an API as its configuration says. */
import { readingChoices, type ApiConfig } from "../../config/config.ts";
import { withoutCascading } from "../../diagnostics/cascading.ts";
import type { Finding } from "../../diagnostics/diagnostic.ts";
import type { LoadOptions, Strictness } from "../../load/load.ts";
import type { ApiModel } from "../../model/api-model.ts";
import type { ModelListeners } from "../../pipeline/model-document.ts";
import { readModel, type ModelRun } from "../../pipeline/read-model.ts";

/** Callbacks for work that can begin before the model exists. */
export interface ApiListeners extends Pick<ModelListeners, "onExpanded"> {
  /** As `load` says. */
  readonly onDocument?: NonNullable<LoadOptions["onDocument"]>;
}

/** The model of one API; `stage` hears what begins. Throws only for faults of Lockstep itself. */
export async function readApi(
  api: ApiConfig,
  cwd: string,
  stage: (text: string) => void,
  { onDocument, ...listeners }: ApiListeners = {},
): Promise<ModelRun> {
  const options = { ...loadOptions(api, cwd), ...(onDocument === undefined ? {} : { onDocument }) };
  const run = await readModel(api.document, options, { stage, ...listeners });
  if (run.suspect === undefined) return run;
  stage("looking for more");
  const more = run.suspect.place(await findInSchemas(run.suspect.model));
  return { ...run, diagnostics: [...run.diagnostics, ...withoutCascading(more, run.diagnostics)] };
}

/** How the document of an API is read, as its configuration says. */
export function loadOptions(api: ApiConfig, cwd: string): LoadOptions {
  return {
    cwd,
    allowRemote: api.allowRemoteRefs,
    allowFolders: api.allowRefFolders,
    overlays: api.overlays ?? [],
    strictness: strictnessOf(api),
    choices: readingChoices(api),
  };
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
