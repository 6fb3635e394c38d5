/** Layout that both printings share. */
import type { Choose, Step } from "./steps.ts";

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
    for (const word of line.match(/[A-Za-z]\w*/g) ?? []) if (word !== key) mentioned.add(word);
    return [key === undefined || mentioned.has(key) ? line : line.replace("(const ", "(const _")];
  });
  return kept.reverse();
}

/** Parameters, those that the lines do not mention with an underscore: compilers may be told to refuse unused ones. */
export function parameters(
  names: readonly (readonly [name: string, type?: string])[],
  lines: readonly string[],
): string {
  const mentioned = new Set(lines.join("\n").match(/[A-Za-z]\w*/g));
  return names
    .map(([name, type]) => `${mentioned.has(name) ? "" : "_"}${name}${type === undefined ? "" : `: ${type}`}`)
    .join(", ");
}

export function printChoice(step: Choose, print: (steps: readonly Step[]) => string[]): string[] {
  const cases = step.cases.flatMap(({ values, steps }) => [
    ...values.slice(0, -1).map((value) => `case ${value}:`),
    ...block(`case ${values.at(-1) ?? ""}: {`, [...print(steps), "break;"]),
  ]);
  return block(`switch (${step.on}) {`, [...cases, ...block("default: {", print(step.otherwise))]);
}
