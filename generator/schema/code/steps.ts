/**
 * What a validator does, before it is written down. Each schema is compiled into steps once; they are printed as a
 * function that notes issues, or as one that only says yes or no.
 *
 * Conditions, values and places are source text. A place is the JSON Pointer of a value: the variable `at`, or a
 * concatenation that is computed where an issue is noted and nowhere else.
 */
import type { Scope } from "../analyse/scope.ts";
import type { SchemaNode } from "../analyse/store.ts";
import type { ModuleFunction, ValidatorModule } from "./module.ts";

/** One function of the generated code. */
export interface Unit extends ModuleFunction {
  readonly node: SchemaNode;
  readonly scope: Scope;
  /** Unique in its module and all that import from it: `Template`, `Template_1`. */
  readonly name: string;
  readonly module: ValidatorModule<Unit>;
  /** Reaches a cycle of references, so it counts how deep it is. */
  readonly recursive: boolean;
  /** May be asked for the same value many times over, so its results are remembered while a value is looked at. */
  readonly repeats: boolean;
  /** Filled in by the compiler before anything is printed. */
  steps: readonly Step[];
  /** Something collects issues from here. Otherwise the function only says yes or no. */
  reports: boolean;
  /** Another module calls it. */
  exported: boolean;
}

export type Step = Reject | Branch | Let | View | Each | Code | Delegate | Member | Items | Choose;

/** The value is invalid where `when` holds. */
export interface Reject {
  readonly kind: "reject";
  readonly when: string;
  /** The keyword, or our own word where no keyword fails (`depth`). */
  readonly rule: string;
  /** Source of what was expected instead. */
  readonly expected?: string;
  readonly at: string;
  /** The variable of a member that must be there: where it is `undefined`, the rule is `required`. */
  readonly missing?: string;
}

export interface Branch {
  readonly kind: "branch";
  readonly when: string;
  readonly then: readonly Step[];
  readonly otherwise: readonly Step[];
  /** `when` holds for `undefined`, and `then` rejects. */
  readonly rejectsUndefined?: boolean;
  /** The opposite of `when`, where that can be said better than by negating it. */
  readonly opposite?: string;
}

/** `const name: type = value`. */
export interface Let {
  readonly kind: "let";
  readonly name: string;
  readonly type?: string;
  readonly value: string;
}

/** Holds the own members of the value `of`, or `undefined` where that is not an object. */
export interface View {
  readonly kind: "view";
  readonly name: string;
  readonly of: string;
}

/** `for (head) { body }`. */
export interface Each {
  readonly kind: "each";
  readonly head: string;
  readonly body: readonly Step[];
}

/** A statement as it is. */
export interface Code {
  readonly kind: "code";
  readonly text: string;
}

/** Another function decides about `value`. */
export interface Delegate {
  readonly kind: "delegate";
  readonly unit: Unit;
  readonly value: string;
  readonly at: string;
}

/** What decides about a member or an item: `steps` about the variable `local`. */
interface Inner {
  readonly local: string;
  readonly steps: readonly Step[];
}

/** One member of the object whose own members are in the variable `view`. */
export interface Member extends Inner {
  readonly kind: "member";
  readonly view: string;
  readonly name: string;
  /** Expression that reads the member, where plain destructuring would not do. */
  readonly read: string | undefined;
  readonly required: boolean;
  /** The place of the member. */
  readonly at: string;
  /** The function that tests the member alone, where its siblings' are asked together with it: see `Tested`. */
  readonly tested?: Tested | undefined;
}

/**
 * Of objects with many members all are tested at once, and only where one is wrong each is asked which: that takes half
 * the code, and compilers a third of their time. Wrong values are looked at once more for each object around them, so
 * this is for members only that cannot be nested without end.
 */
