/** Sides of a comparison in every shape that a git repository can have. */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runProgram } from "../../generator/cli/program.ts";
import { Printer } from "../../generator/cli/report/terminal.ts";

let folder: string;
/** Two commits on `main`: the second moves a code from 410 to 404. */
let repository: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "lockstep-diff-places-")));
  repository = join(folder, "repository");
  mkdirSync(repository);
  git(repository, "init", "-q", "-b", "main");
  write(repository, "openapi/openapi.yaml", document("410"));
  write(repository, "openapi/details.yaml", "{ type: object, additionalProperties: false }\n");
  commit(repository);
  write(repository, "openapi/openapi.yaml", document("404"));
  commit(repository);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A document with one code, and a part of it in a file beside it. */
function document(status: string): string {
  return `openapi: 3.1.1
info: { title: Things, version: 1.0.0 }
paths:
  /things:
    get:
      operationId: listThings
      x-errors: [gone]
      responses: { "200": { description: OK } }
components:
  schemas:
    ErrorEnvelope:
      type: object
      properties: { code: { $ref: "#/components/schemas/ErrorCode" }, message: { type: string } }
      required: [code, message]
    ErrorCode:
      type: string
      enum: [gone]
      x-error-codes:
        gone:
          { status: ${status}, title: Gone, meaning: It is gone., remediation: Ask for another., message: Gone., retry: never, since: 1.0.0, raised-by: handler,
            details: { $ref: "./details.yaml" } }
`;
}

