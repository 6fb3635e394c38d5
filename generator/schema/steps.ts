/**
 * What a validator does, before it is written down. Each schema is compiled into steps once; the fast boolean function
 * and the walker that collects issues are two printings of the same steps, so they cannot drift apart.
 */
import type { Unit } from "./unit.ts";

/** Reference tokens below the value that a function was given: literal text (escaped, with its `/`) or a variable. */
export type Path = readonly PathPart[];
export type PathPart = string | { readonly key: string } | { readonly index: string };

export type Step = Reject | Branch | Let | Each | Code | Delegate | Choose;

/** The value is invalid where `when` holds. */
export interface Reject {
  readonly kind: "reject";
  readonly when: string;
  /** The keyword, or our own word where no keyword fails (`depth`). */
  readonly rule: string;
  /** Source of what was expected instead. */
  readonly expected?: string;
  readonly path: Path;
}

export interface Branch {
  readonly kind: "branch";
  readonly when: string;
  readonly then: readonly Step[];
  readonly otherwise: readonly Step[];
  /** `when` says that the member is absent, so a type test in `otherwise` would reject it just as well. */
  readonly absent?: boolean;
  /** `when` holds for `undefined`, and `then` rejects. */
  readonly rejectsUndefined?: boolean;
}

/** `const name: type = value`. */
export interface Let {
  readonly kind: "let";
  readonly name: string;
  readonly type?: string;
  readonly value: string;
}

/** `for (head) { body }`; the walker leaves it early when it may not collect any more. */
export interface Each {
  readonly kind: "each";
  readonly head: string;
  readonly body: readonly Step[];
}

/** A statement that is the same in both printings. */
export interface Code {
  readonly kind: "code";
  readonly text: string;
}

/** Another function decides about `value`. */
export interface Delegate {
  readonly kind: "delegate";
  readonly unit: Unit;
  readonly value: string;
  readonly path: Path;
}

/** `switch (on)`: exactly one case applies. */
export interface Choose {
  readonly kind: "choose";
  readonly on: string;
  readonly cases: readonly { readonly values: readonly string[]; readonly steps: readonly Step[] }[];
  readonly otherwise: readonly Step[];
}

/** Every function that the walker printing of these steps calls. */
export function delegates(steps: readonly Step[]): Unit[] {
  return steps.flatMap((step): Unit[] => {
    switch (step.kind) {
      case "delegate":
        return [step.unit];
      case "branch":
        return [...delegates(step.then), ...delegates(step.otherwise)];
      case "each":
        return delegates(step.body);
      case "choose":
        return [...step.cases.flatMap((one) => delegates(one.steps)), ...delegates(step.otherwise)];
      default:
        return [];
    }
  });
}

/** Does the steps' first test turn `undefined` down? Then no test for a missing member is needed before it. */
export function rejectsUndefined(steps: readonly Step[]): boolean {
  const first = steps.find((step) => step.kind !== "let");
  return first?.kind === "branch" && first.rejectsUndefined === true;
}