export interface Tested {
  /** The function that tests the member and notes what is wrong with it; or all of the member's steps, where they are a word. */
  readonly by: { readonly unit: Unit } | { readonly word: Word };
  /** Source of a value that passes the test, to be read where the member is missing and need not be there. */
  readonly absent: string | undefined;
  /** The variable that holds whether all members are valid, where more follows; the same for all siblings. */
  readonly held: string;
  /** The place of the object. */
  readonly within: string;
}

/** All items of the array in variable `list`, from one on. */
export interface Items extends Inner {
  readonly kind: "items";
  readonly list: string;
  /** The place of the array. */
  readonly at: string;
  readonly from: number;
  readonly index: string;
}

/** `switch (on)`: exactly one case applies. */
export interface Choose {
  readonly kind: "choose";
  readonly on: string;
  readonly cases: readonly { readonly values: readonly string[]; readonly steps: readonly Step[] }[];
  readonly otherwise: readonly Step[];
}

/** The steps inside a step. */
function inside(step: Step): readonly Step[] {
  switch (step.kind) {
    case "branch":
      return [...step.then, ...step.otherwise];
    case "each":
      return step.body;
    case "member":
    case "items":
      return step.steps;
    case "choose":
      return [...step.cases.flatMap((one) => one.steps), ...step.otherwise];
    default:
      return [];
  }
}

/** The run of member steps that begins at an index: all of them are about the same object. */
export function membersFrom(steps: readonly Step[], start: number): Member[] {
  const members: Member[] = [];
  for (let step = steps[start]; step?.kind === "member"; step = steps[start + members.length])
    members.push(step);
  return members;
}

/** Every function that decides for these steps, and notes issues where they do. */
export function delegates(steps: readonly Step[]): Unit[] {
  return steps.flatMap((step) => {
    if (step.kind === "delegate") return [step.unit];
    if (step.kind === "member" && step.tested !== undefined)
      return "unit" in step.tested.by ? [step.tested.by.unit] : [];
    return delegates(inside(step));
  });
}

const words = new Set(["type", "const", "enum"]);

/** A test that is told whole by what an issue says where it fails: `must be of type string`, `must be one of a, b`. */
export interface Word extends Branch {
  readonly then: readonly [Reject];
}

/** All that the steps ask, where that is a word. */
export function wordOf(steps: readonly Step[]): Word | undefined {
  const [only] = steps;
  return steps.length === 1 && only?.kind === "branch" && isWord(only) ? only : undefined;
}

function isWord(step: Branch): step is Word {
  const [reject] = step.then;
  return (
    step.rejectsUndefined === true &&
    step.otherwise.length === 0 &&
    step.then.length === 1 &&
    reject?.kind === "reject" &&
    reject.expected !== undefined &&
    words.has(reject.rule)
  );
}

/** True if the first test of the steps rejects `undefined`. Then no test for a missing member is needed before it. */
export function rejectsUndefined(steps: readonly Step[]): boolean {
  const first = steps.find((step) => step.kind !== "let" && step.kind !== "view");
  return first?.kind === "branch" && first.rejectsUndefined === true;
}

/** True if the function rejects `undefined`. Known once everything is compiled. */
export function refusesUndefined(unit: Unit, seen: ReadonlySet<Unit> = new Set()): boolean {
  return unit.steps.some((step) => {
    if (step.kind === "branch") return step.rejectsUndefined === true;
    return (
      step.kind === "delegate" &&
      !seen.has(step.unit) &&
      refusesUndefined(step.unit, new Set([...seen, unit]))
    );
  });
}

/** The same steps about a member that must be there: the first test tells a missing one from one of another type. */
export function noteMissing(steps: readonly Step[], local: string): Step[] {
  const index = steps.findIndex((step) => step.kind === "branch");
  return steps.map((step, i) => {
    if (i !== index || step.kind !== "branch") return step;
    const then = step.then.map((one) => (one.kind === "reject" ? { ...one, missing: local } : one));
    return { ...step, then };
  });
}
