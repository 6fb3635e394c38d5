/** One function of the generated code, in its two printings. */
import type { SchemaNode } from "./store.ts";
import type { Scope } from "./scope.ts";
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
  /** Filled in by the compiler before anything is printed. */
  steps: readonly Step[];
  /** The walker is needed: something reports issues from here. Otherwise only the boolean function is printed. */
  walked: boolean;
  /** Another module calls it. */
  exported: boolean;
}

/** Name of the boolean function. */
export function okName(unit: Unit): string {
  return `ok${unit.name}`;
}

/** Name of the walker. */
export function walkName(unit: Unit): string {
  return `walk${unit.name}`;
}
