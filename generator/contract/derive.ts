/** Which operation may return which code: `x-errors` plus what follows from `raised-by` (docs/vocabulary.md). */
import { compareText } from "../json/json.ts";
import type { Catalogue, CatalogueEntry, OperationError, Stage } from "./vocabulary.ts";

/** What an operation has that makes a stage of the server apply to it. */
export interface OperationFacts {
  /** Some security requirement names a scheme. */
  readonly secured: boolean;
  /** Some security requirement names a scope. */
  readonly scoped: boolean;
  readonly hasBody: boolean;
  /** A parameter of any kind, `Idempotency-Key` included. */
  readonly hasParameters: boolean;
  readonly hasPathParameters: boolean;
  readonly idempotent: boolean;
  /** The codes of `x-errors`, as written. */
  readonly listed: readonly string[];
}

/** True if a server runs this stage for such an operation. `handler` and `requirement` are never implied. */
export function stageApplies(stage: Stage, facts: OperationFacts): boolean {
  switch (stage) {
    case "routing":
    case "requirement":
    case "handler":
      return false;
    case "request-limits":
    case "media-type":
      return facts.hasBody;
    case "authentication":
      return facts.secured;
    case "authorization":
      return facts.scoped;
    case "request-validation":
      return facts.hasBody || facts.hasParameters;
    case "resource-lookup":
      return facts.hasPathParameters;
    case "idempotency-in-progress":
    case "idempotency-reuse":
      return facts.idempotent;
    case "rate-limit":
    case "unhandled":
      return true;
  }
}

/** The stages that make this operation return the code; empty where it never does. */
export function raisingStages(entry: CatalogueEntry, facts: OperationFacts): readonly Stage[] {
  const implied = entry.raisedBy.filter((stage) => stageApplies(stage, facts));
  if (!facts.listed.includes(entry.code)) return implied;
  return [...implied, entry.raisedBy.includes("requirement") ? "requirement" : "handler"];
}

/** Every (code, status) that the operation may return, sorted by status, then by code. */
export function deriveErrors(catalogue: Catalogue, facts: OperationFacts): readonly OperationError[] {
  const errors: OperationError[] = [];
  for (const entry of catalogue.live.values()) {
    const raisedBy = raisingStages(entry, facts);
    if (raisedBy.length > 0) errors.push({ code: entry.code, status: String(entry.status), raisedBy });
  }
  return errors.sort(compareErrors);
}

/** Order of errors everywhere: by status, then by code, both by code units. */
export function compareErrors(
  a: { readonly status: string; readonly code: string },
  b: { readonly status: string; readonly code: string },
): number {
  return compareText(a.status, b.status) || compareText(a.code, b.code);
}
