/** `errors.ts`: the error contract as types and as data. */
import type { ImportDeclarationStructure } from "ts-morph";
import { printStructures, StructureKind } from "../../print/structures.ts";
import type { Emitter } from "../emitter.ts";
import { catalogueStatements } from "./catalogue.ts";
import { codeStatements, usesComponents } from "./codes.ts";
import { guardStatements } from "./guards.ts";
import { operationStatements } from "./operations.ts";

export const emitErrors: Emitter = (model, { importExtension }) => {
  const typesImport: ImportDeclarationStructure = {
    kind: StructureKind.ImportDeclaration,
    isTypeOnly: true,
    namedImports: ["components"],
    moduleSpecifier: `./types${importExtension}`,
  };
  const content = printStructures([
    ...(usesComponents(model) ? [typesImport] : []),
    ...codeStatements(model),
    ...operationStatements(model),
    ...catalogueStatements(model),
    ...guardStatements(model),
  ]);
  return { files: [{ path: "errors.ts", content }], findings: [] };
};
