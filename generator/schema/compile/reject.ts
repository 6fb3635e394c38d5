/** The steps that all keywords are made of: what rejects a value, and what is asked under a condition. */
import type { Reject, Step } from "../code/steps.ts";
import type { SchemaSite } from "./site.ts";

/** A step that rejects the value of this site. */
export function reject(site: SchemaSite, when: string, rule: string, expected?: string): Reject {
  const step: Reject = { kind: "reject", when, rule, at: site.at };
  return expected === undefined ? step : { ...step, expected };
}

/** Steps under a condition; none where there are no steps. */
export function when(condition: string, then: readonly Step[]): Step[] {
  return then.length === 0 ? [] : [{ kind: "branch", when: condition, then, otherwise: [] }];
}
