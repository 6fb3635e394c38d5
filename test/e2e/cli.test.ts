/** The command line as a person and as a pipeline sees it: what it prints, where, and with which exit code. */
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { explain } from "../../generator/cli/explain.ts";
import { Project, Recorder, smallDocument } from "./cli-run.ts";

let project: Project;

beforeEach(() => {
  project = new Project();
});
afterEach(() => {
  project.remove();
});

const twoApis = `apis:
  first: { document: a.yaml, out: gen/a }
  second: { document: b.yaml, out: gen/b }
`;

describe("generate", () => {
  test("a document without a configuration, into ./generated", async () => {
    project.write({ "api.yaml": smallDocument("listThings") });
    const { code, out } = await project.run(["generate", "api.yaml"]);
    expect(out).toMatch(
      /^✓ api\.yaml: \d+ files \(\d+ created\) in generated in \d+\.\d\d s\n {2}api\.yaml: 1 operation, /,
    );
    expect(code).toBe(0);
    expect(readFileSync(project.path("generated/types.ts"), "utf8")).toContain("listThings");
  });

  test("again, without anything to do: from hashes, nothing touched", async () => {
    project.write({ "api.yaml": smallDocument("listThings") });
    await project.run(["generate", "api.yaml"]);
    const { mtimeMs } = statSync(project.path("generated/types.ts"));
    const { out } = await project.run(["generate", "api.yaml"]);
    expect(out).toBe("✓ api.yaml: nothing has changed (generated)\n");
    const forced = await project.run(["generate", "api.yaml", "--force"]);
    expect(forced.out).toMatch(/^✓ api\.yaml: generated was up to date, in /);
    expect(statSync(project.path("generated/types.ts")).mtimeMs).toBe(mtimeMs);
  });

  test("an edited output, a deleted output, another option and a changed input are each something to do", async () => {
    project.write({ "api.yaml": smallDocument("listThings") });
    await project.run(["generate", "api.yaml"]);
    writeFileSync(project.path("generated/types.ts"), "edited");
    expect((await project.run(["generate", "api.yaml"])).out).toMatch(/1 changed, \d+ unchanged/);
    rmSync(project.path("generated/types.ts"));
    expect((await project.run(["generate", "api.yaml"])).out).toMatch(/1 created, \d+ unchanged/);
    expect((await project.run(["generate", "api.yaml", "--import-extension", ".ts"])).out).not.toContain(
      "nothing",
    );
    project.write({ "api.yaml": smallDocument("renamed") });
    expect((await project.run(["generate", "api.yaml", "--import-extension", ".ts"])).out).toMatch(/changed/);
    expect(readFileSync(project.path("generated/types.ts"), "utf8")).toContain("renamed");
  });

  test("a document with an error: the diagnostic on stderr, nothing written, exit code 1", async () => {
    project.write({
      "api.yaml":
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: { /a: { $ref: ../../none.yaml } }\n",
    });
    const { code, out, err } = await project.run(["generate", "api.yaml"]);
    expect(err).toMatch(/^api\.yaml:3:\d+ error lockstep\/[a-z-]+\n/);
    expect(out).toMatch(/^✗ api\.yaml: 1 error.*; nothing was written\n$/);
    expect(code).toBe(1);
    expect(existsSync(project.path("generated"))).toBe(false);
  });

  test("every API of the configuration, also from a folder below, also after one has failed", async () => {
    project.write({
      "lockstep.yaml": twoApis,
      "a.yaml": "nonsense",
      "b.yaml": smallDocument("b"),
      "deep/x": "",
    });
    const context = { ...project.context(), cwd: project.path("deep") };
    const { runProgram } = await import("../../generator/cli/program.ts");
    expect(await runProgram(["generate"], context)).toBe(1);
    expect(existsSync(project.path("gen/a"))).toBe(false);
    expect(existsSync(project.path("gen/b/types.ts"))).toBe(true);
  });

  test("one configured API, by name or by its document; flags override", async () => {
    project.write({ "lockstep.yaml": twoApis, "a.yaml": smallDocument("a"), "b.yaml": smallDocument("b") });
    expect((await project.run(["generate", "second"])).out).toMatch(/^✓ second: .* in gen\/b in /);
    expect((await project.run(["generate", "a.yaml"])).out).toMatch(/^✓ first: .* in gen\/a in /);
    expect((await project.run(["generate", "first", "--out", "elsewhere"])).out).toMatch(/ in elsewhere in /);
  });
});

