/** Puts the statements of a generated TypeScript file together. */
import { typescriptHeader } from "./header.ts";

/** The text of a generated file: no blanks at line ends, one empty line at the most. Literals are single-line, so this reaches layout only. */
export function printTypeScript(statements: readonly string[]): string {
  const text = statements
    .join("\n")
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trimStart();
  return `${typescriptHeader}${text}\n`;
}
