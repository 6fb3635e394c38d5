/**
 * Derives the table of the validator library (`generator/validator-library/symbols.ts`) from its sources: what each
 * module declares and where, what a declaration uses, and which rules it reports. `--check` only compares.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, posix, relative } from "node:path";
import { Node, Project, ts, type Identifier, type SourceFile, type Statement } from "ts-morph";
import { messages } from "../generator/validator-library/runtime/messages.ts";

const folder = join(import.meta.dirname, "../generator/validator-library");
const target = join(folder, "symbols.ts");

interface Declared {
  readonly name: string;
  readonly line: string;
}

/** Modules of a room in the order in which they are evaluated: after all that they import. */
function inOrder(files: readonly SourceFile[]): SourceFile[] {
  const ordered = new Set<SourceFile>();
  const visiting = new Set<SourceFile>();
  const visit = (file: SourceFile): void => {
    if (ordered.has(file) || !files.includes(file)) return;
    if (visiting.has(file)) throw new Error(`${moduleOf(file)} imports itself through others`);
    visiting.add(file);
    for (const declaration of file.getImportDeclarations()) {
      const imported = declaration.getModuleSpecifierSourceFileOrThrow();
      visit(imported);
    }
    ordered.add(file);
  };
  for (const file of files) visit(file);
  return [...ordered];
}

function moduleOf(file: SourceFile): string {
  return relative(folder, file.getFilePath()).replaceAll("\\", "/");
}

/** The name that a statement declares; it declares one, and is exported, so that it can stand in another module. */
function nameOf(statement: Statement): string | undefined {
  if (statement.isKind(ts.SyntaxKind.ImportDeclaration)) return undefined;
  const place = `${moduleOf(statement.getSourceFile())}:${String(statement.getStartLineNumber())}`;
  const isExported = Node.isExportable(statement) && statement.isExported();
  if (!isExported) throw new Error(`${place}: a statement of the library is exported`);
  if (statement.isKind(ts.SyntaxKind.VariableStatement)) {
    const [declaration, second] = statement.getDeclarations();
    if (declaration !== undefined && second === undefined) return declaration.getName();
  } else if (
    statement.isKind(ts.SyntaxKind.FunctionDeclaration) ||
    statement.isKind(ts.SyntaxKind.ClassDeclaration) ||
    statement.isKind(ts.SyntaxKind.InterfaceDeclaration) ||
    statement.isKind(ts.SyntaxKind.TypeAliasDeclaration)
  ) {
    const name = statement.getName();
    if (name !== undefined) return name;
  }
  throw new Error(`${place}: a statement of the library declares one thing`);
}

/** Where the text of a statement begins: its comments belong to it, the purpose line of the file does not. */
function beginOf(statement: Statement): number {
  const comments = statement.getLeadingCommentRanges().filter((comment) => comment.getPos() > 0);
  return comments[0]?.getPos() ?? statement.getStart();
}

/** The declaration of the library that an identifier names. */
function referenced(identifier: Identifier): Statement | undefined {
  const symbol = identifier.getSymbol();
  const declared = (symbol?.getAliasedSymbol() ?? symbol)?.getDeclarations()[0];
  const statement = declared?.getFirstAncestor((node) => Node.isSourceFile(node.getParent())) ?? declared;
  if (declared === undefined || !Node.isStatement(statement)) return undefined;
  // Not a local variable, a parameter or a member.
  const isTopLevel = Node.isVariableDeclaration(declared)
    ? declared.getVariableStatement() === statement
    : declared === statement;
  return isTopLevel && !relative(folder, statement.getSourceFile().getFilePath()).startsWith("..")
    ? statement
    : undefined;
}

/** The names that a statement uses; those that it uses as types only come with `type `. */
function usesOf(statement: Statement): string[] {
  const uses = new Map<string, boolean>();
  for (const identifier of statement.getDescendantsOfKind(ts.SyntaxKind.Identifier)) {
    const used = referenced(identifier);
    const name = used === undefined || used === statement ? undefined : nameOf(used);
    if (name === undefined) continue;
    const isType = ts.isPartOfTypeNode(identifier.compilerNode);
    uses.set(name, (uses.get(name) ?? true) && isType);
  }
  return [...uses].map(([name, isType]) => (isType ? `type ${name}` : name)).sort();
}

