/** Prints steps as a function that only says yes or no: leave with `false` at the first thing that is wrong. */
import { append } from "../../json/append.ts";
import { allOf, anyOf, negate, opposite } from "../code/conditions.ts";
import type { ValidatorModule } from "../code/module.ts";
import { maxDepth } from "../../validator-library/runtime/limits.ts";
import { block, head, printChoice, printLoop, printRead, printView, prune } from "./block.ts";
import {
  type Branch,
  type Delegate,
  type Member,
  type Step,
  type Unit,
  membersFrom,
  rejectsUndefined,
} from "../code/steps.ts";

const leave = "return false;";

/** `function okTemplate(value: unknown): boolean { … }`. */
export function printOk(unit: Unit): string[] {
  const guard = unit.recursive
    ? [`if (depth > ${String(maxDepth)}) return ${unit.module.helper("tooDeep")}();`]
    : [];
  const expression = okExpression(unit.steps, unit.module);
  const rest =
    expression === undefined
      ? withEnd(prune(printSteps(unit.steps, unit.module)))
      : [`return ${expression};`];
  const lines = [...guard, ...rest];
  return block(head(unit, lines), lines);
}

function withEnd(lines: readonly string[]): readonly string[] {
  return lines.at(-1) === leave ? lines : [...lines, "return true;"];
}

/** An expression that is true where the steps reject nothing; `undefined` where they declare or loop. */
export function okExpression(steps: readonly Step[], module: ValidatorModule): string | undefined {
  const parts = steps.map((step) => {
    if (step.kind === "reject") return negate(step.when);
    if (step.kind === "delegate") return call(step, module);
    if (step.kind !== "branch") return undefined;
    const otherwise = okExpression(step.otherwise, module);
    const then = okExpression(step.then, module);
    if (otherwise === undefined || then === undefined) return undefined;
    if (then === "false") return otherwise === "true" ? opposite(step) : allOf([opposite(step), otherwise]);
    if (otherwise === "true") return anyOf([opposite(step), then]);
    return `(${step.when} ? ${then} : ${otherwise})`;
  });
  return parts.every((part) => part !== undefined) ? allOf(parts) : undefined;
}

/** An expression that is true where the steps reject; `undefined` where they declare or loop. */
function failure(steps: readonly Step[], module: ValidatorModule): string | undefined {
  const parts = steps.map((step) => {
    if (step.kind === "reject") return step.when;
    if (step.kind === "delegate") return `!${call(step, module)}`;
    if (step.kind !== "branch") return undefined;
    const otherwise = failure(step.otherwise, module);
    const then = failure(step.then, module);
    if (otherwise === undefined || then === undefined) return undefined;
    if (then === "true") return otherwise === "false" ? step.when : anyOf([step.when, otherwise]);
    if (otherwise === "false") return allOf([step.when, then]);
    return `(${step.when} ? ${then} : ${otherwise})`;
  });
  return parts.every((part) => part !== undefined) ? anyOf(parts) : undefined;
}

function call(step: Delegate, module: ValidatorModule): string {
  const { unit, value } = step;
  const name = module.call(unit);
  const given = `${value}${unit.recursive ? ', undefined, "", depth + 1' : ""}`;
  return unit.repeats ? `${module.helper("once")}(${name}, ${given})` : `${name}(${given})`;
}

function printSteps(steps: readonly Step[], module: ValidatorModule): string[] {
  const lines: string[] = [];
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i];
    if (step?.kind === "member") {
      const members = membersFrom(steps, i);
      append(lines, printMembers(members, module));
      i += members.length - 1;
    } else if (step !== undefined) append(lines, printStep(step, module));
    // Nothing can be reached any more.
    if (lines.at(-1) === leave) break;
  }
  return lines;
}

function printStep(step: Exclude<Step, Member>, module: ValidatorModule): string[] {
  switch (step.kind) {
    case "reject":
    case "delegate":
      return leaveIf(failure([step], module) ?? "false");
    case "let":
      return [`const ${step.name}${step.type === undefined ? "" : `: ${step.type}`} = ${step.value};`];
    case "code":
      return [step.text];
    case "view":
      return [printView(step, module)];
    case "each":
      return block(`for (${step.head}) {`, printSteps(step.body, module));
    case "choose":
      return printChoice(step, (steps) => printSteps(steps, module));
    case "branch":
      return printBranch(step, module);
    case "items":
      return printLoop(step, printSteps(step.steps, module));
  }
}

function leaveIf(condition: string): string[] {
  if (condition === "false") return [];
  return [condition === "true" ? leave : `if (${condition}) return false;`];
}

function printBranch(step: Branch, module: ValidatorModule): string[] {
  const whole = failure([step], module);
  if (whole !== undefined) return leaveIf(whole);
  if (failure(step.then, module) === "true")
    return [...leaveIf(step.when), ...printSteps(step.otherwise, module)];
  const lines = block(`if (${step.when}) {`, printSteps(step.then, module));
  if (step.otherwise.length === 0) return lines;
  return [...lines.slice(0, -1), ...block("} else {", printSteps(step.otherwise, module))];
}

/** Reads all members at once, then holds each against its own rules. */
function printMembers(members: readonly Member[], module: ValidatorModule): string[] {
  return [...printRead(members), ...printTests(members, module)];
}

/** Types of what must be there come first: they are cheap, and most of what is wrong shows in them. */
function printTests(members: readonly Member[], module: ValidatorModule): string[] {
  const early: string[] = [];
  const late: string[] = [];
  for (const member of members) {
    const { local, steps, required } = member;
    if (!required) append(late, printOptional(member, module));
    else if (rejectsUndefined(steps)) {
      const [first, ...rest] = steps;
      const splits = first?.kind === "branch" && rest.length === 0;
      if (splits) early.push(first.when);
      append(late, printWhole(splits ? first.otherwise : steps, module));
    } else {
      early.push(`${local} === undefined`);
      append(late, printWhole(steps, module));
    }
  }
  const first = early.length === 0 ? [] : leaveIf(anyOf(early));
  return first.at(-1) === leave ? first : [...first, ...late];
}

function printWhole(steps: readonly Step[], module: ValidatorModule): string[] {
  const whole = failure(steps, module);
  return whole === undefined ? printSteps(steps, module) : leaveIf(whole);
}

function printOptional({ local, steps }: Member, module: ValidatorModule): string[] {
  const whole = failure(steps, module);
  if (whole !== undefined) return leaveIf(allOf([`${local} !== undefined`, whole]));
  return block(`if (${local} !== undefined) {`, printSteps(steps, module));
}
