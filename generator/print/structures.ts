/** Builds a TypeScript file from ts-morph structures, all at once; for files that grow with the document, text is cheaper (`declarations.ts`). */
import { createRequire } from "node:module";
import type * as TsMorph from "ts-morph";
import type {
  InterfaceDeclarationStructure,
  OptionalKind,
  PropertySignatureStructure,
  StatementStructures,
  TypeAliasDeclarationStructure,
  TypeParameterDeclarationStructure,
} from "ts-morph";
import { printTypeScript } from "./typescript.ts";

// `import` would scan nine megabytes of CommonJS for the names of its exports, which takes as long as loading them.
const require = createRequire(import.meta.url);
const morph = require("ts-morph") as typeof TsMorph; // What `require` gives is untyped.
const { IndentationText, NewLineKind, Project } = morph;
export const { StructureKind } = morph;

/** `export type name<…> = type` under a doc comment. */
export function typeAlias(
  name: string,
  type: string,
  doc: string,
  typeParameters: OptionalKind<TypeParameterDeclarationStructure>[] = [],
): TypeAliasDeclarationStructure {
  return {
    kind: StructureKind.TypeAlias,
    name,
    type,
    typeParameters,
    isExported: true,
    docs: [doc],
    leadingTrivia: "\n",
  };
}

/** `export interface name { … }` under a doc comment. */
export function interfaceOf(
  name: string,
  properties: OptionalKind<PropertySignatureStructure>[],
  doc: string,
): InterfaceDeclarationStructure {
  return { kind: StructureKind.Interface, name, properties, isExported: true, docs: [doc] };
}

/**
 * The text of a generated file. The structures are printed in one go: ts-morph parses the file anew at each later edit,
 * which takes minutes on a large document.
 */
export function printStructures(statements: (StatementStructures | string)[]): string {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces, newLineKind: NewLineKind.LineFeed },
  });
  return printTypeScript([project.createSourceFile("generated.ts", { statements }).getFullText().trimEnd()]);
}