/** The rules whose names stand in a statement as texts. */
function rulesOf(statement: Statement): string[] {
  const texts = statement
    .getDescendantsOfKind(ts.SyntaxKind.StringLiteral)
    .map((text) => text.getLiteralValue());
  return [...new Set(texts)].filter((text) => Object.hasOwn(messages, text)).sort();
}

function declaredBy(file: SourceFile): Declared[] {
  const [room = ""] = moduleOf(file).split("/");
  return file.getStatements().flatMap((statement) => {
    const name = nameOf(statement);
    if (name === undefined) return [];
    const isType =
      statement.isKind(ts.SyntaxKind.InterfaceDeclaration) ||
      statement.isKind(ts.SyntaxKind.TypeAliasDeclaration);
    const entry = {
      room,
      path: moduleOf(file),
      ...(isType ? { type: true } : {}),
      ...(statement.isKind(ts.SyntaxKind.ClassDeclaration) ? { class: true } : {}),
      place: [beginOf(statement), statement.getStart(), statement.getEnd()],
      uses: usesOf(statement),
      rules: name === "messages" ? [] : rulesOf(statement),
    };
    return [{ name, line: `  ${name}: ${JSON.stringify(entry)},` }];
  });
}

function readModules(): SourceFile[] {
  const project = new Project({
    tsConfigFilePath: join(import.meta.dirname, "../tsconfig.json"),
    skipAddingFilesFromTsConfig: true,
  });
  const rooms = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return rooms.flatMap(({ name }) => {
    const found = project.addSourceFilesAtPaths(posix.join(folder.replaceAll("\\", "/"), name, "*.ts"));
    return inOrder(found.sort((a, b) => (a.getFilePath() < b.getFilePath() ? -1 : 1)));
  });
}

function hashLine(file: SourceFile): string {
  const hash = createHash("sha256").update(file.getFullText()).digest("hex");
  return `  ${JSON.stringify(moduleOf(file))}: ${JSON.stringify(hash)},`;
}

/** The comment of several lines that a module begins with. */
function noticeLine(file: SourceFile): string[] {
  const notice = file.getStatements()[0]?.getLeadingCommentRanges()[0];
  if (notice === undefined || !notice.getText().includes("\n")) return [];
  const [room = ""] = moduleOf(file).split("/");
  return [`  ${room}: ${JSON.stringify({ path: moduleOf(file), end: notice.getEnd() })},`];
}

function derive(): string {
  const files = readModules();
  const declared = files.flatMap(declaredBy);
  const twice = declared.filter(({ name }, i) => declared.findIndex((one) => one.name === name) !== i);
  if (twice.length > 0) throw new Error(`declared twice: ${twice.map(({ name }) => name).join(", ")}`);
  return [
    "/** Derived from the modules beside it by `npm run generate`: what they declare, where, and what each declaration uses. */",
    "",
    "/** SHA-256 of each module, in the order in which they are evaluated. */",
    "export const modules = {",
    ...files.map(hashLine),
    "} as const;",
    "",
    "/** What a file of a room says at its head: the comment that a module begins with. */",
    "export const notices = {",
    ...files.flatMap(noticeLine),
    "} as const;",
    "",
    "/** By name: the module, where its comment, its code and its end are, what it uses, which rules it reports. */",
    "export const symbols = {",
    ...declared.map(({ line }) => line),
    "} as const;",
    "",
  ].join("\n");
}

const text = derive();
const isCurrent = (() => {
  try {
    return readFileSync(target, "utf8") === text;
  } catch {
    return false;
  }
})();
if (process.argv.includes("--check")) {
  if (!isCurrent) {
    console.error("generator/validator-library/symbols.ts is out of date. Run `npm run generate`.");
    process.exitCode = 1;
  }
} else if (!isCurrent) writeFileSync(target, text);
