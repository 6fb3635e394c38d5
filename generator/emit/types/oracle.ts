/** `oracle/`: what openapi-typescript prints for the same document, and a program that compares its types with ours. */
import type { ApiModel, NamedSchema } from "../../model/api-model.ts";
import { typescriptHeader } from "../../print/header.ts";
import { memberName, stringLiteral } from "../../print/literal.ts";
import { ReachIndex } from "../../schema/analyse/reach.ts";
import { SchemaStore } from "../../schema/analyse/store.ts";
import { inputNames } from "../../schema/analyse/views.ts";
import type { EmitOptions, EmitResult } from "../emitter.ts";
import { DifferenceIndex } from "./differences.ts";
import { missingEngine, printWithEngine } from "./openapi-typescript.ts";

/** Compares like with like: these are our readings of what either side may decide. */
const comparable = {
  additionalProperties: false,
  defaultNonNullable: false,
  emptyObjectsUnknown: true,
} as const;

const helpers = `/** True where each is assignable to the other. */
type Agrees<Ours, Theirs> = [Ours] extends [Theirs] ? ([Theirs] extends [Ours] ? true : false) : false;

/** Does not compile where the two differ. */
type Same<Comparison extends true> = Comparison;

/** Does not compile where the two agree: then the entry can go. */
export type Different<Comparison extends false> = Comparison;

type Operation = { parameters: unknown; requestBody?: unknown; responses: unknown };

/** What an operation takes and returns, with the views that each has. */
type Ours<Entry extends Operation> = {
  request: Pick<Entry, "parameters" | "requestBody">;
  responses: Responses<Entry["responses"]>;
};
type Theirs<Entry extends Operation> = {
  request: theirs.Writable<Pick<Entry, "parameters" | "requestBody">>;
  responses: Responses<theirs.Readable<Entry["responses"]>>;
};

/** openapi-typescript requires every header that it finds by a reference, whatever that says. */
type Responses<Declared> = {
  [Status in keyof Declared]: {
    [Part in keyof Declared[Status]]: Part extends "headers" ? Partial<Declared[Status][Part]> : Declared[Status][Part];
  };
};
`;

export async function emitOracle(model: ApiModel, { importExtension }: EmitOptions): Promise<EmitResult> {
  const types = await printWithEngine(model.document, comparable, true);
  if (types === undefined) return { files: [], findings: [missingEngine] };
  const content = typescriptHeader + printComparison(model, importExtension);
  return {
    files: [
      { path: "oracle/types.ts", content: typescriptHeader + types },
      { path: "oracle/agrees.ts", content },
    ],
    findings: [],
  };
}

function printComparison(model: ApiModel, extension: string): string {
  const store = new SchemaStore(model.document, model.schemas, new Map());
  const differences = new DifferenceIndex(store);
  const inputs = inputNames(model.schemas, store, new ReachIndex(store));
  const schemas = model.schemas.map((named) => {
    const key = stringLiteral(named.name);
    const theirs = `theirs.Readable<theirs.components["schemas"][${key}]>`;
    return compare(named.name, `ours.components["schemas"][${key}]`, theirs, differences.ofSchema(named));
  });
  const requests = [...inputs].map(([named, name]: [NamedSchema, string]) => {
    const theirs = `theirs.Writable<theirs.components["schemas"][${stringLiteral(named.name)}]>`;
    return compare(name, `ours.${name}`, theirs, differences.ofSchema(named));
  });
  const operations = model.operations
    .filter(({ named, id }) => named && !id.includes("#"))
    .map((operation) => {
      const key = stringLiteral(operation.id);
      return compare(
        operation.id,
        `Ours<ours.operations[${key}]>`,
        `Theirs<theirs.operations[${key}]>`,
        differences.ofOperation(operation),
      );
    });
  return [
    `import type * as ours from "../types${extension}";\nimport type * as theirs from "./types${extension}";\n`,
    helpers,
    section("Schemas", "Named schemas, as responses have them.", schemas),
    section("Inputs", "Named schemas, as requests have them where that differs.", requests),
    section("Operations", "What operations take and return.", operations),
  ].join("\n");
}

function compare(name: string, ours: string, theirs: string, reason: string | undefined): string {
  const kind = reason === undefined ? "Same" : "Different";
  const comment = reason === undefined ? "" : `  /** ${reason} */\n`;
  return `${comment}  ${memberName(name)}: ${kind}<Agrees<${ours}, ${theirs}>>;\n`;
}

function section(name: string, comment: string, lines: readonly string[]): string {
  return `/** ${comment} */\nexport type ${name} = {\n${lines.join("")}};\n`;
}
