/** The writer: all or nothing, only its own files, never outside, mtimes kept. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { commit } from "../../generator/write/commit.ts";
import { hashText } from "../../generator/json/text-hash.ts";
import { formatManifest, parseManifest, type ManifestHead } from "../../generator/write/manifest.ts";
import { planWrite, type OutputFile } from "../../generator/write/plan.ts";
import { findUpToDate } from "../../generator/write/up-to-date.ts";
import { writeOutput, type WriteResult } from "../../generator/write/write.ts";

const head: ManifestHead = {
  generator: "1.2.3",
  document: "../api.yaml",
  options: { importExtension: ".js" },
  warnings: 0,
  inputs: new Map([["../api.yaml", hashText("openapi: 3.1.0\n")]]),
};

let base: string;
let out: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "lockstep-write-"));
  out = join(base, "generated");
  writeFileSync(join(base, "api.yaml"), "openapi: 3.1.0\n");
});
afterEach(() => {
  rmSync(base, { recursive: true, force: true });
});

const file = (path: string, content = `// ${path}\n`): OutputFile => ({ path, content });

function put(path: string, content: string): void {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), content);
}

/** Every file below the folder, with its content. */
function snapshot(folder = out): Record<string, string> {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]),
  );
}

const codes = (result: WriteResult): string[] => result.diagnostics.map(({ code }) => code);

describe("writing", () => {
  test("creates the folder, the files and the manifest, and leaves nothing else behind", async () => {
    const result = await writeOutput(out, [file("b.ts"), file("docs/a.md", "# A\n")], head);
    expect(result.diagnostics).toEqual([]);
    expect(Object.keys(snapshot())).toEqual(["b.ts", "docs/a.md", "manifest.json"]);
    expect(readdirSync(out).sort()).toEqual(["b.ts", "docs", "manifest.json"]);
    const manifest = parseManifest(snapshot()["manifest.json"] ?? "");
    expect([...(manifest?.outputs ?? [])]).toEqual([
      ["b.ts", hashText("// b.ts\n")],
      ["docs/a.md", hashText("# A\n")],
    ]);
  });

  test("writes only what differs and keeps the mtime of the rest", async () => {
    await writeOutput(out, [file("a.ts"), file("b.ts")], head);
    const past = new Date("2020-01-01T00:00:00Z");
    for (const name of ["a.ts", "b.ts"]) utimesSync(join(out, name), past, past);
    const { plan } = await writeOutput(out, [file("a.ts"), file("b.ts", "changed\n")], head);
    expect(plan.changes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      "modify b.ts",
      "modify manifest.json",
    ]);
    expect(statSync(join(out, "a.ts")).mtime).toEqual(past);
    expect(statSync(join(out, "b.ts")).mtime).not.toEqual(past);
  });

  test("removes its own orphans and the folders they empty, and nothing of anybody else's", async () => {
    await writeOutput(out, [file("a.ts"), file("old/deep/x.md"), file("shared/y.md")], head);
    put("shared/mine.md", "mine");
    await writeOutput(out, [file("a.ts")], head);
    expect(Object.keys(snapshot())).toEqual(["a.ts", "manifest.json", "shared/mine.md"]);
    expect(existsSync(join(out, "old"))).toBe(false);
  });

  test("keeps an orphan that was edited by hand, and says so once", async () => {
    await writeOutput(out, [file("a.ts"), file("old.md")], head);
    put("old.md", "my notes");
    expect(codes(await writeOutput(out, [file("a.ts")], head))).toEqual(["lockstep/output-edited"]);
    expect(snapshot()["old.md"]).toBe("my notes");
    expect(codes(await writeOutput(out, [file("a.ts")], head))).toEqual([]);
  });

  test("overwrites a generated file that was edited by hand", async () => {
    await writeOutput(out, [file("a.ts")], head);
    put("a.ts", "edited");
    await writeOutput(out, [file("a.ts")], head);
    expect(snapshot()["a.ts"]).toBe("// a.ts\n");
  });

  test("writes nothing where a file of somebody else stands in the way", async () => {
    put("b.ts", "mine");
    expect(codes(await writeOutput(out, [file("a.ts"), file("b.ts")], head))).toEqual([
      "lockstep/output-foreign",
    ]);
    expect(snapshot()).toEqual({ "b.ts": "mine" });
    put("b.ts", "// b.ts\n");
    expect(codes(await writeOutput(out, [file("a.ts"), file("b.ts")], head))).toEqual([]);
  });

  test("turns a file into a folder and back", async () => {
    await writeOutput(out, [file("docs")], head);
    await writeOutput(out, [file("docs/a.md")], head);
    expect(Object.keys(snapshot())).toEqual(["docs/a.md", "manifest.json"]);
    await writeOutput(out, [file("docs")], head);
    expect(Object.keys(snapshot())).toEqual(["docs", "manifest.json"]);
  });

  test("counts a file whose line ends Git has turned as unchanged", async () => {
    await writeOutput(out, [file("a.ts", "1\n2\n")], head);
    put("a.ts", "1\r\n2\r\n");
    expect((await writeOutput(out, [file("a.ts", "1\n2\n")], head)).plan.changes).toEqual([]);
  });

  test("concurrent runs leave one run's files, whole", async () => {
    const run = (n: number): Promise<WriteResult> =>
      writeOutput(out, [file("a.ts", `${n}`), file("b.ts", `${n}`), file(`only-${n}.ts`)], head);
    const results = await Promise.all([1, 2, 3, 4, 5, 6].map(run));
    expect(results.flatMap(codes)).toEqual([]);
    const files = snapshot();
    const last = files["a.ts"];
    expect(Object.keys(files)).toEqual(["a.ts", "b.ts", "manifest.json", `only-${String(last)}.ts`]);
    expect(files["b.ts"]).toBe(last);
  });
});

