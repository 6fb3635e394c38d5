/** Layout that both printings share. */
import { memberName } from "../../print/literal.ts";
import { identifiers, type ValidatorModule } from "../code/module.ts";
import type { Choose, Items, Member, Step, Unit, View } from "../code/steps.ts";
import { okName } from "../code/module.ts";

/** Lists longer than a line go one to a line. */
export const lineWidth = 110;

/** Lines in braces that `head` opens. */
export function block(head: string, lines: readonly string[]): string[] {
  return [head, ...lines.map((line) => `  ${line}`), "}"];
}

/**
 * Leaves out constants that no later line mentions: a schema that rejects everything looks at nothing. Names are unique
 * within a function, so mention is use.
 */
export function prune(lines: readonly string[]): string[] {
  const mentioned = new Set<string>();
  const kept = [...lines].reverse().flatMap((line) => {
    const name = /^\s*const (\w+)(?:: \w+)? = .*;$/.exec(line)?.[1];
    if (name !== undefined && !mentioned.has(name)) return [];
    const key = /^\s*for \(const (\w+) in /.exec(line)?.[1];
    for (const word of line.match(identifiers) ?? []) if (word !== key) mentioned.add(word);
    return [key === undefined || mentioned.has(key) ? line : line.replace("(const ", "(const _")];
  });
  return kept.reverse();
}

/**
 * The line that opens a function. Parameters that the lines do not mention get an underscore: compilers may be told to
 * refuse unused ones.
 */
export function head(unit: Unit, lines: readonly string[]): string {
  const mentioned = new Set(lines.join("\n").match(identifiers));
  const named = (name: string): string => (mentioned.has(name) ? name : `_${name}`);
  const parameters = [`${named("value")}: unknown`];
  if (unit.reports) {
    parameters.push(`${named("issues")}?: ${unit.module.helper("Issues")}`);
    parameters.push(mentioned.has("at") ? 'at = ""' : "_at?: string");
  }
  if (unit.recursive && !unit.reports) parameters.push("_issues?: unknown", "_at?: unknown");
  if (unit.recursive) parameters.push("depth = 0");
  return `${unit.exported ? "export " : ""}function ${okName(unit)}(${parameters.join(", ")}): boolean {`;
}

/**
 * Holds the own members of a value. Where issues can be noted, the value's prototype is read here and not in the helper:
 * each place sees few shapes of objects, so engines fold the reading into the test of the shape, and it costs nothing.
 */
export function printView({ name, of }: View, module: ValidatorModule): string {
  if (!module.reports) return `const ${name} = ${module.helper("asObject")}(${of});`;
  const prototype = `${module.helper("quick")} && (${of} as ${module.helper("Members")})?.["__proto__"]`;
  return `const ${name} = ${module.helper("membersOf")}(${of}, ${prototype});`;
}

/**
 * Reads members of an object, all at once where that is possible.
 *
 * @param together members that are tested together: a missing one is read as a value that passes, where there is one
 */
export function printRead(members: readonly Member[], together = false): string[] {
  const view = members[0]?.view ?? "";
  const held = members.flatMap(({ local, read }) =>
    read === undefined ? [] : [`const ${local} = ${read};`],
  );
  const plain = members
    .filter((member) => member.read === undefined)
    .map(({ name, local, tested }) => {
      const key = memberName(name);
      const binding = key === local ? local : `${key}: ${local}`;
      const absent = together ? tested?.absent : undefined;
      return absent === undefined ? binding : `${binding} = ${absent}`;
    });
  if (plain.length === 0) return held;
  const line = `const { ${plain.join(", ")} } = ${view};`;
  if (line.length <= lineWidth) return [line, ...held];
  return ["const {", ...plain.map((one) => `  ${one},`), `} = ${view};`, ...held];
}

export function printLoop({ list, from, index, local }: Items, body: readonly string[]): string[] {
  const head = `for (let ${index} = ${String(from)}; ${index} < ${list}.length; ${index}++) {`;
  return block(head, [`const ${local}: unknown = ${list}[${index}];`, ...body]);
}

/** True if the lines end with a return statement. */
export function isDone(lines: readonly string[]): boolean {
  return /^(?:return (?!false)|\) \|\| )/.test(lines.at(-1) ?? "");
}

export function printChoice(step: Choose, print: (steps: readonly Step[]) => string[]): string[] {
  const cases = step.cases.flatMap(({ values, steps }) => {
    const lines = print(steps);
    return [
      ...values.slice(0, -1).map((value) => `case ${value}:`),
      ...block(`case ${values.at(-1) ?? ""}: {`, isDone(lines) ? lines : [...lines, "break;"]),
    ];
  });
  return block(`switch (${step.on}) {`, [...cases, ...block("default: {", print(step.otherwise))]);
}