function git(cwd: string, ...args: string[]): string {
  const settings = [
    "-c",
    "user.name=Test",
    "-c",
    "user.email=test@example.com",
    "-c",
    "protocol.file.allow=always",
  ];
  return execFileSync("git", [...settings, ...args], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function commit(cwd: string): void {
  git(cwd, "add", ".");
  git(cwd, "commit", "-q", "-m", "change");
}

function write(cwd: string, file: string, text: string): void {
  mkdirSync(dirname(join(cwd, file)), { recursive: true });
  writeFileSync(join(cwd, file), text);
}

/** A repository of its own, with the state of the shared one before its last change. */
function copy(name: string): string {
  const target = join(folder, name);
  cpSync(repository, target, { recursive: true });
  git(target, "reset", "-q", "--hard", "HEAD~1");
  return target;
}

async function diff(cwd: string, ...args: string[]): Promise<{ code: number; text: string }> {
  const sink = { text: "" };
  const printer = new Printer({ write: (text: string) => (sink.text += text) }, { NO_COLOR: "1" });
  const all = ["diff", ...args];
  const code = await runProgram(all, { cwd, environment: {}, out: printer, err: printer });
  return { code, text: sink.text };
}

const path = "openapi/openapi.yaml";
const moved = "`gone` moved from 410 to 404";

describe("a revision is read", () => {
  it.each([
    ["from the root", ".", `HEAD~1:${path}`, path],
    ["from a folder inside", "openapi", "HEAD~1:./openapi.yaml", "openapi.yaml"],
    ["by its path from the root, in a folder inside", "openapi", `HEAD~1:${path}`, "openapi.yaml"],
    ["on both sides", ".", `HEAD~1:${path}`, `HEAD:${path}`],
  ])("%s", async (_name, inside, base, revision) => {
    const { code, text } = await diff(join(repository, inside), base, revision);
    expect(text).toContain(moved);
    expect(code).toBe(1);
  });

  it("from the merge base of two branches", async () => {
    const place = copy("merge-base");
    git(place, "branch", "-q", "topic");
    write(place, path, document("404"));
    commit(place);
    expect((await diff(place, `main:${path}`, `topic:${path}`)).text).toContain("from 404 to 410");
    git(place, "checkout", "-q", "topic");
    const ranges = ["main...topic", "topic...main", "main...", "...main"];
    for (const range of ranges) {
      expect(await diff(place, `${range}:${path}`, `topic:${path}`)).toMatchObject({ code: 0 });
    }
    git(place, "checkout", "-q", "--orphan", "unrelated");
    git(place, "commit", "-q", "-m", "unrelated");
    const { code, text } = await diff(place, `main...HEAD:${path}`, path);
    expect(text).toContain("`main` and `HEAD` have no common ancestor.");
    expect(code).toBe(2);
  });

  it("in a work tree of its own", async () => {
    const tree = join(folder, "tree");
    git(repository, "worktree", "add", "-q", "--detach", tree, "HEAD~1");
    expect((await diff(tree, path, `main:${path}`)).text).toContain(moved);
  });

  it("in a bare repository", async () => {
    git(folder, "clone", "-q", "--bare", repository, "bare.git");
    expect((await diff(join(folder, "bare.git"), `HEAD~1:${path}`, `HEAD:${path}`)).text).toContain(moved);
  });

  it("under a name with spaces, letters of all kinds and quotes", async () => {
    const place = copy("spaces");
    const name = 'my "ördner" 文/open api.yaml';
    cpSync(join(place, "openapi"), join(place, dirname(name)), { recursive: true });
    write(place, name, document("410"));
    commit(place);
    write(place, name, document("404"));
    const { text } = await diff(place, `HEAD:${name}`, name);
    expect(text).toContain(moved);
    expect(text).toContain(`HEAD:${name}:`);
  });

  it("with the line ends of Windows on one side", async () => {
    const place = copy("crlf");
    write(place, path, document("410").replaceAll("\n", "\r\n"));
    expect(await diff(place, `HEAD:${path}`, path)).toMatchObject({ code: 0 });
    commit(place);
    expect(await diff(place, `HEAD~1:${path}`, `HEAD:${path}`)).toMatchObject({ code: 0 });
  });

  it("through a folder that is a symbolic link, as in the work tree", async () => {
    const place = copy("links");
    symlinkSync("openapi", join(place, "api"));
    commit(place);
    expect(await diff(place, "HEAD:api/openapi.yaml", "api/openapi.yaml")).toMatchObject({ code: 0 });
    symlinkSync("/etc", join(place, "outside"));
    symlinkSync("dangling", join(place, "nothing.yaml"));
    commit(place);
    for (const name of ["outside/passwd", "nothing.yaml"]) {
      const { code, text } = await diff(place, `HEAD:${name}`, path);
      expect({ code, text }).toMatchObject({
        code: 2,
        // Vitest types its matchers as any.
        text: expect.stringContaining("has no file") as string,
      });
    }
  });

  it("under the name that the file had then", async () => {
    const place = copy("renamed");
    git(place, "mv", "openapi", "api");
    commit(place);
    expect(await diff(place, `HEAD~1:${path}`, "api/openapi.yaml")).toMatchObject({ code: 0 });
  });
});

describe("what is staged is read", () => {
  /** A repository whose index, and neither its commit nor its work tree, moves the code. */
  function staged(name: string): string {
    const place = copy(name);
    write(place, path, document("404"));
    git(place, "add", ".");
    write(place, path, document("410"));
    return place;
  }

  it.each([
    ["from the root", ".", `:${path}`],
    ["in git's full spelling", ".", `:0:${path}`],
    ["from a folder inside", "openapi", ":./openapi.yaml"],
    ["by its path from the root, in a folder inside", "openapi", `:${path}`],
    ["by the folder of the document", ".", ":openapi"],
  ])("%s", async (_name, inside, revision) => {
    const place = staged(`staged ${revision.replaceAll(/\W+/g, "-")} ${inside}`);
    const before = git(place, "status", "--porcelain");
    const { code, text } = await diff(join(place, inside), `HEAD:${path}`, revision);
    expect(text).toContain(moved);
    expect(code).toBe(1);
    expect(text).toContain(`  :${path}:`);
    expect(git(place, "status", "--porcelain")).toBe(before);
  });

  it("with the files that it refers to, as they are staged", async () => {
    const place = copy("staged parts");
    const closed = "{ type: object, additionalProperties: false }\n";
    write(
      place,
      "openapi/details.yaml",
      closed.replace("}", ", required: [at], properties: { at: { type: string } } }"),
    );
    git(place, "add", ".");
    write(place, "openapi/details.yaml", closed);
    const { text } = await diff(place, `HEAD:${path}`, `:${path}`);
    expect(text).toContain("details-field-added");
    expect(text).toContain(":openapi/details.yaml:");
    // A file that is only in the work tree is not part of the commit to come.
    git(place, "rm", "-q", "-f", "--cached", "openapi/details.yaml");
    expect((await diff(place, `HEAD:${path}`, `:${path}`)).text).toMatch(/The revision: .*details\.yaml/);
  });

  it("through links, and not where they lead out", async () => {
    const place = copy("staged links");
    symlinkSync("openapi", join(place, "api"));
    symlinkSync("../api/openapi.yaml", join(place, "openapi/again.yaml"));
    symlinkSync("/etc", join(place, "outside"));
    symlinkSync("round", join(place, "round"));
    git(place, "add", ".");
    expect(await diff(place, `HEAD:${path}`, ":api/again.yaml")).toMatchObject({ code: 0 });
    for (const name of ["outside/passwd", "round", "nowhere.yaml", "../x.yaml"]) {
      const { code, text } = await diff(place, `HEAD:${path}`, `:${name}`);
      expect(text).toContain(
        `The revision \`:${name}\` cannot be read: the index of git has no file ${name}.`,
      );
      expect(code).toBe(2);
    }
  });

  it("not while it has conflicts", async () => {
    const place = copy("staged conflict");
    git(place, "checkout", "-q", "-b", "other");
    write(place, path, document("409"));
    commit(place);
    git(place, "checkout", "-q", "-b", "third", "HEAD~1");
    write(place, path, document("404"));
    commit(place);
    expect(() => git(place, "merge", "other")).toThrow();
    const { code, text } = await diff(place, `HEAD:${path}`, `:${path}`);
    expect(text).toContain(`${path} has conflicts: resolve them`);
    expect(code).toBe(2);
  });

  it("not without a repository, nor without an index", async () => {
    git(folder, "clone", "-q", "--bare", repository, "indexless.git");
    expect((await diff(join(folder, "indexless.git"), `HEAD:${path}`, `:${path}`)).text).toMatch(
      /The revision `:openapi\/openapi.yaml` cannot be read: /,
    );
    expect((await diff(folder, join(repository, path), `:${path}`)).text).toContain(
      "not inside a git repository",
    );
  });
});

it("reads the document of a folder at a revision", async () => {
  expect((await diff(repository, "HEAD~1:openapi", "HEAD:openapi")).text).toContain(moved);
  expect((await diff(join(repository, "openapi"), "HEAD~1:.", "HEAD:./")).text).toContain(moved);
});

describe("a revision that is not there", () => {
  it("may be the first commit to come", async () => {
    const place = join(folder, "new");
    mkdirSync(place);
    git(place, "init", "-q", "-b", "main");
    const { text } = await diff(place, `HEAD:${path}`, `:${path}`);
    expect(text).toContain("git knows no commit `HEAD`. There is no commit on this branch yet.");
  });

  it("is to be fetched in a shallow clone", async () => {
    git(folder, "clone", "-q", "--depth", "1", `file://${repository}`, "shallow");
    const place = join(folder, "shallow");
    for (const base of ["HEAD~1", "origin/release"]) {
      const { code, text } = await diff(place, `${base}:${path}`, path);
      expect(code).toBe(2);
      expect(text).toContain(`no commit \`${base}\``);
      expect(text).toContain("shallow");
      expect(text).toContain("fetch-depth: 0");
      expect(text).toContain("git fetch --unshallow");
    }
  });

  it("is not a matter of depth elsewhere; the branch of the remote is named", async () => {
    git(folder, "clone", "-q", repository, "clone");
    const place = join(folder, "clone");
    git(place, "checkout", "-q", "-b", "topic");
    git(place, "branch", "-q", "-D", "main");
    const { text } = await diff(place, `main:${path}`, path);
    expect(text).toContain("Did you mean `origin/main`?");
    expect(text).not.toContain("shallow");
    expect((await diff(place, `nowhere:${path}`, path)).text).not.toContain("Did you mean");
  });
});

describe("a file that is not there", () => {
  it("stood elsewhere at that revision", async () => {
    const place = copy("elsewhere");
    git(place, "mv", "openapi", "contract");
    commit(place);
    const { code, text } = await diff(place, `HEAD:${path}`, "contract/openapi.yaml");
    expect(code).toBe(2);
    expect(text).toContain("`HEAD` has no file openapi/openapi.yaml. It has contract/openapi.yaml.");
  });

  it("did not exist yet: the revision is the first version, if it has the same path", async () => {
    const place = copy("before");
    git(place, "checkout", "-q", "--orphan", "empty");
    git(place, "rm", "-q", "-r", "--cached", ".");
    git(place, "commit", "-q", "--allow-empty", "-m", "nothing");
    const first = "the revision is the first version, and there is nothing to compare";
    for (const [inside, base, revision] of [
      [".", `HEAD:${path}`, path],
      ["openapi", "HEAD:./openapi.yaml", "openapi.yaml"],
      [".", `HEAD:${path}`, `main:${path}`],
    ] as const) {
      const { code, text } = await diff(join(place, inside), base, revision);
      expect(text).toContain(first);
      expect(code).toBe(0);
    }
    for (const slip of ["openapi/openapi.yml", "openapi.yaml"]) {
      const { code, text } = await diff(place, `HEAD:${slip}`, path);
      expect(text).toContain(`\`HEAD\` has no file ${slip}. Paths start at the root of the repository`);
      expect(code).toBe(2);
    }
  });

  it("stands in a submodule", async () => {
    const place = copy("outer");
    git(place, "submodule", "add", "-q", repository, "vendor/things");
    commit(place);
    const { code, text } = await diff(place, `HEAD:vendor/things/${path}`, `vendor/things/${path}`);
    expect(code).toBe(2);
    expect(text).toContain("vendor/things is a submodule");
    expect((await diff(join(place, "vendor/things"), `HEAD~1:${path}`, path)).text).toContain(moved);
  });
});

it("leaves git alone", () => {
  expect(git(repository, "status", "--porcelain")).toBe("");
  expect(readFileSync(join(repository, path), "utf8")).toBe(document("404"));
});
