/**
 * Prints steps as the function that notes issues. With a list it goes on after an issue as long as more are wanted;
 * without one it leaves at the first thing that is wrong, so a valid value costs the same in all modes.
 */
import { append } from "../../json/append.ts";
import { allOf, anyOf, isGrouped, negate, opposite } from "../code/conditions.ts";
import { maxDepth } from "../../validator-library/runtime/limits.ts";
import { block, head, isDone, printChoice, printLoop, printRead, printView, prune } from "./block.ts";
import {
  type Branch,
  type Delegate,
  type Items,
  type Member,
  type Reject,
  type Step,
  type Unit,
  membersFrom,
  noteMissing,
  rejectsUndefined,
} from "../code/steps.ts";
import { isHeld, printTested } from "./tested.ts";

/** `function okTemplate(value: unknown, issues?: Issues, at = ""): boolean { … }`. */
export function printCheck(unit: Unit): string[] {
  const guard = unit.recursive
    ? [`if (depth > ${String(maxDepth)}) return ${unit.module.helper("tooDeep")}(issues, at);`]
    : [];
  const whole = goesOn(unit.steps, unit);
  const steps = whole === undefined ? printSteps(unit.steps, unit, true) : [`return ${ungrouped(whole)};`];
  const lines = [...guard, ...prune(steps)];
  const body = isDone(lines) ? lines : [...lines, "return true;"];
  return block(head(unit, body), body);
}

/**
 * An expression that is true where the function goes on; `undefined` where the steps declare or loop, and where the
 * opposite of what they ask is hard to read.
 */
function goesOn(steps: readonly Step[], unit: Unit): string | undefined {
  const parts = steps.map((step) => {
    if (step.kind === "delegate") return call(step, unit);
    if (step.kind === "items") return everyItem(step, unit);
    if (step.kind === "branch") return goesOnBranch(step, unit);
    if (step.kind !== "reject") return undefined;
    if (step.when === "true") return `!${note(step, unit)}`;
    const isMet = readable(negate(step.when));
    return isMet === undefined ? undefined : anyOf([isMet, `!${note(step, unit)}`]);
  });
  return parts.every((part) => part !== undefined) ? allOf(parts) : undefined;
}

function goesOnBranch(step: Branch, unit: Unit): string | undefined {
  const then = goesOn(step.then, unit);
  const otherwise = goesOn(step.otherwise, unit);
  const isOther = readable(opposite(step));
  if (then === undefined || otherwise === undefined || isOther === undefined) return undefined;
  if (then === "true" && otherwise === "true") return "true";
  return otherwise === "true" ? anyOf([isOther, then]) : `(${isOther} ? ${otherwise} : ${then})`;
}

function readable(condition: string): string | undefined {
  return condition.startsWith("!(") ? undefined : condition;
}

/** An expression that is true where the function has to stop; `undefined` where the steps declare or loop. */
function stop(steps: readonly Step[], unit: Unit): string | undefined {
  const parts = steps.map((step) => {
    if (step.kind === "reject")
      return step.when === "true" ? note(step, unit) : allOf([step.when, note(step, unit)]);
    if (step.kind === "delegate") return `!${call(step, unit)}`;
    if (step.kind === "items") return stopItems(step, unit);
    return step.kind === "branch" ? stopBranch(step, unit) : undefined;
  });
  return parts.every((part) => part !== undefined) ? anyOf(parts) : undefined;
}

function stopBranch(step: Branch, unit: Unit): string | undefined {
  const then = stop(step.then, unit);
  const otherwise = stop(step.otherwise, unit);
  if (then === undefined || otherwise === undefined) return undefined;
  if (otherwise === "false") return then === "false" ? "false" : allOf([step.when, then]);
  return `(${step.when} ? ${then} : ${otherwise})`;
}

function note(step: Reject, unit: Unit): string {
  const { module } = unit;
  const fault = module.fault(step.rule, step.expected);
  if (step.missing === undefined) return `${module.helper("reject")}(issues, ${step.at}, ${fault})`;
  module.rule("required");
  return `${module.helper("mistyped")}(${step.missing}, issues, ${step.at}, ${fault})`;
}

function stopItems(step: Items, unit: Unit): string | undefined {
  const test = everyItem(step, unit);
  return test === undefined ? undefined : `!${test}`;
}

/** Places are computed only where issues are collected. */
function given(at: string): string {
  return `issues, ${at === "at" ? at : `issues && ${at}`}`;
}

function call({ unit: callee, value, at }: Delegate, { module }: Unit): string {
  const depth = callee.recursive ? ", depth + 1" : "";
  const all = `${value}, ${given(at)}${depth}`;
  const name = module.call(callee);
  return callee.repeats ? `${module.helper("once")}(${name}, ${all})` : `${name}(${all})`;
}

