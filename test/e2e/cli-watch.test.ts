/** `generate --watch`: what it reacts to, and that a mistake does not end it. */
import { readFileSync, renameSync, rmSync } from "node:fs";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { watch } from "../../generator/cli/generate/watch.ts";
import { Project, Recorder, smallDocument } from "./cli-run.ts";

let project: Project;
let out: Recorder;
let err: Recorder;
let stop: AbortController;
let running: Promise<void>;

beforeEach(() => {
  project = new Project();
  out = new Recorder();
  err = new Recorder();
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await running;
  project.remove();
});

async function start(document: string | undefined = "api.yaml"): Promise<void> {
  running = watch(document, { format: "text" }, project.context({}, out, err), stop.signal);
  await vi.waitFor(
    () => {
      expect(err.text).toContain("Watching ");
    },
    { timeout: 20_000 },
  );
}

/** Waits until the types say `text`. */
async function generated(text: string, file = "generated/types.ts"): Promise<void> {
  await vi.waitFor(
    () => {
      expect(readFileSync(project.path(file), "utf8")).toContain(text);
    },
    { timeout: 10_000, interval: 20 },
  );
}

const runs = (): number => out.text.split("\n").filter((line) => /^[✓✗]/.test(line)).length;

test("generates again after a save, also one that replaces the file", async () => {
  project.write({ "api.yaml": smallDocument("first") });
  await start();
  project.write({ "api.yaml": smallDocument("second") });
  await generated("second");
  project.write({ "api.yaml.tmp": smallDocument("third") });
  renameSync(project.path("api.yaml.tmp"), project.path("api.yaml"));
  await generated("third");
});

test("shows a typo, keeps the files and keeps watching", async () => {
  project.write({ "api.yaml": smallDocument("first") });
  await start();
  project.write({ "api.yaml": smallDocument("first").replace("paths:", "paths: [") });
  await vi.waitFor(
    () => {
      expect(err.text).toMatch(/api\.yaml:\d+:\d+ error /);
    },
    { timeout: 10_000 },
  );
  await generated("first");
  project.write({ "api.yaml": smallDocument("repaired") });
  await generated("repaired");
});

test("ignores files that the document does not consist of, and saves that change nothing", async () => {
  project.write({ "api.yaml": smallDocument("first"), "other.yaml": "a" });
  await start();
  project.write({ "other.yaml": "b", "api.yaml": smallDocument("first") });
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(runs()).toBe(1);
});

test("picks up a new reference, waits for a file that is missing, and forgets what is no longer referred to", async () => {
  const withRef = smallDocument("first", "  /more: { $ref: parts/more.yaml }\n");
  const part = (id: string): string =>
    `get:\n  operationId: ${id}\n  summary: More\n  responses: { "200": { description: Yes }, 4XX: { description: No } }\n`;
  project.write({ "api.yaml": smallDocument("first") });
  await start();
  project.write({ "api.yaml": withRef });
  await vi.waitFor(
    () => {
      expect(err.text).toContain("warning lockstep/file-missing");
    },
    { timeout: 10_000 },
  );
  project.write({ "parts/more.yaml": part("moreOne") });
  await generated("moreOne");
  project.write({ "parts/more.yaml": part("moreTwo") });
  await generated("moreTwo");
  project.write({ "api.yaml": smallDocument("alone") });
  await generated("alone");
  const before = runs();
  rmSync(project.path("parts"), { recursive: true });
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(runs()).toBe(before);
});

test("follows the configuration, and survives a mistake in it", async () => {
  project.write({
    "lockstep.yaml": "apis:\n  a: { document: api.yaml, out: one }\n",
    "api.yaml": smallDocument("first"),
  });
  await start(undefined);
  project.write({ "lockstep.yaml": "apis:\n  a: { document: api.yaml, uot: two }\n" });
  await vi.waitFor(
    () => {
      expect(err.text).toContain("lockstep/config-unknown-key");
    },
    { timeout: 10_000 },
  );
  project.write({ "lockstep.yaml": "apis:\n  a: { document: api.yaml, out: two }\n" });
  await generated("first", "two/types.ts");
});
