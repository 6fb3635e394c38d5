/** Prints steps as the walker: go on after a failure, and note each one with its place, as long as notes are wanted. */
import { memberName, stringLiteral } from "../print/literal.ts";
import { block, printChoice } from "./print-block.ts";
import { maxDepth } from "./print-ok.ts";
import { membersFrom, type Inner, type Items, type Member, type Reject, type Step } from "./steps.ts";
import { walkName, type Unit } from "./unit.ts";

/** `function walkTemplate(value: unknown, at: string, issues: Issues): void { … }`. */
export function printWalk(unit: Unit): string[] {
  unit.module.helper("Issues");
  const depth = unit.recursive ? ", depth: number" : "";
  const head = `${unit.exported ? "export " : ""}function ${walkName(unit)}(value: unknown, at: string, issues: Issues${depth}): void {`;
  const guard = unit.recursive
    ? [`if (depth > ${String(maxDepth)}) return issues.add(at, "depth", ${String(maxDepth)});`]
    : [];
  return block(head, [...guard, ...printSteps(unit.steps, unit)]);
}

/** The walkers of small schemas that the module's other walkers have called; print those first. */
export function printLeaves(unit: Unit): string[] {
  return unit.module.leaves.map(({ name, steps }) =>
    block(
      `function ${name}(value: unknown, at: string, issues: Issues): void {`,
      printSteps(steps, unit),
    ).join("\n"),
  );
}

function printSteps(steps: readonly Step[], unit: Unit): string[] {
  const lines: string[] = [];
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i];
    if (step?.kind === "member") {
      const members = membersFrom(steps, i);
      lines.push(...printMembers(members, unit));
      i += members.length - 1;
    } else if (step !== undefined) lines.push(...printStep(step, unit));
  }
  return lines;
}

function printStep(step: Exclude<Step, Member>, unit: Unit): string[] {
  switch (step.kind) {
    case "reject":
      return [step.when === "true" ? add(step, unit) : `if (${step.when}) ${add(step, unit)}`];
    case "delegate":
      return [
        `${walkName(step.unit)}(${step.value}, ${step.at}, issues${step.unit.recursive ? ", depth + 1" : ""});`,
      ];
    case "let":
      return [`const ${step.name}${step.type === undefined ? "" : `: ${step.type}`} = ${step.value};`];
    case "place":
      return [`const ${step.name} = ${step.value};`];
    case "code":
      return [step.text];
    case "each":
      return block(`for (${step.head}) {`, ["if (!issues.open) return;", ...printSteps(step.body, unit)]);
    case "items":
      return printItems(step, unit);
    case "choose":
      return printChoice(step, (steps) => printSteps(steps, unit));
    case "branch":
      return printIf(step.when, printSteps(step.then, unit), printSteps(step.otherwise, unit));
  }
}

function printIf(condition: string, then: readonly string[], otherwise: readonly string[]): string[] {
  const [only] = then;
  // An `if` without braces would take the `else` of the one around it.
  const isShort = then.length === 1 && only !== undefined && !/^(?:const|if) /.test(only);
  const lines = isShort ? [`if (${condition}) ${only}`] : block(`if (${condition}) {`, then);
  if (otherwise.length === 0) return lines;
  const [first = ""] = otherwise;
  if (isShort && otherwise.length === 1 && !first.startsWith("const ")) return [...lines, `else ${first}`];
  if (isShort) return [...lines, ...block("else {", otherwise)];
  return [...lines.slice(0, -1), ...block("} else {", otherwise)];
}

function add(step: Reject, unit: Unit): string {
  const expected = step.expected === undefined ? "" : `, ${step.expected}`;
  return `issues.add(${step.at}, ${stringLiteral(unit.module.rule(step.rule))}${expected});`;
}

/** `walkMembers(members, at, issues, { required }, { optional });`. */
function printMembers(members: readonly Member[], unit: Unit): string[] {
  const [first] = members;
  if (first === undefined) return [];
  const table = (required: boolean): string[] => {
    const entries = members.filter((member) => member.required === required);
    if (entries.length === 0) return [required ? "{}," : "{},"];
    return block(
      "{",
      entries.flatMap((member) => {
        const name = member.name === "__proto__" ? '["__proto__"]' : memberName(member.name);
        const [head = "", ...lines] = printInner(member, unit);
        const all = [`${name}: ${head}`, ...lines];
        return [...all.slice(0, -1), `${all.at(-1) ?? ""},`];
      }),
    ).map((line, i, lines) => (i === lines.length - 1 ? `${line},` : line));
  };
  const call = `${unit.module.helper("walkMembers")}(${first.view}, ${first.at}, issues${depthOf(unit, "depth", "0")},`;
  return [call, ...[...table(true), ...table(false)].map((line) => `  ${line}`), ");"];
}

function printItems(step: Items, unit: Unit): string[] {
  const eachItem = unit.module.helper("eachItem");
  const [head = "", ...lines] = printInner(step, unit);
  const call = `${eachItem}(${step.list}, ${String(step.from)}, ${step.at}, issues${depthOf(unit, "depth", "0")}, ${head}`;
  const all = [call, ...lines];
  return [...all.slice(0, -1), `${all.at(-1) ?? ""});`];
}

/** What walks a member or an item: a function's name, or a function written in place. */
function printInner({ local, steps, leaf }: Inner, unit: Unit): string[] {
  if (leaf !== undefined) {
    leaf.used = true;
    return [leaf.name];
  }
  const [only, second] = steps;
  if (only?.kind === "delegate" && second === undefined && only.value === local) return [walkName(only.unit)];
  return block(`(${local}, at) => {`, printSteps(steps, unit));
}

function depthOf(unit: Unit, recursive: string, plain: string): string {
  return `, ${unit.recursive ? recursive : plain}`;
}
