/** Layout that both printings share. */
import type { Choose, Step } from "./steps.ts";

/** Lines in braces that `head` opens. */
export function block(head: string, lines: readonly string[]): string[] {
  return [head, ...lines.map((line) => `  ${line}`), "}"];
}

export function printChoice(step: Choose, print: (steps: readonly Step[]) => string[]): string[] {
  const cases = step.cases.flatMap(({ values, steps }) => [
    ...values.slice(0, -1).map((value) => `case ${value}:`),
    ...block(`case ${values.at(-1) ?? ""}: {`, [...print(steps), "break;"]),
  ]);
  return block(`switch (${step.on}) {`, [...cases, ...block("default: {", print(step.otherwise))]);
}