describe("staying inside", () => {
  test.each([
    "../a.ts",
    "/a.ts",
    "a/../../b.ts",
    "a//b.ts",
    "./a.ts",
    "",
    "a\\b.ts",
    "C:/a.ts",
    "a.ts:stream",
    "con.md",
    "docs/AUX",
    "a.",
    "a ",
    "a\nb",
    "a\u0000b",
    "\ud800.ts",
    "x".repeat(256),
    "Manifest.json",
  ])("refuses the path %j", async (path) => {
    expect(codes(await writeOutput(out, [file("ok.ts"), file(path)], head))).toEqual([
      "lockstep/output-path",
    ]);
    expect(existsSync(out)).toBe(false);
  });

  test("refuses two paths that are one where case or normalisation is ignored", async () => {
    expect(codes(await writeOutput(out, [file("A.ts"), file("a.ts")], head))).toEqual([
      "lockstep/output-path",
    ]);
    expect(codes(await writeOutput(out, [file("\u00e9.ts"), file("e\u0301.ts")], head))).toEqual([
      "lockstep/output-path",
    ]);
  });

  test("refuses to write through a symbolic link, to a folder or to a file", async () => {
    mkdirSync(join(base, "elsewhere"));
    writeFileSync(join(base, "victim"), "victim");
    mkdirSync(out);
    symlinkSync(join(base, "elsewhere"), join(out, "docs"));
    symlinkSync(join(base, "victim"), join(out, "a.ts"));
    const result = await writeOutput(out, [file("a.ts"), file("docs/b.md")], head);
    expect(codes(result)).toEqual(["lockstep/output-link", "lockstep/output-link"]);
    expect(readdirSync(join(base, "elsewhere"))).toEqual([]);
    expect(readFileSync(join(base, "victim"), "utf8")).toBe("victim");
  });

  test("does not delete through a symbolic link that has taken the place of a generated folder", async () => {
    await writeOutput(out, [file("docs/b.md")], head);
    renameSync(join(out, "docs"), join(base, "elsewhere"));
    symlinkSync(join(base, "elsewhere"), join(out, "docs"));
    await writeOutput(out, [file("a.ts")], head);
    expect(readdirSync(join(base, "elsewhere"))).toEqual(["b.md"]);
  });

  test.each(["../victim", "/etc/hostname", "docs/../../victim", "manifest.json"])(
    "believes no manifest that claims %j",
    async (path) => {
      writeFileSync(join(base, "victim"), "victim");
      put("manifest.json", formatManifest({ ...head, outputs: new Map([[path, hashText("victim")]]) }));
      const before = snapshot(base);
      expect(codes(await writeOutput(out, [file("a.ts")], head))).toEqual(["lockstep/manifest-unreadable"]);
      expect(snapshot(base)).toEqual(before);
    },
  );

  test.each(["", "{", "[]", "null", '{"name": "my web extension"}', '{"format": 1, "outputs": {"a": 1}}'])(
    "does not touch a manifest.json that is not one: %j",
    async (text) => {
      put("manifest.json", text);
      expect(codes(await writeOutput(out, [file("a.ts")], head))).toEqual(["lockstep/manifest-unreadable"]);
      expect(snapshot()).toEqual({ "manifest.json": text });
    },
  );

  test("knows its own files from a manifest of another format", async () => {
    await writeOutput(out, [file("a.ts"), file("old.ts")], head);
    put(
      "manifest.json",
      (snapshot()["manifest.json"] ?? "").replace('"format": 1,', '"format": 2, "new": [],'),
    );
    expect(codes(await writeOutput(out, [file("a.ts", "changed")], head))).toEqual([]);
    expect(Object.keys(snapshot())).toEqual(["a.ts", "manifest.json"]);
  });

  test("resolves a manifest with conflict markers by owning what either side owns", async () => {
    const side = (name: string): string =>
      formatManifest({ ...head, outputs: new Map([[name, hashText(`// ${name}\n`)]]) }).slice(0, -1);
    put("ours.ts", "// ours.ts\n");
    put("theirs.ts", "// theirs.ts\n");
    const conflict = `\n<<<<<<< HEAD\n${side("ours.ts")}\n||||||| base\n?\n=======\n${side("theirs.ts")}\n>>>>>>> branch\n`;
    put("manifest.json", conflict);
    expect(codes(await writeOutput(out, [file("a.ts")], head))).toEqual([]);
    expect(Object.keys(snapshot())).toEqual(["a.ts", "manifest.json"]);
  });
});

