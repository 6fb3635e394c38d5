/** Generated code and the runtime agree on a contract, or say which command makes them agree. */
import path from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { runtimeContract } from "../../generator/print/runtime-contract.ts";
import { generatedFor, type SupportedContract } from "../../runtime/generated-for.ts";

/** What code of another time states; today's compiler refuses it, as the last test shows. */
const ofAnotherTime = (contract: number): SupportedContract => contract as SupportedContract; // That is the point.

describe("the contract of generated code", () => {
  test("is one that this runtime supports", () => {
    expect(() => {
      generatedFor(ofAnotherTime(runtimeContract));
    }).not.toThrow();
  });

  test("of newer code asks for a newer runtime", () => {
    expect(() => {
      generatedFor(ofAnotherTime(runtimeContract + 1));
    }).toThrow(/runtime contract 2; .* supports 1\. Run `npm install lockstep-openapi-runtime@latest`\./);
  });

  test("of older code asks for new code", () => {
    expect(() => {
      generatedFor(ofAnotherTime(0));
    }).toThrow(/runtime contract 0; .* Run `npx lockstep generate`\./);
  });

  test("that the runtime lacks does not compile", () => {
    const file = path.join(import.meta.dirname, "of-another-time.ts");
    const text = `import { generatedFor } from "../../runtime/generated-for.ts";\ngeneratedFor(${runtimeContract});\ngeneratedFor(${runtimeContract + 1});\n`;
    const options: ts.CompilerOptions = {
      strict: true,
      noEmit: true,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      allowImportingTsExtensions: true,
      skipLibCheck: true,
      types: [],
    };
    const host = ts.createCompilerHost(options);
    const read = host.getSourceFile.bind(host);
    host.getSourceFile = (name, ...rest) =>
      name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022) : read(name, ...rest);
    const program = ts.createProgram([file], options, host);
    const lines = ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ start = 0 }) => text.slice(0, start).split("\n").length);
    expect(lines).toEqual([3]);
  });
});
