/** Small documents, whole: every output byte, or every complaint, is in the folder of the case. */
import { existsSync, readdirSync, readFileSync, rmSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../../generator/cli/run/compile.ts";
import { hasErrors } from "../../generator/diagnostics/diagnose.ts";
import { renderText } from "../../generator/diagnostics/render.ts";
import { sortDiagnostics } from "../../generator/diagnostics/sort.ts";
import { typeErrors } from "../support/type-check.ts";

const root = import.meta.dirname;
const cases = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

/** `UPDATE_GOLDENS=1 npx vitest run test/golden` writes them anew; read the diff before you commit it. */
const update = process.env["UPDATE_GOLDENS"] === "1";

interface Run {
  readonly stderr: string;
  readonly files: ReadonlyMap<string, string>;
}

async function run(name: string): Promise<Run> {
  const folder = path.join(root, name);
  const api = {
    name,
    document: path.join(folder, "openapi.yaml"),
    out: path.join(folder, "expected"),
    importExtension: ".js",
    allowRemoteRefs: false,
    allowRefFolders: [],
    docs: {},
  } as const;
  const { diagnostics, output } = await compile(api, folder, () => undefined);
  const files = hasErrors(diagnostics) ? [] : (output?.files ?? []);
  return {
    stderr: renderText(sortDiagnostics(diagnostics), { color: false }),
    files: new Map(files.map((file) => [file.path, file.content])),
  };
}

function readExpected(name: string): Run {
  const expected = path.join(root, name, "expected");
  const entries = existsSync(expected) ? readdirSync(expected, { recursive: true, withFileTypes: true }) : [];
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map(
      (file) => [path.relative(expected, file).replaceAll("\\", "/"), readFileSync(file, "utf8")] as const,
    );
  return { stderr: readFileSync(path.join(root, name, "stderr.txt"), "utf8"), files: new Map(files) };
}

function writeExpected(name: string, { stderr, files }: Run): void {
  const folder = path.join(root, name);
  rmSync(path.join(folder, "expected"), { recursive: true, force: true });
  for (const [file, content] of files) {
    const target = path.join(folder, "expected", file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
  writeFileSync(path.join(folder, "stderr.txt"), stderr);
}

describe.each(cases)("%s", (name) => {
  it("gives what its folder holds", async () => {
    const actual = await run(name);
    if (update) writeExpected(name, actual);
    const expected = readExpected(name);
    expect(actual.stderr).toBe(expected.stderr);
    expect([...actual.files.keys()].sort()).toEqual([...expected.files.keys()].sort());
    for (const [file, content] of actual.files) expect(content, file).toBe(expected.files.get(file));
  });
});

it("compiles under every strict flag", () => {
  const files = cases.flatMap((name) => {
    const expected = path.join(root, name, "expected");
    return existsSync(expected) ? [expected] : [];
  });
  expect(typeErrors(files)).toEqual([]);
});
