/** What is emitted for random schemas compiles under the strictest settings: nothing a schema may say trips the compiler. */
import fc from "fast-check";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { emitSources } from "../conformance/validators/emitted.ts";
import { rootSchema } from "./validators/arbitraries.ts";

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  verbatimModuleSyntax: true,
  noEmit: true,
  types: [],
};

test("validators of random schemas compile strictly", () => {
  const schemas = fc.sample(rootSchema, { seed: 4711, numRuns: 400 });
  const files = new Map(
    [...emitSources(schemas.map((schema) => ({ schema })))].map(([name, text]) => [
      join("/virtual", name),
      text,
    ]),
  );
  files.set("/virtual/package.json", '{"type":"module"}');
  files.set("/virtual/types.d.mts", "export interface components { schemas: { Root: unknown } }");
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    directoryExists: (name) => name === "/virtual" || disk.directoryExists?.(name) === true,
    fileExists: (name) => files.has(name) || disk.fileExists(name),
    readFile: (name) => files.get(name) ?? disk.readFile(name),
    getSourceFile: (name, version) => {
      const text = files.get(name) ?? disk.readFile(name);
      return text === undefined ? undefined : ts.createSourceFile(name, text, version);
    },
  };
  const program = ts.createProgram(
    [...files.keys()].filter((name) => name.endsWith(".mts")),
    options,
    host,
  );
  const complaints = ts.getPreEmitDiagnostics(program).map((one) => {
    const at = one.file?.getLineAndCharacterOfPosition(one.start ?? 0);
    const line = one.file?.text.split("\n")[at?.line ?? 0]?.trim();
    return `${one.file?.fileName ?? ""}: ${ts.flattenDiagnosticMessageText(one.messageText, " ")} (${line ?? ""})`;
  });
  expect(complaints).toEqual([]);
});