describe("all or nothing", () => {
  /** A plan that fails at its last file: after planning, a folder with a stranger's file takes its place. */
  function failHalfway(staging: string): () => void {
    const plan = planWrite(out, [file("a.ts", "new\n"), file("new/b.ts"), file("z.ts", "new\n")], head);
    expect(plan.changes.map(({ kind }) => kind)).toEqual(["delete", "modify", "create", "create", "modify"]);
    put("z.ts/stranger", "stranger");
    mkdirSync(staging);
    return () => {
      commit(out, staging, plan.changes);
    };
  }

  test("goes back to the state before when a step fails", async () => {
    await writeOutput(out, [file("a.ts"), file("old/x.md")], head);
    const { mtime } = statSync(join(out, "a.ts"));
    const before = snapshot();
    const staging = join(base, "staging");
    expect(failHalfway(staging)).toThrow(/EISDIR|EEXIST|ENOTEMPTY|EPERM/);
    rmSync(join(out, "z.ts"), { recursive: true });
    expect(snapshot()).toEqual(before);
    expect(existsSync(join(out, "new"))).toBe(false);
    expect(statSync(join(out, "a.ts")).mtime).toEqual(mtime);
  });

  test("undoes what a run that died in the middle has left", async () => {
    await writeOutput(out, [file("a.ts", "old\n"), file("gone.md")], head);
    const before = snapshot();
    // The state of a run killed after its first renames, by a process that is no more.
    const staging = join(out, ".lockstep-staging");
    put(
      ".lockstep-staging/owner.json",
      JSON.stringify({ pid: 2 ** 22 + 1, host: (await import("node:os")).hostname() }),
    );
    mkdirSync(join(staging, "backup"));
    put(".lockstep-staging/fresh/3", "never arrived");
    renameSync(join(out, "gone.md"), join(staging, "backup", "0"));
    renameSync(join(out, "a.ts"), join(staging, "backup", "1"));
    put("a.ts", "half\n");
    put("created.ts", "half\n");
    const journal = [
      { kind: "delete", path: "gone.md" },
      { kind: "modify", path: "a.ts", hash: hashText("half\n") },
      { kind: "create", path: "created.ts", hash: hashText("half\n") },
      { kind: "create", path: "later.ts", hash: hashText("never arrived") },
    ];
    writeFileSync(join(staging, "journal.json"), JSON.stringify(journal));
    const result = await writeOutput(out, [file("a.ts", "old\n"), file("gone.md"), file("next.ts")], head);
    expect(codes(result)).toEqual([]);
    const after = snapshot();
    expect(after).toEqual({ ...before, "manifest.json": after["manifest.json"], "next.ts": "// next.ts\n" });
  });

  test("a journal that names paths outside is not followed", async () => {
    writeFileSync(join(base, "victim"), "victim");
    const staging = ".lockstep-staging";
    put(
      `${staging}/owner.json`,
      JSON.stringify({ pid: 2 ** 22 + 1, host: (await import("node:os")).hostname() }),
    );
    put(`${staging}/backup/0`, "overwritten");
    put(`${staging}/journal.json`, JSON.stringify([{ kind: "delete", path: "../victim" }]));
    await writeOutput(out, [file("a.ts")], head);
    expect(readFileSync(join(base, "victim"), "utf8")).toBe("victim");
    expect(Object.keys(snapshot())).toEqual(["a.ts", "manifest.json"]);
  });

  test("says what cannot be written, and stays as it was", async () => {
    writeFileSync(out, "a file where the folder should be");
    expect(codes(await writeOutput(out, [file("a.ts")], head))).toEqual(["lockstep/output-failed"]);
    rmSync(out);
    if (process.getuid?.() === 0) return;
    mkdirSync(out);
    chmodSync(out, 0o500);
    expect(codes(await writeOutput(out, [file("a.ts")], head))).toEqual(["lockstep/output-failed"]);
  });
});

