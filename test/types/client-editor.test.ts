/** What an editor shows of a generated client, and what a compiler says to mistakes: people read it every day. */
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const file = join(root, "test/types/editor-probe.ts");
const head = `import { createClient } from "../../generated/client.ts";
const client = createClient();
const id = "";
`;

/** A service over one file that is not on disk. */
function open(statement: string): ts.LanguageService {
  const text = `${head}${statement}\n`;
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: object;
  }; // our own file, which tsc reads too
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const read = (path: string): string | undefined => (path === file ? text : ts.sys.readFile(path));
  return ts.createLanguageService({
    getCompilationSettings: () => ({ ...options, noUnusedLocals: false }),
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) => {
      const content = read(path);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
    fileExists: (path) => path === file || ts.sys.fileExists(path),
    readFile: read,
  });
}

/** What is shown over the last place where the statement says `word`. */
function hover(statement: string, word: string): string {
  const at = head.length + statement.lastIndexOf(word);
  const info = open(statement).getQuickInfoAtPosition(file, at);
  return ts.displayPartsToString(info?.displayParts).replace(/\s+/g, " ");
}

function complaint(statement: string): string {
  return open(statement)
    .getSemanticDiagnostics(file)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " ").replace(/\s+/g, " "))
    .join();
}

test("a call shows what it takes, and nothing that it does not", () => {
  expect(hover("client.broadcasts.sendPrepared", "sendPrepared")).toBe(
    "(property) sendPrepared: (init: CallOptions & { body: SendPreparedBroadcastRequest; }) => " +
      'Call<ResultOf<Api, "sendPreparedBroadcast">, RedeemedSend>',
  );
  expect(hover("client.assets.delete", "delete")).toBe(
    "(property) delete: (init: CallOptions & { params: { path: { id: string; }; }; }) => " +
      'Call<ResultOf<Api, "deleteAsset">, undefined>',
  );
});

test("an error shows the codes by status; narrowed, its details", () => {
  const call = "const { error } = await client.broadcasts.get({ params: { path: { id } } });";
  expect(hover(call, "error")).toContain(
    'error: ContractErrors<{ 400: "bad_request"; 401: "unauthorized"; 403: "insufficient_scope"; 404: "not_found";',
  );
  const narrowed = `${call} if (error?.error === "insufficient_scope") error.details;`;
  expect(hover(narrowed, "details")).toMatch(/\.details: InsufficientScopeDetails$/);
});

test("mistakes get what there is", () => {
  expect(complaint('client.DELETE("/asset/{id}", { params: { path: { id } } });')).toBe(
    "Argument of type '\"/asset/{id}\"' is not assignable to parameter of type '\"/assets/{id}\"'.",
  );
  expect(complaint('client.POST("/broadcasts/send-prepared", {});')).toBe(
    "Argument of type '{}' is not assignable to parameter of type 'CallOptions & { body: SendPreparedBroadcastRequest; }'. " +
      "Property 'body' is missing in type '{}' but required in type '{ body: SendPreparedBroadcastRequest; }'.",
  );
  expect(complaint("client.broadcasts.sendPrepared({ body: { preparedSendID: id } });")).toContain(
    "Did you mean to write 'preparedSendId'?",
  );
  expect(complaint("client.broadcasts.send();")).toBe(
    "Property 'send' does not exist on type 'GroupCalls<Api, \"broadcasts\", OperationId>'.",
  );
});

test("a code that is left out of a switch is named", () => {
  const text = complaint(`const { error } = await client.segments.list();
    if (error?.kind === "contract") switch (error.error) {
      case "unauthorized": case "insufficient_scope": case "internal_error": break;
      default: error satisfies never;
    }`);
  expect(text).toContain('Type \'ContractError<"rate_limited", 429, undefined,');
});
