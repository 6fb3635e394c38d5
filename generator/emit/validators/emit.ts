/** Emits `validators/`: straight-line TypeScript for every schema of the document. */
import type { Unit } from "../../schema/code/steps.ts";
import type { ApiModel } from "../../model/api-model.ts";
import { Compiler } from "../../schema/compile/compiler.ts";
import { uncheckedHeader } from "../../print/header.ts";
import { ValidatorModule } from "../../schema/code/module.ts";
import { printModule } from "../../schema/print/module.ts";
import { printLibrary } from "../../validator-library/print-library.ts";
import type { EmitOptions, EmitResult } from "../emitter.ts";
import { OperationValidators } from "./operations.ts";
import { addSchemas, declareGuards, inputTypes } from "./schemas.ts";

/** Findings are errors where a schema cannot be checked: no validator silently accepts. */
export function emitValidators(model: ApiModel, options: EmitOptions): EmitResult {
  const compiler = new Compiler({ document: model.document, named: model.schemas, formats: model.formats });
  const extension = options.importExtension;
  const units = addSchemas(model, compiler, options.types?.engine !== "openapi-typescript");
  const operations = new OperationValidators(model, compiler);
  const findings = [...compiler.finish(), ...operations.findings];
  const index = new ValidatorModule<Unit>("index");
  const guards = declareGuards(index, compiler, units);
  // What these call in the schemas' module has to be known before that is printed, and what all use before the runtime.
  const messages = operations.print(extension, findings);
  const schemas = printModule(compiler.schemas, { extension });
  const files = [
    { path: "validators/index.ts", content: printIndex(index, guards, inputTypes(units), extension) },
    { path: "validators/schemas.ts", content: schemas },
    ...messages,
  ];
  const modules = [compiler.schemas, index, ...operations.modules];
  const library = printLibrary(
    [...modules.flatMap((module) => module.helpers), ...operations.librarySymbols],
    { extension, rules: modules.flatMap((module) => module.rules) },
  );
  for (const [room, content] of library) files.push({ path: `validators/${room}.ts`, content });
  return {
    files: files.map(({ path, content }) => ({ path, content: uncheckedHeader + content })),
    findings,
  };
}

/** Guards of every named schema, for users. */
function printIndex(
  index: ValidatorModule<Unit>,
  guards: readonly string[],
  inputs: readonly string[],
  extension: string,
): string {
  const issue = `export type { ${index.helper("Issue")} };`;
  const types = `import type { ${["components", ...inputs].join(", ")} } from "../types${extension}";\n\ntype Schemas = components["schemas"];`;
  return printModule(index, {
    notice: "/** The validators of every named schema. */",
    extension,
    imports: guards.length === 0 ? [] : [types],
    declarations: [issue, ...guards],
  });
}
