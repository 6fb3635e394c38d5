/** action.yml: its steps run in a repository as GitHub runs them, with a local server in the place of GitHub's API. */
import { execFile, execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parse } from "yaml";

const root = join(import.meta.dirname, "../..");

interface Step {
  readonly run: string;
  readonly env: Readonly<Record<string, string>>;
  readonly "working-directory"?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly steps: readonly [compare: Step, comment: Step, end: Step] };
}

// The file is this repository's own; the steps that follow fail where it has another form.
const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as Action;

let folder: string;
let repository: string;
let server: Server;
/** The comments that the server stores, and the requests that it has received. */
const comments: { id: number; body: string }[] = [];
const requests: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lockstep-action-"));
  repository = join(folder, "repository");
  // `npx --no-install lockstep` runs what the project has installed: here, the sources.
  write(
    join(folder, "bin/npx"),
    `#!/bin/sh\nshift 2\nexec "${process.execPath}" --conditions=lockstep-source --import "${join(root, "node_modules/tsx/dist/loader.mjs")}" "${join(root, "generator/cli/main.ts")}" "$@"\n`,
  );
  chmodSync(join(folder, "bin/npx"), 0o755);
  write(join(repository, "README.md"), "Things\n");
  git("init", "-q", "-b", "main");
  commit();
  write(join(repository, "service/openapi.yaml"), documentWith("listThings", "findThing"));
  commit();
  git("checkout", "-q", "-b", "topic");
  write(join(repository, "service/openapi.yaml"), documentWith("listThings"));
  commit();
  git("update-ref", "refs/remotes/origin/main", "main");
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      requests.push(`${request.method ?? ""} ${(request.url ?? "").split("?")[0] ?? ""}`);
      // The script sends this form.
      const content = text === "" ? undefined : (JSON.parse(text) as { body: string });
      if (request.method === "POST" && content !== undefined)
        comments.push({ id: comments.length + 1, ...content });
      const edited = comments.find(({ id }) => request.url?.endsWith(`/comments/${id}`) === true);
      if (edited !== undefined && content !== undefined) edited.body = content.body;
      response.writeHead(request.headers.authorization === "Bearer secret" ? 200 : 403);
      response.end(JSON.stringify(request.method === "GET" ? comments : {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

function documentWith(...operations: readonly string[]): string {
  const paths = operations.map(
    (id) => `  /${id}:\n    get: { operationId: ${id}, responses: { "200": { description: OK } } }\n`,
  );
  return `openapi: 3.1.1\ninfo: { title: Things, version: 1.0.0 }\npaths:\n${paths.join("")}`;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function git(...args: readonly string[]): void {
  const identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"];
  execFileSync("git", [...identity, ...args], { cwd: repository, stdio: "ignore" });
}

function commit(): void {
  git("add", "-A");
  git("commit", "-q", "-m", "change");
}

interface Ended {
  readonly status: number;
  readonly log: string;
}

/** Runs one step as the runner does: `bash --noprofile --norc -eo pipefail`, expressions put in place. */
function runStep(step: Step, values: Readonly<Record<string, string>>): Promise<Ended> {
  const fill = (text: string): string =>
    text.replaceAll(/\$\{\{ ([^}]+) \}\}/g, (_all, name: string) => values[name] ?? "");
  const environment = {
    ...process.env,
    PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
    GITHUB_ACTION_PATH: root,
    GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // it listens on a port
    GITHUB_BASE_REF: "main",
    GITHUB_OUTPUT: join(folder, "output"),
    GITHUB_REPOSITORY: "acme/things",
    GITHUB_STEP_SUMMARY: join(folder, "summary"),
    RUNNER_TEMP: folder,
    ...Object.fromEntries(Object.entries(step.env).map(([name, value]) => [name, fill(value)])),
  };
  return new Promise((resolve) => {
    const options = {
      cwd: join(repository, fill(step["working-directory"] ?? ".")),
      env: environment,
    };
    const shell = ["--noprofile", "--norc", "-eo", "pipefail", "-c", fill(step.run)];
    const child = execFile("bash", shell, options, (_error, stdout, stderr) => {
      resolve({ status: child.exitCode ?? -1, log: stdout + stderr });
    });
  });
}

/** Runs the first step and reads what it gives to the others. */
async function compare(
  inputs: Readonly<Record<string, string>>,
): Promise<Ended & { values: Record<string, string> }> {
  for (const file of ["output", "summary"]) rmSync(join(folder, file), { force: true });
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? ""]);
  const all = { ...Object.fromEntries(defaults), ...inputs } as Record<string, string>; // of texts
  const values = Object.fromEntries(Object.entries(all).map(([name, value]) => [`inputs.${name}`, value]));
  const ended = await runStep(action.runs.steps[0], values);
  const lines = readFileSync(join(folder, "output"), "utf8").trimEnd().split("\n");
  for (const line of lines) {
    const [name = "", value = ""] = line.split(/=(.*)/s);
    values[`steps.compare.outputs.${name}`] = value;
  }
  return { ...ended, values };
}

it("fails for a break, annotates the file in its folder, and keeps one comment", async () => {
  const { status, log, values } = await compare({ document: "openapi.yaml", "working-directory": "service" });
  expect(status).toBe(0);
  expect(log).toMatch(/^::error file=service\/openapi\.yaml,line=\d+,.*title=lockstep\/operation-removed::/m);
  expect(readFileSync(join(folder, "summary"), "utf8")).toMatch(/^## Things: 1 breaking/);
  const sarif: unknown = JSON.parse(readFileSync(values["steps.compare.outputs.sarif"] ?? "", "utf8"));
  expect(JSON.stringify(sarif)).toContain('"uri":"service/openapi.yaml"');
  const call = { ...values, "inputs.token": "secret", "github.event.pull_request.number": "7" };
  const [, comment, end] = action.runs.steps;
  for (const method of [
    "POST /repos/acme/things/issues/7/comments",
    "PATCH /repos/acme/things/issues/comments/1",
  ]) {
    expect(await runStep(comment, call)).toEqual({ status: 0, log: "" });
    expect(requests.at(-1)).toBe(method);
  }
  expect(comments).toHaveLength(1);
  expect(comments[0]?.body).toContain("## Things: 1 breaking");
  expect(await runStep(end, values)).toMatchObject({ status: 1 });
  const refused = await runStep(comment, { ...call, "inputs.token": "read-only" });
  expect(refused.status).toBe(0);
  expect(refused.log).toContain("::warning title=Lockstep diff::The comment was not written");
  expect(refused.log).not.toContain("read-only");
});

it("passes what breaks nobody, and a document that the pull request adds", async () => {
  const input = { document: "openapi.yaml", "working-directory": "service" };
  const same = await compare({ ...input, base: "HEAD" });
  expect(same.values["steps.compare.outputs.status"]).toBe("0");
  expect(same.log).toContain("no changes");
  const added = await compare({ ...input, base: "main~1" });
  expect(added.values["steps.compare.outputs.status"]).toBe("0");
  expect(added.values["steps.compare.outputs.report"]).toBeUndefined();
  expect(added.log).toContain("first version");
  const wrong = await compare({ ...input, document: "nowhere.yaml" });
  expect(wrong.values["steps.compare.outputs.status"]).toBe("2");
  expect((await runStep(action.runs.steps[2], wrong.values)).status).toBe(2);
});
