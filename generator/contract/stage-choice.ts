/** Stages with several codes for the same case: the host has to say which of them the server kit takes. */
import { stages, type OperationError, type Stage } from "./vocabulary.ts";

/** The status that HTTP has for a refusal of the stage, as the server kit has it (runtime/server/pipeline/stages.ts). */
export const stageStatuses: Readonly<Record<Stage, string>> = {
  routing: "404",
  "request-limits": "413",
  "media-type": "415",
  authentication: "401",
  authorization: "403",
  requirement: "403",
  "rate-limit": "429",
  "request-validation": "400",
  "resource-lookup": "404",
  "idempotency-in-progress": "409",
  "idempotency-reuse": "422",
  handler: "500",
  unhandled: "500",
};

/** Chosen by whoever raises the code. */
const named: ReadonlySet<Stage> = new Set(["routing", "requirement", "handler"]);

/** The rival codes by stage, of all operations together, in the order of stages. */
export function rivalCodes(
  operations: readonly { readonly errors: readonly OperationError[] }[],
  raisedBy: (code: string) => readonly Stage[],
): ReadonlyMap<Stage, readonly string[]> {
  const found = new Map<Stage, readonly string[]>();
  for (const stage of stages) {
    if (named.has(stage)) continue;
    const rivals = new Set<string>();
    for (const { errors } of operations) {
      const own = errors.filter((error) => [...error.raisedBy, ...raisedBy(error.code)].includes(stage));
      const fitting = own.filter(({ status }) => status === stageStatuses[stage]);
      const codes = (fitting.length > 0 ? fitting : own).map(({ code }) => code);
      if (new Set(codes).size > 1) for (const code of codes) rivals.add(code);
    }
    if (rivals.size > 0) found.set(stage, [...rivals].sort());
  }
  return found;
}
