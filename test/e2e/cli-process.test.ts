/** What only a real process shows: signals, closed pipes, the executable. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Project, smallDocument } from "./cli-run.ts";

const root = join(import.meta.dirname, "../..");
let project: Project;

beforeEach(() => {
  project = new Project();
  project.write({ "api.yaml": smallDocument("listThings") });
});
afterEach(() => {
  project.remove();
});

function lockstep(args: readonly string[]): ChildProcess {
  const tsx = import.meta.resolve("tsx");
  const main = join(root, "generator/cli/main.ts");
  return spawn(process.execPath, ["--conditions=lockstep-source", "--import", tsx, main, ...args], {
    cwd: project.folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

test("a reader that goes away early costs neither the work nor the exit code", async () => {
  const child = lockstep(["generate", "api.yaml"]);
  child.stdout?.destroy();
  child.stderr?.destroy();
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(existsSync(project.path("generated/manifest.json"))).toBe(true);
});

test("Ctrl-C ends a watch, as the signal that it is", async () => {
  const child = lockstep(["generate", "api.yaml", "--watch"]);
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said += chunk.toString("utf8");
    if (said.includes("Watching ")) child.kill("SIGINT");
  });
  expect(await once(child, "exit")).toEqual([null, "SIGINT"]);
});
