/** Prints steps as the fast boolean function: leave with `false` at the first thing that is wrong. */
import type { ValidatorModule } from "./module.ts";
import { allOf, anyOf, negate } from "./conditions.ts";
import type { Branch, Delegate, Step } from "./steps.ts";
import { okName, type Unit } from "./unit.ts";

/** Deeper nesting than this is rejected: each level is a stack frame or two. */
export const maxDepth = 500;

/** `export function okTemplate(value: unknown): boolean { … }`. */
export function printOk(unit: Unit): string[] {
  const depth = unit.recursive ? ", depth: number" : "";
  const head = `${unit.exported ? "export " : ""}function ${okName(unit)}(value: unknown${depth}): boolean {`;
  const guard = unit.recursive ? [`  if (depth > ${String(maxDepth)}) return false;`] : [];
  const expression = okExpression(unit.steps, unit.module);
  if (expression !== undefined) return [head, ...guard, `  return ${expression};`, "}"];
  return [
    head,
    ...guard,
    ...printSteps(unit.steps, unit.module).map((line) => `  ${line}`),
    "  return true;",
    "}",
  ];
}

/** The steps as one expression, where they declare nothing and loop over nothing. */
export function okExpression(steps: readonly Step[], module: ValidatorModule): string | undefined {
  const parts: string[] = [];
  for (const step of steps) {
    const part = expressionOf(step, module);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return parts.length === 0 ? "true" : allOf(parts);
}

function expressionOf(step: Step, module: ValidatorModule): string | undefined {
  if (step.kind === "reject") return negate(step.when);
  if (step.kind === "delegate") return call(step, module);
  if (step.kind !== "branch") return undefined;
  const otherwise = okExpression(step.otherwise, module);
  if (otherwise === undefined) return undefined;
  if (isReject(step)) return otherwise === "true" ? negate(step.when) : allOf([negate(step.when), otherwise]);
  const then = okExpression(step.then, module);
  if (then === undefined) return undefined;
  if (otherwise === "true") return `(${anyOf([negate(step.when), allOf([then])])})`;
  return `(${step.when} ? ${then} : ${otherwise})`;
}

function isReject(step: Branch): boolean {
  const [only, second] = step.then;
  return second === undefined && only?.kind === "reject" && only.when === "true";
}

function call(step: Delegate, module: ValidatorModule): string {
  return `${module.call(step.unit, "ok")}(${step.value}${step.unit.recursive ? ", depth + 1" : ""})`;
}

function printSteps(steps: readonly Step[], module: ValidatorModule): string[] {
  return steps.flatMap((step) => printStep(step, module));
}

function printStep(step: Step, module: ValidatorModule): string[] {
  switch (step.kind) {
    case "reject":
      return [step.when === "true" ? "return false;" : `if (${step.when}) return false;`];
    case "delegate":
      return [`if (!${call(step, module)}) return false;`];
    case "let":
      return [`const ${step.name}${step.type === undefined ? "" : `: ${step.type}`} = ${step.value};`];
    case "code":
      return [step.text];
    case "each":
      return block(`for (${step.head}) {`, printSteps(step.body, module));
    case "choose":
      return printChoice(step, module);
    case "branch":
      return printBranch(step, module);
  }
}

function printBranch(step: Branch, module: ValidatorModule): string[] {
  if (isReject(step)) {
    const test = step.absent === true ? [] : [`if (${step.when}) return false;`];
    return [...test, ...printSteps(step.otherwise, module)];
  }
  const then = okExpression(step.then, module);
  if (then !== undefined && step.otherwise.length === 0) {
    return [`if (${allOf([step.when, negate(then)])}) return false;`];
  }
  const lines = block(`if (${step.when}) {`, printSteps(step.then, module));
  if (step.otherwise.length === 0) return lines;
  return [...lines.slice(0, -1), ...block("} else {", printSteps(step.otherwise, module))];
}

function printChoice(step: Extract<Step, { kind: "choose" }>, module: ValidatorModule): string[] {
  const cases = step.cases.flatMap((one) => [
    ...one.values.slice(0, -1).map((value) => `case ${value}:`),
    ...block(`case ${one.values.at(-1) ?? ""}: {`, [...printSteps(one.steps, module), "break;"]),
  ]);
  return block(`switch (${step.on}) {`, [
    ...cases,
    ...block("default: {", printSteps(step.otherwise, module)),
  ]);
}

function block(head: string, lines: readonly string[]): string[] {
  return [head, ...lines.map((line) => `  ${line}`), "}"];
}
