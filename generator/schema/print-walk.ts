/** Prints steps as the walker: go on after a failure, and note each one with its place, as long as notes are wanted. */
import { maxDepth } from "./print-ok.ts";
import { stringLiteral } from "../print/literal.ts";
import type { Path, Reject, Step } from "./steps.ts";
import { walkName, type Unit } from "./unit.ts";

/** `export function walkTemplate(value: unknown, at: string, issues: Issues): void { … }`. */
export function printWalk(unit: Unit): string[] {
  unit.module.helper("Issues");
  const depth = unit.recursive ? ", depth: number" : "";
  const head = `${unit.exported ? "export " : ""}function ${walkName(unit)}(value: unknown, at: string, issues: Issues${depth}): void {`;
  const guard = unit.recursive
    ? [`  if (depth > ${String(maxDepth)}) return issues.add(at, "depth", ${String(maxDepth)});`]
    : [];
  return [head, ...guard, ...printSteps(unit.steps, unit).map((line) => `  ${line}`), "}"];
}

function printSteps(steps: readonly Step[], unit: Unit): string[] {
  return steps.flatMap((step) => printStep(step, unit));
}

function printStep(step: Step, unit: Unit): string[] {
  switch (step.kind) {
    case "reject":
      return [step.when === "true" ? add(step, unit) : `if (${step.when}) ${add(step, unit)}`];
    case "delegate": {
      const depth = step.unit.recursive ? ", depth + 1" : "";
      return [`${walkName(step.unit)}(${step.value}, ${printPath(step.path, unit)}, issues${depth});`];
    }
    case "let":
      return [`const ${step.name}${step.type === undefined ? "" : `: ${step.type}`} = ${step.value};`];
    case "code":
      return [step.text];
    case "each":
      return block(`for (${step.head}) {`, ["if (!issues.open) return;", ...printSteps(step.body, unit)]);
    case "choose":
      return printChoice(step, unit);
    case "branch": {
      const then = printSteps(step.then, unit);
      const otherwise = printSteps(step.otherwise, unit);
      const [only] = then;
      // An `if` without braces would take the `else` of the one around it.
      const isShort = then.length === 1 && only !== undefined && !/^(?:const|if) /.test(only);
      const lines = isShort ? [`if (${step.when}) ${only}`] : block(`if (${step.when}) {`, then);
      if (otherwise.length === 0) return lines;
      if (isShort) return [...lines, ...block("else {", otherwise)];
      return [...lines.slice(0, -1), ...block("} else {", otherwise)];
    }
  }
}

function printChoice(step: Extract<Step, { kind: "choose" }>, unit: Unit): string[] {
  const cases = step.cases.flatMap((one) => [
    ...one.values.slice(0, -1).map((value) => `case ${value}:`),
    ...block(`case ${one.values.at(-1) ?? ""}: {`, [...printSteps(one.steps, unit), "break;"]),
  ]);
  return block(`switch (${step.on}) {`, [...cases, ...block("default: {", printSteps(step.otherwise, unit))]);
}

function add(step: Reject, unit: Unit): string {
  const expected = step.expected === undefined ? "" : `, ${step.expected}`;
  return `issues.add(${printPath(step.path, unit)}, ${stringLiteral(step.rule)}${expected});`;
}

/** The pointer of a place, as a concatenation that starts with the function's own place. */
function printPath(path: Path, unit: Unit): string {
  const parts: string[] = ["at"];
  let text = "";
  const flush = (): void => {
    if (text !== "") parts.push(stringLiteral(text));
    text = "";
  };
  for (const part of path) {
    if (typeof part === "string") {
      text += part;
      continue;
    }
    text += "/";
    flush();
    parts.push("index" in part ? part.index : `${unit.module.helper("token")}(${part.key})`);
  }
  flush();
  return parts.join(" + ");
}

function block(head: string, lines: readonly string[]): string[] {
  return [head, ...lines.map((line) => `  ${line}`), "}"];
}
