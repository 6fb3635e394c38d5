/** Prints a TypeScript file from ts-morph structures, all at once. */
import { IndentationText, NewLineKind, Project, type SourceFileStructure } from "ts-morph";
import { typescriptHeader } from "./header.ts";

/**
 * The text of a generated file. The structures are printed in one go: ts-morph re-parses the file at each later edit,
 * which takes minutes on a large document.
 */
export function printTypeScript(structure: Omit<SourceFileStructure, "kind">): string {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces, newLineKind: NewLineKind.LineFeed },
  });
  return typescriptHeader + tidy(project.createSourceFile("generated.ts", structure).getFullText());
}

/** No blanks at line ends, one empty line at the most. Literals are single-line, so this reaches layout only. */
function tidy(text: string): string {
  return text
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trimStart();
}
