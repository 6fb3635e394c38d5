/** Emits `validators/`: straight-line TypeScript for every schema of the document. */
import { compareText } from "../../json/json.ts";
import type { ApiModel } from "../../model/api-model.ts";
import { Compiler } from "../../schema/compiler.ts";
import { typescriptHeader, uncheckedHeader } from "../../print/header.ts";
import { printModule, printRuntime } from "../../schema/print-module.ts";
import type { EmitOptions, EmitResult } from "../emitter.ts";
import { OperationValidators } from "./operations.ts";
import { addSchemas, declareGuards } from "./schemas.ts";

/** Findings are errors where a schema cannot be checked: no validator silently accepts. */
export function emitValidators(model: ApiModel, options: EmitOptions): EmitResult {
  const compiler = new Compiler({ document: model.document, named: model.schemas });
  const units = addSchemas(model, compiler);
  const operations = new OperationValidators(model, compiler);
  const findings = [...compiler.finish(), ...operations.findings];
  const guards = declareGuards(compiler, units);
  const extension = options.importExtension;
  const types =
    units.size === 0
      ? []
      : [
          `import type { components } from "../types${extension}";`,
          `\ntype Schemas = components["schemas"];`,
        ];
  // The functions that they call in the schemas' module have to be known before that is printed.
  const messages = operations.print(extension);
  const schemas = printModule(compiler.schemas, {
    extension,
    imports: types,
    declarations: guards.declarations,
  });
  const names = [...guards.names].sort(compareText);
  const index = [
    "/** The validators of every named schema. */",
    ...(names.length === 0
      ? []
      : [`export {\n${names.map((name) => `  ${name},\n`).join("")}} from "./schemas${extension}";`]),
    `export type { Issue } from "./runtime${extension}";`,
  ].join("\n");
  const files = [
    { path: "validators/index.ts", content: `${index}\n` },
    { path: "validators/runtime.ts", content: printRuntime([compiler.schemas, ...operations.modules]) },
    { path: "validators/schemas.ts", content: schemas },
    ...messages,
  ];
  return {
    files: files.map(({ path, content }) => ({ path, content: headerOf(path) + content })),
    findings,
  };
}

/** What only exports from other files is checked: it costs nothing, and says what is there. */
function headerOf(path: string): string {
  return ["validators/index.ts", "validators/operations.ts"].includes(path)
    ? typescriptHeader
    : uncheckedHeader;
}
