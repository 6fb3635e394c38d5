/** The house rules of this repository, read off its sources: who may import whom, and how a file looks. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, posix } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const folders = ["generator", "runtime", "example", "test", "bench", "scripts"];

/** Longer than 300 lines, each for a reason. */
const longFiles: Readonly<Record<string, string>> = {
  "generator/validator-library/symbols.ts": "derived: one line for each symbol",
};
/** Longer than 40 lines, each for a reason; `file: function`. */
const longFunctions: Readonly<Record<string, string>> = {};
const maxFileLines = 300;
const maxFunctionLines = 40;

/**
 * The rooms of the generator and what each may import, in the order in which data flows. `cli` alone knows all. A
 * room that is not named here must be added on purpose.
 */
const rooms: Readonly<Record<string, readonly string[]>> = {
  json: [],
  package: ["json"],
  print: ["json"],
  "validator-library": ["json", "package", "print"],
  diagnostics: ["json"],
  openapi: ["json"],
  contract: ["json", "openapi", "diagnostics"],
  lint: ["validator-library", "json", "openapi", "contract", "diagnostics"],
  load: ["json", "openapi", "contract", "lint", "diagnostics"],
  "redocly-plugin": ["json", "contract", "lint", "load", "diagnostics"],
  expand: ["json", "openapi", "contract", "diagnostics"],
  model: ["validator-library", "json", "openapi", "contract", "diagnostics"],
  pipeline: ["json", "load", "expand", "model", "openapi", "diagnostics"],
  schema: ["json", "openapi", "model", "print", "validator-library", "diagnostics"],
  emit: [
    "json",
    "package",
    "openapi",
    "contract",
    "model",
    "schema",
    "print",
    "validator-library",
    "diagnostics",
  ],
  write: ["json", "diagnostics"],
  diff: ["validator-library", "json", "openapi", "contract", "model", "schema", "diagnostics"],
  verify: ["validator-library", "json", "openapi", "contract", "model", "schema", "diff", "diagnostics"],
  config: ["json", "openapi", "load", "diff", "emit", "diagnostics"],
  revision: ["json", "openapi", "load", "model", "pipeline", "diagnostics"],
  changelog: ["json", "diff"],
  retire: ["json", "contract", "load", "model", "diagnostics"],
};

/** Print glue that names what the document declares, so no module could hold it. */
const printsGlue: readonly string[] = ["generator/emit/client/emit.ts"];

/** Files that import each other: none in the schema compiler, the validator library and what prints them. */
const knownCycles: readonly RegExp[] = [
  // Every registry takes the shape of its entries from the one that lists them all.
  /^generator\/diagnostics\/(?:registry|registry-\w+|diagnostic)\.ts$/,
  // A position is read off either tree, and each tree gives positions.
  /^generator\/load\/(?:yaml-tree|json-text|positions)\.ts$/,
  /^generator\/model\/(?:infer|error-contract)\.ts$/,
  // Types nest, and so do their readers.
  /^generator\/emit\/types\/read-(?:object|list|schema)\.ts$/,
];

interface SourceFile {
  /** Relative to the repository, forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

const sources = folders.flatMap(readFolder);

function readFolder(folder: string): SourceFile[] {
  let paths: string[];
  try {
    paths = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  } catch {
    // A folder that this stage of the project does not have.
    return [];
  }
  return paths
    .map((path) => posix.join(folder, path.replaceAll("\\", "/")))
    .filter((path) => /\.(?:ts|mjs)$/.test(path) && !/\/(?:expected|dist|node_modules)\//.test(path))
    .map((path) => {
      const text = readFileSync(join(root, path), "utf8");
      return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) };
    });
}

interface Import {
  readonly name: string;
  /** Erased when compiled: `import type …`, `export type …`, or `import("…")` as a type. */
  readonly erased: boolean;
}

/** Every module that a file names: imports, exports, dynamic imports and `import("…")` types. */
function importsOf({ tree }: SourceFile): Import[] {
  const found: Import[] = [];
  visit(tree, (node) => {
    const named = moduleNamed(node);
    if (named === undefined || !ts.isStringLiteralLike(named)) return;
    const erased =
      ts.isImportTypeNode(node) ||
      (ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword) ||
      (ts.isExportDeclaration(node) && node.isTypeOnly);
    found.push({ name: named.text, erased });
  });
  return found;
}

function moduleNamed(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isCallExpression(node)) {
    return node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments[0] : undefined;
  }
  return ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => {
    visit(child, see);
  });
}

