/** From a loaded document to its model: expansion, then the model. Pure. */
import type { Finding } from "../diagnostics/diagnostic.ts";
import { expand } from "../expand/expand.ts";
import type { JsonObject } from "../json/json.ts";
import { buildModel, type BuildResult } from "../model/build.ts";
import type { Reading } from "../openapi/reading.ts";

/** Callbacks for work that can begin before the model exists. */
export interface ModelListeners {
  /** Hears the name of each stage as it begins. */
  readonly stage?: (text: string) => void;
  readonly onExpanded?: (document: JsonObject, reading: Reading) => void;
}

/** The model of a bundled document, and the findings of both stages; pointers are into `root`. */
export function modelDocument(
  root: JsonObject,
  reading: Reading,
  { stage, onExpanded }: ModelListeners = {},
): ModelledDocument {
  stage?.("expanding");
  const expanded = expand(root, reading);
  onExpanded?.(expanded.document, reading);
  stage?.("modelling");
  const built = buildModel(expanded.document, reading);
  return { ...built, findings: { expand: expanded.findings, model: built.findings } };
}

export interface ModelledDocument extends Omit<BuildResult, "findings"> {
  /** By stage: what a later stage says only because of an error in an earlier one is left out when they are reported. */
  readonly findings: { readonly expand: readonly Finding[]; readonly model: readonly Finding[] };
}
