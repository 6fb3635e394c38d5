/** What a command loads before it knows that it needs it: `--help` and a run without changes must answer at once. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const cli = join(import.meta.dirname, "../../generator/cli");
/** Each takes 50 ms to 500 ms to load. */
const heavy = ["@redocly/openapi-core", "openapi-typescript", "typescript", "ts-morph", "handlebars", "diff"];

/** Packages that are loaded with `entry`: static imports, those of types left out, dynamic ones not followed. */
function loadedWith(entry: string): Set<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const open = [join(cli, entry)];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const name of valueImports(file)) {
      if (name.startsWith(".")) open.push(join(dirname(file), name));
      else packages.add(name);
    }
  }
  return packages;
}

function valueImports(file: string): string[] {
  const tree = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  return tree.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement)) {
      const typeOnly = statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
      return typeOnly || !ts.isStringLiteral(statement.moduleSpecifier)
        ? []
        : [statement.moduleSpecifier.text];
    }
    const from =
      ts.isExportDeclaration(statement) && !statement.isTypeOnly ? statement.moduleSpecifier : undefined;
    return from !== undefined && ts.isStringLiteral(from) ? [from.text] : [];
  });
}

test("the check sees packages at all", () => {
  expect(loadedWith("main.ts")).toContain("commander");
  expect(loadedWith("compile.ts")).toContain("@redocly/openapi-core");
});

test.each(["main.ts", "commands/generate.ts", "commands/check.ts", "commands/lint.ts"])(
  "%s is light",
  (entry) => {
    const packages = loadedWith(entry);
    expect(heavy.filter((name) => packages.has(name))).toEqual([]);
  },
);

test("the text of a run without changes needs no diff", () => {
  expect(loadedWith("report-text.ts")).not.toContain("diff");
});
