/** One function of the generated code. */
import type { SchemaNode } from "../analyse/store.ts";
import type { Scope } from "../analyse/scope.ts";
import type { Step } from "./steps.ts";
import type { ValidatorModule } from "./module.ts";

export interface Unit {
  readonly node: SchemaNode;
  readonly scope: Scope;
  /** Unique in its module and all that import from it: `Template`, `Template_1`. */
  readonly name: string;
  readonly module: ValidatorModule;
  /** Reaches a cycle of references, so it counts how deep it is. */
  readonly recursive: boolean;
  /** May be asked for the same value many times over, so its answers are remembered while a value is looked at. */
  readonly repeats: boolean;
  /** Filled in by the compiler before anything is printed. */
  steps: readonly Step[];
  /** Something collects issues from here. Otherwise the function only says yes or no. */
  reports: boolean;
  /** Another module calls it. */
  exported: boolean;
}

/** Name of the function. */
export function okName(unit: Unit): string {
  return `ok${unit.name}`;
}
