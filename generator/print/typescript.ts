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
  return typescriptHeader + project.createSourceFile("generated.ts", structure).getFullText();
}