/** The imports of a file that stay in this repository, as paths relative to it. */
function ownImports(source: SourceFile): string[] {
  return importsOf(source)
    .filter(({ name }) => name.startsWith("."))
    .map(({ name }) => posix.join(dirname(source.path), name));
}

const roomOf = (path: string): string => path.split("/")[1] ?? "";
/** The emitter that a file belongs to; `""` for what emitters share. */
const emitterOf = (path: string): string => (path.split("/").length > 3 ? (path.split("/")[2] ?? "") : "");

describe("import rules", () => {
  const generator = sources.filter(({ path }) => path.startsWith("generator/"));

  test("the rules see the imports they are about", () => {
    expect(generator.length).toBeGreaterThan(50);
    expect(generator.flatMap(ownImports).length).toBeGreaterThan(100);
  });

  test("every room imports only rooms that come before it", () => {
    const broken = generator.flatMap((source) => {
      const room = roomOf(source.path);
      const allowed = rooms[room];
      if (room === "cli") return [];
      if (allowed === undefined) return [`${source.path}: the room ${room} has no rule`];
      return ownImports(source)
        .filter((path) => !path.startsWith("generator/") || ![room, ...allowed].includes(roomOf(path)))
        .map((path) => `${source.path} imports ${path}`);
    });
    expect(broken).toEqual([]);
  });

  test("the schema compiler's storeys import only storeys below them", () => {
    const storeys = ["analyse", "pattern", "code", "print", "compile"];
    const storeyOf = (path: string): number => storeys.indexOf(path.split("/")[2] ?? "");
    const broken = generator
      .filter(({ path }) => path.startsWith("generator/schema/"))
      .flatMap((source) =>
        ownImports(source)
          .filter((path) => path.startsWith("generator/schema/") && storeyOf(path) > storeyOf(source.path))
          .map((path) => `${source.path} imports ${path}`),
      );
    expect(broken).toEqual([]);
  });

  test("no file imports itself through others, types included", () => {
    const imports = new Map(generator.map((source) => [source.path, ownImports(source)]));
    const reaches = (from: string, to: string): boolean => {
      const seen = new Set<string>();
      const queue = [...(imports.get(from) ?? [])];
      for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
        if (path === to) return true;
        if (seen.has(path)) continue;
        seen.add(path);
        queue.push(...(imports.get(path) ?? []));
      }
      return false;
    };
    const cyclic = [...imports.keys()].filter((path) => reaches(path, path));
    expect(cyclic.filter((path) => !knownCycles.some((known) => known.test(path)))).toEqual([]);
  });

  test("no string holds more than a few lines of TypeScript", () => {
    const statement =
      /^(?:export )?(?:async )?(?:function \w+\(|interface \w+ \{|class \w+ \{|type \w+ =|const \w+)/gm;
    const others = generator.filter(({ path }) => !printsGlue.includes(path));
    const broken = others.flatMap((source) =>
      placesOf(source, (node) => {
        if (!ts.isTemplateLiteral(node) && !ts.isStringLiteral(node)) return false;
        const text = node.getText();
        return text.split("\n").length > 8 && (text.match(statement) ?? []).length > 1;
      }),
    );
    expect(broken).toEqual([]);
  });

  test("load and write never reach emit, not even through others", () => {
    const reach = (room: string, seen = new Set<string>()): Set<string> => {
      for (const next of rooms[room] ?? []) if (!seen.has(next)) reach(next, seen.add(next));
      return seen;
    };
    expect(reach("load").has("emit")).toBe(false);
    expect(reach("write").has("emit")).toBe(false);
  });

  test("no emitter imports another", () => {
    const broken = generator
      .filter(({ path }) => path.startsWith("generator/emit/"))
      .flatMap((source) =>
        ownImports(source)
          .filter((path) => path.startsWith("generator/emit/"))
          .filter((path) => emitterOf(path) !== "" && emitterOf(path) !== emitterOf(source.path))
          .map((path) => `${source.path} imports ${path}`),
      );
    expect(broken).toEqual([]);
  });

  test("runtime imports nothing of ours, and of others no more than types", () => {
    const broken = sources
      .filter(({ path }) => path.startsWith("runtime/"))
      .flatMap((source) => [
        ...ownImports(source).filter((path) => !path.startsWith("runtime/")),
        // An adapter needs Node's own modules, and the types of its framework.
        ...importsOf(source)
          .filter(({ name, erased }) => !erased && !/^(?:\.|node:)/.test(name))
          .map(({ name }) => name),
      ]);
    expect(broken).toEqual([]);
  });

  test("only load, revision, write, config, package and cli touch the file system", () => {
    const allowed = new Set(["load", "revision", "write", "config", "package", "cli"]);
    const broken = generator
      .filter(({ path }) => !allowed.has(roomOf(path)))
      .filter((source) => importsOf(source).some(({ name }) => /^(?:node:)?fs(?:\/|$)/.test(name)))
      .map(({ path }) => path);
    expect(broken).toEqual([]);
  });
});

describe("files", () => {
  test("have kebab-case names, and none is called utils", () => {
    const broken = sources
      .map(({ path }) => path)
      .filter(
        (path) =>
          !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9-]+)*$/.test(basename(path)) || /util|helper/i.test(path),
      );
    expect(broken).toEqual([]);
  });

  test("say at their head what they are for", () => {
    const broken = sources
      .filter(({ text }) => !/^(?:#![^\n]*\n)?(?:\/\*\*\s*(?:\n \* )?\S|\/\/ @)/.test(text))
      .map(({ path }) => path);
    expect(broken).toEqual([]);
  });

  test(`have at most ${maxFileLines} lines`, () => {
    const long = sources
      .filter(({ path }) => !path.startsWith("test/"))
      .filter(({ text }) => text.split("\n").length > maxFileLines)
      .map(({ path }) => path);
    expect(long).toEqual(Object.keys(longFiles));
  });

  test("hold no unfinished work", () => {
    const broken = sources
      .filter(({ path }) => path !== "test/unit/house.test.ts")
      .filter(({ text }) => /\b(?:TODO|FIXME|XXX|HACK)\b/.test(text))
      .map(({ path }) => path);
    expect(broken).toEqual([]);
  });
});

describe("code", () => {
  test(`has functions of at most ${maxFunctionLines} lines`, () => {
    const long = sources.filter(({ path }) => !path.startsWith("test/")).flatMap(longFunctionsOf);
    expect(long.sort()).toEqual(Object.keys(longFunctions).sort());
  });

  test("never says `any`", () => {
    const broken = sources.flatMap((source) =>
      placesOf(source, ({ kind }) => kind === ts.SyntaxKind.AnyKeyword),
    );
    expect(broken).toEqual([]);
  });

  test("gives a reason for every type assertion", () => {
    const broken = sources.flatMap((source) =>
      placesOf(source, (node) => isAssertion(node) && !hasReason(source, node)),
    );
    expect(broken).toEqual([]);
  });
});

function placesOf(source: SourceFile, matches: (node: ts.Node) => boolean): string[] {
  const places: string[] = [];
  visit(source.tree, (node) => {
    if (matches(node)) places.push(`${source.path}:${lineOf(source, node.getStart()) + 1}`);
  });
  return places;
}

function lineOf({ tree }: SourceFile, position: number): number {
  return tree.getLineAndCharacterOfPosition(position).line;
}

function isAssertion(node: ts.Node): boolean {
  if (!ts.isAsExpression(node)) return ts.isTypeAssertionExpression(node);
  return node.type.getText() !== "const";
}

/** A comment on a line of the assertion, or on the line before the assertion or its statement. */
function hasReason(source: SourceFile, node: ts.Node): boolean {
  const lines = source.text.split("\n");
  const comment = (line: number): boolean => /\/\/|\*\/|^\s*\*/.test(lines[line] ?? "");
  let statement = node;
  while (!ts.isStatement(statement) && !ts.isClassElement(statement)) statement = statement.parent;
  const first = lineOf(source, node.getStart());
  const last = lineOf(source, node.getEnd());
  const begin = lineOf(source, statement.getStart());
  return [begin - 1, first - 1, first, last].some(comment);
}

function longFunctionsOf(source: SourceFile): string[] {
  const long: string[] = [];
  visit(source.tree, (node) => {
    if (!ts.isFunctionLike(node)) return;
    const lines = lineOf(source, node.getEnd()) - lineOf(source, node.getStart()) + 1;
    if (lines > maxFunctionLines) long.push(`${source.path}: ${nameOf(node)}`);
  });
  return long;
}

function nameOf(node: ts.SignatureDeclaration): string {
  if (node.name !== undefined) return node.name.getText();
  return ts.isVariableDeclaration(node.parent) ? node.parent.name.getText() : "(anonymous)";
}
