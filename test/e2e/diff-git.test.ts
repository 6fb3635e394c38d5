/** The commands in a real git repository: revisions, retiring, the changelog, the workflow and the hook of docs/diff.md. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { runProgram } from "../../generator/cli/program.ts";
import { Printer } from "../../generator/cli/report/terminal.ts";

const root = join(import.meta.dirname, "../..");
let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "lockstep-diff-git-")));
  cpSync(join(root, "openapi"), join(folder, "openapi"), { recursive: true });
  git("init", "-q", "-b", "main");
  git("add", ".");
  commit("first");
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function git(...args: string[]): string {
  return execFileSync("git", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

function commit(message: string): void {
  git("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "-q", "-m", message);
}

async function lockstep(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err] = [{ text: "" }, { text: "" }];
  const printer = (sink: { text: string }): Printer =>
    new Printer({ write: (text: string) => (sink.text += text) }, { NO_COLOR: "1" });
  const code = await runProgram(args, { cwd: folder, environment: {}, out: printer(out), err: printer(err) });
  return { code, out: out.text, err: err.text };
}

function edit(file: string, from: string | RegExp, to: string): void {
  const path = join(folder, "openapi", file);
  const before = readFileSync(path, "utf8");
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  writeFileSync(path, after);
}

const head = "HEAD:openapi/openapi.yaml";
const tree = "openapi/openapi.yaml";
const today = ["--date", "2026-12-01"];

describe("lockstep diff", () => {
  it("finds nothing between a commit and the same work tree, and leaves git alone", async () => {
    const { code, out } = await lockstep("diff", head, tree);
    expect({ code, out: out.includes("no changes") }).toEqual({ code: 0, out: true });
    expect(git("status", "--porcelain")).toBe("");
  });

  it("fails for a breaking change, with both places and a proof", async () => {
    edit("components/error-details.yaml", "enum: [lapsed, redeemed]", "enum: [lapsed, redeemed, cancelled]");
    const { code, out } = await lockstep("diff", head, tree);
    expect(code).toBe(1);
    expect(out).toContain("details-widened");
    expect(out).toContain("HEAD:openapi/components/error-details.yaml:");
    expect(out).toContain('"reason": "cancelled"');
    expect((await lockstep("diff", head, tree, "--fail-on", "none")).code).toBe(0);
    // The other way round the same change narrows.
    expect((await lockstep("diff", tree, head)).code).toBe(0);
  });

  it("prints JSON that the published schema describes", async () => {
    const { out } = await lockstep("diff", head, tree, "--format", "json");
    const ajv = new Ajv2020({ allErrors: true });
    // The schema is a JSON object.
    const validate = ajv.compile(
      JSON.parse(readFileSync(join(root, "schemas/diff-report.json"), "utf8")) as object,
    );
    validate(JSON.parse(out));
    expect(validate.errors).toBeNull();
    expect(out).not.toContain(folder);
  });

  it.each(["github", "sarif", "junit", "markdown", "html"])("prints %s", async (format) => {
    const { code, out } = await lockstep("diff", head, tree, "--format", format);
    expect(code).toBe(1);
    expect(out).toContain("details-widened");
    expect(out).toContain("prepared_send_expired");
    if (format === "sarif")
      expect(JSON.parse(out)).toMatchObject({ version: "2.1.0", runs: [{ results: [{ level: "error" }] }] });
    if (format === "github")
      expect(out).toMatch(/^::error file=openapi\/components\/error-details\.yaml,line=\d+/);
    if (format === "junit") expect(out).toContain('failures="1"');
  });

  it("accepts what the ignore file names, until it expires, and reports stale entries", async () => {
    const file = join(folder, "lockstep-diff-ignore.yaml");
    const entry = (rule: string, expires: string): string =>
      `  - { rule: ${rule}, reason: known, expires: "${expires}" }\n`;
    writeFileSync(
      file,
      `ignore:\n${entry("details-widened", "2027-01-01")}${entry("code-added", "2027-01-01")}`,
    );
    const valid = await lockstep("diff", head, tree, ...today);
    expect(valid).toMatchObject({ code: 0 });
    expect(valid.out).toContain("1 finding ignored");
    expect(valid.out).not.toContain("no changes");
    expect(valid.err).toContain("lockstep/diff-ignore-stale");
    const expired = await lockstep("diff", head, tree, "--date", "2027-02-01");
    expect(expired).toMatchObject({ code: 1 });
    expect(expired.err).toContain("lockstep/diff-ignore-expired");
    writeFileSync(file, "ignore:\n  - { rule: details-widend, reason: x, expires: 2027-01-01 }\n");
    const wrong = await lockstep("diff", head, tree);
    expect(wrong).toMatchObject({ code: 2 });
    expect(wrong.err).toContain("Did you mean `details-widened`?");
    rmSync(file);
  });

  it("wants a version that announces the change", async () => {
    const before = await lockstep("diff", head, tree, "--check-version", "--fail-on", "breaking");
    expect(before.out).toContain("version-not-raised");
    edit("openapi.yaml", "version: 1.0.0", "version: 2.0.0");
    expect((await lockstep("diff", head, tree, "--check-version")).out).not.toContain("version-not-raised");
    git("checkout", "-q", "--", "openapi");
  });

  it("finds what breaks outside of errors", async () => {
    edit(
      "paths/segments.yaml",
      "parameters:",
      "parameters:\n    - { name: since, in: query, required: true, schema: { type: string } }",
    );
    const { code, out } = await lockstep("diff", head, tree);
    expect(code).toBe(1);
    expect(out).toContain("parameter-required");
    git("checkout", "-q", "--", "openapi");
  });
});

describe("sides that cannot be read", () => {
  const failures: readonly (readonly [string, readonly string[], number, RegExp])[] = [
    [
      "an unknown revision",
      ["nowhere:openapi/openapi.yaml", tree],
      2,
      /The base `nowhere:.*no commit `nowhere`/s,
    ],
    [
      "an unknown path",
      [head, "HEAD:openapi/none.yaml"],
      2,
      /The revision `HEAD:openapi\/none.yaml`.*has no file/s,
    ],
    [
      "an option for a revision",
      ["--", "--output=stolen:openapi/openapi.yaml", tree],
      2,
      /The base `--output=stolen/,
    ],
    ["a path out of the repository", ["HEAD:../../etc/passwd", tree], 2, /The base .*has no file/s],
    ["a folder without a document", [".git", tree], 2, /The base .*has none of openapi.yaml/s],
    ["a missing file", ["none.yaml", tree], 2, /The base `none.yaml` cannot be read: there is no such file/],
    ["a revision without a path", ["main", tree], 2, /The base `main`.*`main:openapi\/openapi.yaml`/s],
    ["nothing at all", ["", tree], 2, /The base `` cannot be read: it is empty/],
    [
      "a root folder without a document",
      ["HEAD:", tree],
      2,
      /The base `HEAD:`.*no file openapi.yaml.*It has openapi\/openapi.yaml/s,
    ],
    // An empty variable in front of the colon must not turn a gate into a comparison with itself.
    [
      "what is staged as the base",
      [":openapi/openapi.yaml", tree],
      2,
      /The base `:openapi.*names no revision/s,
    ],
    [
      "an address without leave",
      ["https://example.invalid/openapi.yaml", tree],
      2,
      /The base `https:.*cannot be read: .*--allow-remote/s,
    ],
  ];
  it.each(failures)("%s", async (_name, args, code, message) => {
    const result = await lockstep("diff", ...args);
    expect(result.err).toMatch(message);
    expect(result.code).toBe(code);
    expect(git("status", "--porcelain")).toBe("");
  });

  it("broken YAML on one side", async () => {
    writeFileSync(join(folder, "broken.yaml"), "openapi: [3.1.1\n");
    const result = await lockstep("diff", head, "broken.yaml");
    expect(result.code).toBe(1);
    expect(result.err).toMatch(/broken\.yaml:\d+:\d+ error lockstep\/syntax\nThe revision: /);
  });

  it("another API", async () => {
    writeFileSync(
      join(folder, "broken.yaml"),
      "openapi: 3.1.1\ninfo: { title: Other, version: 1.0.0 }\npaths: { /a: { get: { responses: { '200': { description: x } } } } }\n",
    );
    expect(await lockstep("diff", head, "broken.yaml")).toMatchObject({
      code: 2,
      // Vitest types its matchers as any.
      err: expect.stringContaining("lockstep/diff-different-api") as string,
    });
    rmSync(join(folder, "broken.yaml"));
  });

  it("no git repository", async () => {
    const outside = mkdtempSync(join(tmpdir(), "lockstep-no-git-"));
    const sink = { text: "" };
    const printer = new Printer({ write: (text: string) => (sink.text += text) }, { NO_COLOR: "1" });
    const code = await runProgram(["diff", "HEAD:a.yaml", "b.yaml"], {
      cwd: outside,
      environment: {},
      out: printer,
      err: printer,
    });
    expect({ code, text: sink.text }).toEqual({
      code: 2,
      // Vitest types its matchers as any.
      text: expect.stringContaining("not inside a git repository") as string,
    });
    rmSync(outside, { recursive: true });
  });
});

describe("lockstep retire and changelog", () => {
  it("retires in place, touches three lines, and the document lints clean", async () => {
    const result = await lockstep(
      "retire",
      "not_implemented",
      "--replaced-by",
      "validation_failed",
      "--document",
      tree,
      "--in",
      "2.0.0",
    );
    expect(result).toMatchObject({ code: 0, err: "" });
    const changed = git("diff", "-U0", "--", "openapi")
      .split("\n")
      .filter((line) => /^[+-](?![+-])/.test(line))
      .map((line) => line.trim());
    expect(changed).toEqual([
      "-    - not_implemented",
      "+      retired: 2.0.0",
      "+      replacedBy: validation_failed",
      "-      - not_implemented # scheduleAt",
    ]);
    expect((await lockstep("lint", tree)).code).toBe(0);
    const diff = await lockstep("diff", head, tree);
    expect(diff.out).toContain("`not_implemented` was retired");
    const again = await lockstep("retire", "not_implemented", "--document", tree);
    // Vitest types its matchers as any.
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining("was retired in 2.0.0") as string });
  });

  it("records it once, under the version once there is one", async () => {
    const file = join(folder, "openapi/CHANGELOG.md");
    await lockstep("changelog", head, tree);
    const first = readFileSync(file, "utf8");
    expect(first).toContain("## Unreleased");
    expect((await lockstep("changelog", head, tree, "--check")).code).toBe(0);
    writeFileSync(file, `${first}\n## 0.1.0\n\nBy hand.\n`);
    edit("openapi.yaml", "version: 1.0.0", "version: 2.0.0");
    expect((await lockstep("changelog", head, tree, "--check")).code).toBe(1);
    await lockstep("changelog", head, tree);
    const second = readFileSync(file, "utf8");
    expect(second).toMatch(/<!-- lockstep:2\.0\.0 -->\n\n## 2\.0\.0\n[\s\S]*## 0\.1\.0\n\nBy hand\.\n$/);
    expect(second).not.toContain("Unreleased");
    await lockstep("changelog", head, tree);
    expect(readFileSync(file, "utf8")).toBe(second);
  });
});

describe("a changelog with the line ends of Windows", () => {
  it("keeps them, and is as up to date as any other", async () => {
    const file = join(folder, "openapi/CHANGELOG.md");
    const before = readFileSync(file, "utf8");
    writeFileSync(file, before.replaceAll("\n", "\r\n"));
    const args = ["changelog", head, tree];
    expect((await lockstep(...args, "--check")).code).toBe(0);
    edit("openapi.yaml", "version: 2.0.0", "version: 2.1.0");
    await lockstep(...args);
    const after = readFileSync(file, "utf8");
    expect(after).toContain("<!-- lockstep:2.1.0 -->\r\n");
    expect(after).not.toMatch(/(?<!\r)\n/);
    await lockstep(...args);
    expect(readFileSync(file, "utf8")).toBe(after);
  });
});

describe("docs/diff.md", () => {
  const docs = readFileSync(join(root, "docs/diff.md"), "utf8");
  const fenced = (language: string, about: string): string =>
    [...docs.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))]
      .map(([, text = ""]) => text)
      .find((text) => text.includes(about)) ?? "";

  /** Runs a script as the runner would, with `npx lockstep` leading to this repository. */
  function shell(
    script: string,
    environment: Record<string, string>,
  ): { status: number | null; output: string } {
    const bin = join(folder, ".bin");
    mkdirSync(bin, { recursive: true });
    const main = join(root, "generator/cli/main.ts");
    const tsx = join(root, "node_modules/tsx/dist/loader.mjs");
    writeFileSync(
      join(bin, "npx"),
      `#!/bin/sh\nshift\nexec "${process.execPath}" --conditions=lockstep-source --import "${tsx}" "${main}" "$@"\n`,
    );
    chmodSync(join(bin, "npx"), 0o755);
    const PATH = `${bin}${delimiter}${process.env["PATH"] ?? ""}`;
    const { status, stdout, stderr } = spawnSync("bash", ["-e", "-c", script], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, ...environment, PATH },
    });
    return { status, output: stdout + stderr };
  }

  it("has a workflow whose inputs action.yml declares", () => {
    interface Workflow {
      readonly jobs: { readonly diff: { readonly steps: readonly { readonly with?: object }[] } };
    }
    const workflow = parse(fenced("yaml", "on: pull_request")) as Workflow; // the shape of the workflow in the docs
    const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as { inputs: object }; // test/e2e/github-action.test.ts runs it
    const given = workflow.jobs.diff.steps.at(-1)?.with ?? {};
    expect(given).toHaveProperty("document", "openapi/openapi.yaml");
    expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
  });

  it("has a hook that judges what a commit would hold, and nothing else", () => {
    const hook = join(folder, ".git/hooks/pre-commit");
    writeFileSync(hook, fenced("sh", "#!/bin/sh"));
    chmodSync(hook, 0o755);
    const tryCommit = (options: string): { status: number | null; output: string } =>
      shell(`git -c user.name=Test -c user.email=test@example.com commit -q -m change ${options}`, {});
    git("reset", "-q", "--hard");
    edit("components/error-codes.yaml", "status: 410", "status: 404");
    // The breaking change stays in the work tree: what is committed is another file.
    writeFileSync(join(folder, "notes.txt"), "harmless\n");
    git("add", "notes.txt");
    expect(tryCommit("")).toMatchObject({ status: 0 });
    // `commit FILE` and `commit --all` commit from an index of their own, which the hook sees.
    for (const options of ["openapi/components/error-codes.yaml", "--all"]) {
      const { status, output } = tryCommit(options);
      expect(output).toContain("status-changed");
      expect(status).toBe(1);
    }
    // It is staged, and taken back in the work tree: the commit would hold it.
    git("add", "openapi");
    git("restore", "--source=HEAD", "--worktree", "openapi");
    const { status, output } = tryCommit("");
    expect(output).toContain("status-changed");
    expect(output).toContain(" :openapi/components/error-codes.yaml:");
    expect(status).toBe(1);
    git("reset", "-q", "--hard");
  });

  it("has a hook that lets the first commit of a document pass", () => {
    git("checkout", "-q", "--orphan", "fresh");
    const { status } = shell(fenced("sh", "#!/bin/sh"), {});
    expect(status).toBe(0);
  });
});
