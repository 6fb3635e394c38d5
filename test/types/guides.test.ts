/** The programs of the guides compile against the canonical output, as strictly as a compiler can be told to. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { strictest } from "../support/type-check.ts";

const root = join(import.meta.dirname, "../..");

function programsOf(guide: string): string[] {
  const text = readFileSync(join(root, guide), "utf8");
  return Array.from(text.matchAll(/^```ts\n([\s\S]*?)^```$/gm), ([, program = ""]) => program);
}

/** What the guide of the client takes as given. */
const givenClient = `
import { createClient, createClientOf, isApiError, type ApiClient, type Auth, type ErrorOf } from "./generated/client.js";
declare const process: { readonly env: { readonly [Name in "API_KEY"]?: string } };
declare const client: ApiClient;
declare const auth: Auth;
declare const error: ErrorOf<"sendPreparedBroadcast"> | undefined;
declare const preparedSendId: string;
declare const body: { preparedSendId: string };
declare const signal: AbortSignal;
declare function prepareAgain(): void;
declare function alreadySent(): void;
declare function ask(scopes: readonly string[]): void;
declare function report(what: string, more: unknown): void;
declare function myFetch(request: Request): Promise<Response>;
declare function renewKey(): Promise<string>;
declare function currentKey(): string;
`;

/** What the guide of the validators takes as given. */
const givenValidators = `
declare const value: unknown;
declare const response: unknown;
declare const request: Request;
declare const contentType: string;
declare function responseHeader(name: string): string | null;
declare function refuse(issues: readonly { readonly pointer: string }[]): void;
declare function show(name: string): void;
declare function prepare(key: string | undefined, body: { readonly name: string } | undefined): void;
`;

/** What the guide of the server kit takes as given. */
const givenServer = `
import type { ApiMiddleware, ApiOptions } from "./generated/server.js";
interface Caller { readonly organizationId: string; readonly userId: string }
declare function measured<Result>(operation: string, next: () => Promise<Result>): Promise<Result>;
declare function cached<Result>(key: string, next: () => Promise<Result>): Promise<Result>;
declare function isUniqueViolation(error: unknown): boolean;
`;

/** The codes that the guide leaves to its reader. */
const others = [
  "bad_request",
  "unauthorized",
  "send_not_allowed",
  "not_found",
  "concurrent_redeem",
  "idempotency_in_progress",
  "idempotency_key_reuse",
  "rate_limited",
  "internal_error",
];
const placeholder = /^.*the other codes of this operation.*\n/m;

/** What a compiler says of each program; all are compiled at once. */
function complaints(given: string, all: readonly string[]): string[][] {
  const texts = new Map(
    all.map((program, index) => [join(root, `guide-${String(index)}.ts`), moduleOf(given, program)]),
  );
  const host = ts.createCompilerHost(strictest);
  const [read, exists] = [host.readFile.bind(host), host.fileExists.bind(host)];
  host.readFile = (path) => texts.get(path) ?? read(path);
  host.fileExists = (path) => texts.has(path) || exists(path);
  const found = ts.getPreEmitDiagnostics(ts.createProgram([...texts.keys()], strictest, host));
  return [...texts.keys()].map((path) =>
    found
      .filter(({ file }) => file?.fileName === path)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
  );
}

/** The program inside a function, where it may `return`; its imports before it. */
function moduleOf(given: string, program: string): string {
  const lines = program.split("\n");
  const isImport = (line: string): boolean => line.startsWith("import ");
  const imports = lines.filter(
    (line) => isImport(line) && !given.includes(line.slice(line.indexOf(" from "))),
  );
  const rest = lines.filter((line) => !isImport(line));
  return [given, ...imports, "export async function program(): Promise<void> {", ...rest, "}"].join("\n");
}

describe("docs/client.md", () => {
  const programs = programsOf("docs/client.md");
  const exhaustive = programs.find((program) => placeholder.test(program)) ?? "";
  // The canonical document declares neither pages nor streams; tests of the client have documents that do.
  const own = programs.filter(
    (program) => program !== exhaustive && !/\.pages\(|feed\.watchOrders/.test(program),
  );
  const withCases = (codes: readonly string[]): string =>
    exhaustive.replace(placeholder, `${codes.map((code) => `case "${code}":`).join(" ")} return;\n`);
  const [complete, incomplete, ...rest] = complaints(givenClient, [
    withCases(others),
    withCases(others.slice(1)),
    ...own,
  ]);

  it("has programs that compile", () => {
    expect(own.length).toBeGreaterThan(4);
    expect(rest).toEqual(own.map(() => []));
  });

  it("has an exhaustive switch that compiles with every code, and not without one", () => {
    expect(complete).toEqual([]);
    expect(incomplete?.join()).toContain('"bad_request"');
  });
});

describe("docs/validators.md", () => {
  it("has programs that compile", () => {
    const programs = programsOf("docs/validators.md");
    expect(programs).toHaveLength(2);
    expect(complaints(givenValidators, programs)).toEqual([[], []]);
  });
});

describe("docs/verify.md", () => {
  it("has programs that compile", () => {
    const programs = programsOf("docs/verify.md");
    expect(programs).toHaveLength(2);
    expect(complaints("", programs)).toEqual([[], []]);
  });
});

describe("docs/server.md", () => {
  it("has whole programs that compile", () => {
    const programs = programsOf("docs/server.md").filter((program) => program.startsWith("const "));
    expect(programs).toHaveLength(2);
    const used = programs.map((program) => {
      const names = Array.from(program.matchAll(/^const (\w+)/gm), ([, name = ""]) => name);
      return `${program}\nreturn void [${names.join(", ")}];`;
    });
    expect(complaints(givenServer, used)).toEqual([[], []]);
  });
});
