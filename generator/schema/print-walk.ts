/** Prints steps as the walker: go on after a failure, and note each one with its place, as long as notes are wanted. */
import { escapeToken } from "../json/pointer.ts";
import { memberName, stringLiteral } from "../print/literal.ts";
import { block, parameters, printChoice, prune } from "./print-block.ts";
import { maxDepth } from "./print-ok.ts";
import { membersFrom, type Inner, type Items, type Member, type Reject, type Step } from "./steps.ts";
import { walkName, type Unit } from "./unit.ts";

/** `function walkTemplate(value: unknown, at: string, issues: Issues): void { … }`. */
export function printWalk(unit: Unit): string[] {
  const guard = unit.recursive
    ? [`if (depth > ${String(maxDepth)}) return issues.add(at, "depth", ${String(maxDepth)});`]
    : [];
  const lines = [...guard, ...prune(printSteps(unit.steps, unit))];
  const depth = unit.recursive ? [["depth", "number"] as const] : [];
  return block(`${unit.exported ? "export " : ""}${head(walkName(unit), lines, unit, depth)}`, lines);
}

/** The walkers of small schemas that the module's other walkers have called; print those first. */
export function printLeaves(unit: Unit): string[] {
  return unit.module.leaves.map(({ name, steps }) => {
    const lines = printSteps(steps, unit);
    return block(head(name, lines, unit, []), lines).join("\n");
  });
}

function head(
  name: string,
  lines: readonly string[],
  unit: Unit,
  more: readonly (readonly [name: string, type: string])[],
): string {
  const names = [
    ["value", "unknown"],
    ["at", "string"],
    ["issues", unit.module.helper("Issues")],
    ...more,
  ] as const;
  return `function ${name}(${parameters(names, lines)}): void {`;
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

/** `eachMember(members, at, issues, 0, members1, members2);`, with a table of walkers for each of both kinds. */
function printMembers(members: readonly Member[], unit: Unit): string[] {
  const plain = members.filter((one) => one.read === undefined && escapeToken(one.name) === one.name);
  const others = members.filter((one) => !plain.includes(one)).map((one) => printMember(one, unit));
  const [first] = plain;
  if (first === undefined) return others;
  const tables = [true, false].map((required) =>
    table(
      plain.filter((one) => one.required === required),
      unit,
    ),
  );
  const place = `${first.view}, ${first.at}, issues, ${depthOf(unit)}`;
  return [`${unit.module.helper("eachMember")}(${place}, ${tables.join(", ")});`, ...others];
}

/** A constant of the module: nothing is allocated to walk with it. */
function table(members: readonly Member[], unit: Unit): string {
  const entries = members.map((member) => `  ${memberName(member.name)}: ${printInner(member, unit)},\n`);
  unit.module.helper("Walks");
  return unit.module.constant("members", "Walks", entries.length === 0 ? "{}" : `{\n${entries.join("")}}`);
}

/** A member whose name is nothing for a table: it is escaped in pointers, or every object has it. */
function printMember(member: Member, unit: Unit): string {
  const place = `${member.at} + ${stringLiteral(`/${escapeToken(member.name)}`)}`;
  const value = member.read ?? `${member.view}[${stringLiteral(member.name)}]`;
  const call = unit.module.helper("oneMember");
  const rest = `${printInner(member, unit)}, ${String(member.required)}`;
  return `${call}(${value}, ${place}, issues, ${depthOf(unit)}, ${rest});`;
}

function printItems(step: Items, unit: Unit): string[] {
  const place = `${step.list}, ${String(step.from)}, ${step.at}, issues, ${depthOf(unit)}`;
  return [`${unit.module.helper("eachItem")}(${place}, ${printInner(step, unit)});`];
}

/** What walks a member or an item: a function's name, or a function written in place. */
function printInner({ local, steps, leaf }: Inner, unit: Unit): string {
  if (leaf !== undefined) {
    leaf.used = true;
    return leaf.name;
  }
  const [only, second] = steps;
  if (only?.kind === "delegate" && second === undefined && only.value === local) return walkName(only.unit);
  const lines = prune(printSteps(steps, unit));
  const names = [[local], ["at"], ["issues"], ...(unit.recursive ? [["depth"] as const] : [])] as const;
  return block(`(${parameters(names, lines)}) => {`, lines).join("\n");
}

function depthOf(unit: Unit): string {
  return unit.recursive ? "depth" : "0";
}