describe("check", () => {
  beforeEach(async () => {
    project.write({ "lockstep.yaml": twoApis, "a.yaml": smallDocument("a"), "b.yaml": smallDocument("b") });
    await project.run(["generate"]);
  });

  test("passes while nothing has drifted, and writes nothing", async () => {
    const { code, out, err } = await project.run(["check"]);
    expect(out).toBe("✓ first: gen/a is up to date\n✓ second: gen/b is up to date\n");
    expect([code, err]).toEqual([0, ""]);
    const forced = await project.run(["check", "--force"]);
    expect(forced.code).toBe(0);
  });

  test("shows what drifted in every API before it fails, and changes nothing", async () => {
    const types = readFileSync(project.path("gen/a/types.ts"), "utf8");
    const edited = types.replace("List things", "List \u001b[31mnothing");
    writeFileSync(project.path("gen/a/types.ts"), edited);
    rmSync(project.path("gen/b/errors.ts"));
    const { code, out } = await project.run(["check"]);
    expect(out).toContain("modified: types.ts\n--- types.ts\ton disk\n+++ types.ts\tgenerated\n@@ ");
    expect(out).toMatch(/\n- .*List ·\[31mnothing.*\n\+ .*List things/);
    expect(out).toContain("✗ first: gen/a has drifted: ");
    expect(out).toContain("missing: errors.ts\n");
    expect(out).toContain("✗ second: gen/b has drifted: ");
    expect(out).toMatch(/Run `lockstep generate` and commit the result\.\n$/);
    expect(code).toBe(1);
    expect(readFileSync(project.path("gen/a/types.ts"), "utf8")).toBe(edited);
    expect(existsSync(project.path("gen/b/errors.ts"))).toBe(false);
  });

  test("names what is no longer generated", async () => {
    const manifest = project.path("gen/a/manifest.json");
    const hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const outputs = '"outputs": {\n    "old.md": "' + hash + '",';
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace('"outputs": {', outputs));
    project.write({ "gen/a/old.md": "" });
    const { code, out } = await project.run(["check", "first"]);
    expect(out).toContain("orphaned: old.md (no longer generated)\n");
    expect(code).toBe(1);
  });

  test("notices a document that was changed without generating", async () => {
    project.write({ "b.yaml": smallDocument("renamed") });
    const { code, out } = await project.run(["check"]);
    expect(out).toMatch(/\n-.*\bb: \{\n\+.*\brenamed: \{\n|operations\["renamed"\]/);
    expect(code).toBe(1);
  });

  test("annotates the drifted files on GitHub", async () => {
    writeFileSync(project.path("gen/a/errors.md"), "edited");
    const { out } = await project.run(["check", "--format", "github"]);
    expect(out).toMatch(
      /^::error file=gen\/a\/errors\.md,line=1,.*title=lockstep\/drift::errors\.md was modified/m,
    );
  });

  test("bounds the diff of a file", async () => {
    writeFileSync(project.path("gen/a/types.ts"), "x\n".repeat(20_000));
    const { out } = await project.run(["check", "first"]);
    expect(out.length).toBeLessThan(20_000);
  });
});

describe("lint", () => {
  test("reports and writes nothing", async () => {
    project.write({ "good.yaml": smallDocument("a"), "bad.yaml": "openapi: 3.1.0\n" });
    expect((await project.run(["lint", "good.yaml"])).code).toBe(0);
    const { code, err } = await project.run(["lint", "bad.yaml"]);
    expect(code).toBe(1);
    expect(err).toMatch(/^bad\.yaml:1:1 error /);
    expect(existsSync(project.path("generated"))).toBe(false);
  });
});

describe("wrong usage: exit code 2, one line that helps", () => {
  test.each<[string[], RegExp]>([
    [["genrate"], /unknown command 'genrate'\n\(Did you mean generate\?\)/],
    [["generate", "--fromat", "json"], /unknown option '--fromat'\n\(Did you mean --format\?\)/],
    [["generate", "--format", "xml"], /Allowed choices are text, json, github/],
    [["generate", "a.yaml", "b.yaml"], /too many arguments/],
    [["generate", "--out"], /argument missing/],
    [["generate", "first", "--out", ""], /--out takes a folder; `\.` is the current one\./],
    [["check", "furst"], /furst is neither a file nor a configured API\. Did you mean first\?/],
    [["generate", "--out", "x"], /--out takes one API; name one of: first, second\./],
    [["generate", "--config", "none.yaml"], /none\.yaml does not exist/],
  ])("%j", async (args, expected) => {
    project.write({ "lockstep.yaml": twoApis, "a.yaml": smallDocument("a"), "b.yaml": smallDocument("b") });
    const { code, err } = await project.run(args);
    expect(err).toMatch(expected);
    expect(err).not.toMatch(/\n\s+at /);
    expect(code).toBe(2);
  });

  test("neither document nor configuration: says how to write one", async () => {
    const { code, err } = await project.run(["generate"]);
    expect(err).toContain("document: openapi/openapi.yaml");
    expect(code).toBe(2);
  });

  test("a mistake in the configuration is shown at its line", async () => {
    project.write({ "lockstep.yaml": "apis:\n  a:\n    documnet: a.yaml\n    out: gen\n" });
    const { code, err } = await project.run(["check"]);
    expect(err).toContain("lockstep.yaml:3:5 error lockstep/config-unknown-key");
    expect(err).toContain("Fix: Did you mean `document`?");
    expect(code).toBe(2);
  });

  test("somebody else's file in the output folder", async () => {
    project.write({ "api.yaml": smallDocument("a"), "generated/types.ts": "mine" });
    const { code, err } = await project.run(["generate", "api.yaml"]);
    expect(err).toContain("lockstep/output-foreign");
    expect(code).toBe(2);
    expect(readFileSync(project.path("generated/types.ts"), "utf8")).toBe("mine");
  });
});

describe("internal errors", () => {
  const shown = (error: unknown, environment = {}): string => {
    const err = new Recorder();
    expect(explain(error, project.context(environment, new Recorder(), err))).toBe(2);
    return err.text;
  };

  test("are one clear line and how to report them; the stack only on request", () => {
    const error = new TypeError("x is not a function\nsecond line");
    expect(shown(error)).toMatch(
      /^internal error: x is not a function\nThis is a fault of lockstep-openapi.*report.*\n$/,
    );
    expect(shown(error, { LOCKSTEP_DEBUG: "1" })).toMatch(/\n\s+at /);
  });
});

describe("output", () => {
  beforeEach(() => {
    project.write({ "api.yaml": smallDocument("listThings"), "bad.yaml": "openapi: 3.1.0\n" });
  });

  test("json: one document on stdout, whatever happens", async () => {
    const { out, err, code } = await project.run(["generate", "bad.yaml", "--format", "json"]);
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      command: "generate",
      exitCode: 1,
      apis: [
        {
          api: "bad.yaml",
          out: "generated",
          status: "failed",
          diagnostics: [{ severity: "error" }, { severity: "warning" }],
        },
      ],
    });
    expect([code, err]).toEqual([1, ""]);
    const good = await project.run(["generate", "api.yaml", "--format", "json"]);
    expect(JSON.parse(good.out)).toMatchObject({
      exitCode: 0,
      apis: [{ status: "written", report: { operations: 1 } }],
    });
  });

  test("github: annotations", async () => {
    const { out } = await project.run(["lint", "bad.yaml", "--format", "github"]);
    expect(out).toMatch(/^::error file=bad\.yaml,line=1,/);
  });

  const escape = "\u001b[";
  test.each<[Record<string, string>, boolean, boolean]>([
    [{}, false, false],
    [{}, true, true],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "0" }, true, false],
    [{ NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
    [{ TERM: "dumb" }, true, false],
  ])("colours with %j on a terminal (%j): %j", async (environment, isTTY, colored) => {
    const { out, err } = await project.run(["lint", "bad.yaml"], environment, isTTY);
    expect(out.includes(escape)).toBe(colored);
    expect(err.includes(`${escape}31m`)).toBe(colored);
  });

  test.each(["generate", "check", "lint"])(
    "the help of %s has examples and exit codes, both ways",
    async (name) => {
      const { out, code } = await project.run([name, "--help"]);
      expect(out).toMatch(/Usage: lockstep [a-z]+ \[options\] \[DOCUMENT\][^]*Examples:[^]*Exit codes:/);
      expect(code).toBe(0);
      expect((await project.run(["help", name])).out).toBe(out);
    },
  );

  test("the version is the package's", async () => {
    const file = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
    // package.json is ours and has a version.
    const { version } = JSON.parse(file) as { version: string };
    expect(await project.run(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
  });
});