describe("the fast path", () => {
  const expected = { generator: head.generator, document: head.document, options: head.options };

  test("answers when nothing has changed", async () => {
    await writeOutput(out, [file("a.ts")], head);
    expect([...(findUpToDate(out, expected)?.outputs.keys() ?? [])]).toEqual(["a.ts"]);
  });

  test.each<[string, () => void]>([
    [
      "an input changed",
      () => {
        writeFileSync(join(base, "api.yaml"), "openapi: 3.0.0\n");
      },
    ],
    [
      "an input is gone",
      () => {
        rmSync(join(base, "api.yaml"));
      },
    ],
    [
      "an output was edited",
      () => {
        put("a.ts", "edited");
      },
    ],
    [
      "an output is gone",
      () => {
        rmSync(join(out, "a.ts"));
      },
    ],
    [
      "the manifest is gone",
      () => {
        rmSync(join(out, "manifest.json"));
      },
    ],
    [
      "the manifest is damaged",
      () => {
        put("manifest.json", "{");
      },
    ],
  ])("does not answer when %s", async (_, change) => {
    await writeOutput(out, [file("a.ts")], head);
    change();
    expect(findUpToDate(out, expected)).toBeUndefined();
  });

  test("does not answer for another generator, document or option, nor for inputs from the network", async () => {
    await writeOutput(out, [file("a.ts")], head);
    expect(findUpToDate(out, { ...expected, generator: "1.2.4" })).toBeUndefined();
    expect(findUpToDate(out, { ...expected, document: "../other.yaml" })).toBeUndefined();
    expect(findUpToDate(out, { ...expected, options: { importExtension: ".ts" } })).toBeUndefined();
    const remote = { ...head, inputs: new Map([["https://example.com/a.yaml", hashText("")]]) };
    await writeOutput(out, [file("a.ts")], remote);
    expect(findUpToDate(out, expected)).toBeUndefined();
  });
});

test.skipIf(!existsSync("/proc/version"))("says so where no folder can be made at all", async () => {
  const { diagnostics, plan } = await writeOutput("/proc/lockstep/generated", [file("a.ts")], head);
  expect(diagnostics.map(({ code }) => code)).toEqual(["lockstep/output-failed"]);
  expect(plan.changes).toEqual([]);
});
