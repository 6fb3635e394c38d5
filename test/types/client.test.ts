/** Breaks the type tests of generated clients on purpose; that they hold as they are is checked by types.test.ts. */
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const cases = join(import.meta.dirname, "client.ts");

function complaints(text: string): string[] {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: object;
  }; // our own file, which tsc reads too
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const read = host.readFile.bind(host);
  host.readFile = (path) => (path === cases ? text : read(path));
  const program = ts.createProgram([cases], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

test("the exhaustiveness check notices a code that is left out", () => {
  const text = ts.sys.readFile(cases) ?? "";
  const without = text.replace('    case "send_not_allowed":\n', "");
  expect(without).not.toBe(text);
  expect(complaints(without).join()).toContain("send_not_allowed");
});
