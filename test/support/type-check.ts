/** Type-checks generated code as a strict consumer would. */
import { readdirSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

export const strictest: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noImplicitOverride: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  erasableSyntaxOnly: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  types: [],
  customConditions: ["lockstep-source"],
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
};

/** Reads generated files as if nothing in them asked not to be checked: here is where they are. */
export function checkAll(host: ts.CompilerHost): ts.CompilerHost {
  const read = host.readFile.bind(host);
  host.readFile = (file) => read(file)?.replace(/^\/\/ @ts-nocheck/m, "//");
  return host;
}

/** Every error in the `.ts` files of these folders that are not tests, as `file:line: message`. */
export function typeErrors(folders: readonly string[], options: ts.CompilerOptions = {}): readonly string[] {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .map((file) => path.join(folder, file)),
  );
  const all = { ...strictest, ...options };
  const program = ts.createProgram(files, all, checkAll(ts.createCompilerHost(all)));
  return ts.getPreEmitDiagnostics(program).map(formatError);
}

function formatError({ file, start, messageText }: ts.Diagnostic): string {
  const message = ts.flattenDiagnosticMessageText(messageText, "\n");
  if (file === undefined || start === undefined) return message;
  const { line } = file.getLineAndCharacterOfPosition(start);
  return `${path.relative(process.cwd(), file.fileName)}:${String(line + 1)}: ${message}`;
}