/** @param isLast nothing comes after these steps, so they may leave the function with their own answer */
function printSteps(steps: readonly Step[], unit: Unit, isLast: boolean): string[] {
  const lines: string[] = [];
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i];
    if (step?.kind === "member") {
      const members = membersFrom(steps, i);
      i += members.length - 1;
      const others = members.filter((member) => member.tested === undefined);
      const isDone = isLast && others.length === 0 && i === steps.length - 1;
      const held = members.filter((member) => isHeld(member, unit.module));
      append(lines, [...printRead(held, true), ...printTested(members, unit, isDone)]);
      append(
        lines,
        others.flatMap((member) => printMember(member, unit)),
      );
    } else if (step !== undefined) append(lines, printStep(step, unit, isLast && i === steps.length - 1));
  }
  return lines;
}

function printStep(step: Exclude<Step, Member>, unit: Unit, isLast: boolean): string[] {
  switch (step.kind) {
    case "reject":
      return printStop(stop([step], unit) ?? "false");
    case "delegate":
      return isLast ? [`return ${call(step, unit)};`] : printStop(`!${call(step, unit)}`);
    case "let":
      return [`const ${step.name}${step.type === undefined ? "" : `: ${step.type}`} = ${step.value};`];
    case "view":
      return [printView(step, unit.module)];
    case "code":
      return [step.text];
    case "each":
      return block(`for (${step.head}) {`, printSteps(step.body, unit, false));
    case "items":
      return printItems(step, unit, isLast);
    case "choose":
      return printChoice(step, (steps) => printSteps(steps, unit, isLast));
    case "branch":
      return printBranch(step, unit, isLast);
  }
}

function printStop(condition: string): string[] {
  if (condition === "false") return [];
  return [`if (${ungrouped(condition)}) return false;`];
}

function ungrouped(condition: string): string {
  return isGrouped(condition) ? condition.slice(1, -1) : condition;
}

function printBranch(step: Branch, unit: Unit, isLast: boolean): string[] {
  const whole = stop([step], unit);
  if (whole !== undefined) return printStop(whole);
  const then = stop(step.then, unit);
  // The usual case, a value of another type: leave, so that the rest needs no nesting.
  if (isLast && then !== undefined && then !== "false")
    return [
      `if (${step.when}) return ${refusal(step, then, unit)};`,
      ...printSteps(step.otherwise, unit, true),
    ];
  const lines = block(`if (${step.when}) {`, printSteps(step.then, unit, isLast));
  if (step.otherwise.length === 0) return lines;
  return [...lines.slice(0, -1), ...block("} else {", printSteps(step.otherwise, unit, isLast))];
}

/** What the function answers where the branch turns the value down, or lets it pass. */
function refusal({ then: [only, ...others] }: Branch, stop: string, { module }: Unit): string {
  const isObject = only?.kind === "reject" && only.rule === "type" && only.expected === '"object"';
  if (isObject && others.length === 0) return `${module.helper("notObject")}(issues, ${only.at})`;
  return isGrouped(stop) ? `!${stop}` : negate(stop);
}

function printMember(member: Member, unit: Unit): string[] {
  const { local, required, at } = member;
  const steps = required && splits(member.steps) ? noteMissing(member.steps, local) : member.steps;
  const whole = stop(steps, unit);
  if (required && steps !== member.steps)
    return whole === undefined ? printSteps(steps, unit, false) : printStop(whole);
  if (whole === undefined) {
    const lines = block(`if (${local} !== undefined) {`, printSteps(steps, unit, false));
    if (!required) return lines;
    const missing = printStop(note({ kind: "reject", when: "true", rule: "required", at }, unit));
    return [
      ...block(`if (${local} === undefined) {`, missing).slice(0, -1),
      ...block(
        "} else {",
        lines.slice(1, -1).map((line) => line.slice(2)),
      ),
    ];
  }
  if (!required) return printStop(allOf([`${local} !== undefined`, whole]));
  return printStop(
    `(${local} === undefined ? ${note({ kind: "reject", when: "true", rule: "required", at }, unit)} : ${whole})`,
  );
}

/** True if these steps are one test of the type with everything else behind it. */
function splits(steps: readonly Step[]): boolean {
  return (
    rejectsUndefined(steps) &&
    steps.filter((step) => step.kind !== "let" && step.kind !== "view").length === 1
  );
}

function printItems(step: Items, unit: Unit, isLast: boolean): string[] {
  const test = everyItem(step, unit);
  if (test !== undefined) return isLast ? [`return ${test};`] : printStop(`!${test}`);
  return printLoop(step, printSteps(step.steps, unit, false));
}

/**
 * The call that asks a function about all items, where one decides about them. Wrong items are looked at twice, so this is
 * for schemas whose values cannot be nested without end.
 */
function everyItem({ list, at, from, steps }: Items, { module }: Unit): string | undefined {
  const [only, ...others] = steps;
  if (only?.kind !== "delegate" || others.length > 0 || only.unit.recursive || only.unit.repeats)
    return undefined;
  const first = from === 0 ? "" : `, ${String(from)}`;
  return `${module.helper("everyItem")}(${list}, ${module.call(only.unit)}, ${given(at)}${first})`;
}
