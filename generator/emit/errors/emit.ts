/** `errors.ts`: the error contract as types and as data. */
import { namedImport } from "../../print/declarations.ts";
import { printTypeScript } from "../../print/typescript.ts";
import type { Emitter } from "../emitter.ts";
import { catalogueStatements } from "./catalogue.ts";
import { codeStatements, usesComponents } from "./codes.ts";
import { guardStatements } from "./guards.ts";
import { operationStatements } from "./operations.ts";

export const emitErrors: Emitter = (model, { importExtension }) => {
  const content = printTypeScript([
    ...(usesComponents(model) ? [namedImport(["components"], `./types${importExtension}`, true)] : []),
    ...codeStatements(model),
    ...operationStatements(model),
    ...catalogueStatements(model),
    ...guardStatements(model),
  ]);
  return { files: [{ path: "errors.ts", content }], findings: [] };
};
