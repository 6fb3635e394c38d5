/** What a command loads before it knows that it needs it: `--help` and a run without changes must return at once. */
import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const generator = join(import.meta.dirname, "../../generator");
/** Each takes 50 ms to 500 ms to load: packages, and modules of ours that load parts of packages. */
const heavy = [
  ...["@redocly/openapi-core", "openapi-typescript", "typescript", "ts-morph", "handlebars", "diff"],
  ...["load/redocly-resolver.ts"],
];

/** What is loaded with `entry`: static imports, those of types left out, dynamic ones not followed. */
function loadedWith(entry: string): Set<string> {
  const loaded = new Set<string>();
  const seen = new Set<string>();
  const open = [join(generator, entry)];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    loaded.add(relative(generator, file).split(sep).join("/"));
    for (const name of valueImports(file)) {
      if (name.startsWith(".")) open.push(join(dirname(file), name));
      else loaded.add(name);
    }
  }
  return loaded;
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

test("the check sees what is loaded at all", () => {
  expect(loadedWith("cli/main.ts")).toContain("commander");
  expect(loadedWith("cli/run/read-api.ts")).toContain("load/load.ts");
  expect(loadedWith("load/lint-document.ts")).toContain("@redocly/openapi-core");
});

test.each(["main.ts", "commands/generate.ts", "commands/check.ts", "commands/lint.ts"])(
  "%s is light",
  (entry) => {
    const loaded = loadedWith(`cli/${entry}`);
    expect(heavy.filter((name) => loaded.has(name))).toEqual([]);
  },
);

test("the second thread starts before anything heavy is loaded in the first", () => {
  const loaded = loadedWith("cli/run/compile.ts");
  expect(heavy.filter((name) => loaded.has(name))).toEqual([]);
});

test("the text of a run without changes needs no diff", () => {
  expect(loadedWith("cli/report/text.ts")).not.toContain("diff");
});
