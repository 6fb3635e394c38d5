/** What a team's compiler makes of the validators, which it does not check itself: types of signatures, and declarations. */
import { readdirSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { TemporaryFolder } from "../unit/temporary-folder.ts";

const generated = path.join(import.meta.dirname, "../../generated");
const folder = new TemporaryFolder();
const options: ts.CompilerOptions = {
  strict: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  types: [],
  allowImportingTsExtensions: true,
  noEmit: true,
};

it("wrong uses do not compile", () => {
  const user = `import { checkTemplate, collectTemplate, isTemplate } from "${generated}/validators/index.ts";
import { createBroadcastRequest } from "${generated}/validators/operations.ts";
import type { components } from "${generated}/types.ts";

declare const value: unknown;
export const early: string = value.name;
if (isTemplate(value)) {
  const template: components["schemas"]["Template"] = value;
  const name: string = template.name;
  const wrong: number = value.name;
  value.nothing;
}
const message: number | undefined = checkTemplate(value)?.message;
collectTemplate(value, "20");
collectTemplate(value, 20).map(({ pointer }) => pointer.length);
const { value: read } = createBroadcastRequest.body.read("application/json", "{}");
read?.nothing;
`;
  folder.write("user.ts", user);
  const program = ts.createProgram([path.join(folder.path, "user.ts")], options);
  const found = ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = (file?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
    return `${String(line)} ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
  expect(found).toEqual([
    "6 'value' is of type 'unknown'.",
    "10 Type 'string' is not assignable to type 'number'.",
    "11 Property 'nothing' does not exist on type 'Template'.",
    expect.stringMatching(/^13 Type 'string \| undefined' is not assignable to type 'number \| undefined'/),
    "14 Argument of type 'string' is not assignable to parameter of type 'number'.",
    "17 Property 'nothing' does not exist on type 'CreateBroadcastRequest'.",
  ]);
});

it.each([false, true])("declarations say all, with isolatedDeclarations %s", (isolatedDeclarations) => {
  const files = readdirSync(path.join(generated, "validators"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.join(generated, "validators", file));
  const emit = { declaration: true, emitDeclarationOnly: true, noEmit: false, isolatedDeclarations };
  const program = ts.createProgram(files, { ...options, ...emit, rootDir: generated, outDir: "/out" });
  const written = new Map<string, string>();
  const { diagnostics } = program.emit(undefined, (file, text) => written.set(path.basename(file), text));
  expect([...ts.getPreEmitDiagnostics(program), ...diagnostics]).toEqual([]);
  expect(written.get("index.d.ts")).toContain(
    'isTemplate: Guard<Schemas["Template"]>, checkTemplate: Check, collectTemplate: Collect;',
  );
  expect(written.get("broadcasts.d.ts")).toContain(
    'export declare const createBroadcastRequest: RequestValidator<operations["createBroadcast"]>;',
  );
});
