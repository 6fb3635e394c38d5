/** The staging folder: one run at a time, and nothing lost or left behind when a run ends in the middle. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { commit, undo } from "../../generator/write/commit.ts";
import { withStaging } from "../../generator/write/staging.ts";

let folder: string;
let staging: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lockstep-staging-"));
  staging = join(folder, ".lockstep-staging");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function hold(owner: unknown, name = ".lockstep-staging"): void {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, "owner.json"), JSON.stringify(owner));
}

/** A process that has ended. */
const gone = spawnSync(process.execPath, ["-e", ""]).pid;
const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

describe("the lock", () => {
  test("names its owner as soon as it stands, and leaves nothing behind", async () => {
    const held = await withStaging(folder, 0, (path) => readFileSync(join(path, "owner.json"), "utf8"));
    expect(JSON.parse(held?.result ?? "")).toEqual({ pid: process.pid, host: hostname() });
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ["of a process that is gone", { pid: gone, host: hostname() }, true],
    ["of nobody", {}, true],
    ["of nobody in particular", "me", true],
    ["of a process that runs", { pid: process.pid, host: hostname() }, false],
    ["of another machine", { pid: gone, host: "elsewhere" }, false],
  ])("%s is taken at once, or not", async (_, owner, isTaken) => {
    hold(owner);
    expect((await withStaging(folder, 0, () => "done"))?.result).toBe(isTaken ? "done" : undefined);
    expect(existsSync(staging)).toBe(!isTaken);
  });

  test("of anybody is taken once it is a minute old", async () => {
    hold({ pid: process.pid, host: hostname() });
    utimesSync(staging, new Date(), new Date(Date.now() - 61_000));
    expect((await withStaging(folder, 0, () => "done"))?.result).toBe("done");
  });

  test("that two runs recover is recovered by one", async () => {
    hold({ pid: gone, host: hostname() });
    writeFileSync(join(staging, "recovering"), "");
    expect(await withStaging(folder, 0, () => "done")).toBeUndefined();
    utimesSync(join(staging, "recovering"), new Date(), new Date(Date.now() - 61_000));
    expect((await withStaging(folder, 1000, () => "done"))?.result).toBe("done");
  });

  test("that is a file is nobody's to remove", async () => {
    writeFileSync(staging, "mine");
    await expect(withStaging(folder, 0, () => "done")).rejects.toThrow("is not a folder");
    expect(readFileSync(staging, "utf8")).toBe("mine");
  });

  test("sweeps up what runs left that ended before they had it, and no more", async () => {
    hold({ pid: gone, host: hostname() }, ".lockstep-staging-1");
    hold({ pid: process.pid, host: hostname() }, ".lockstep-staging-2");
    mkdirSync(join(folder, ".lockstep-staging-3"));
    hold({ pid: gone, host: hostname() }, "other");
    await withStaging(folder, 0, () => "done");
    expect(readdirSync(folder)).toEqual([".lockstep-staging-2", ".lockstep-staging-3", "other"]);
  });
});

describe("going back", () => {
  test("keeps the backups where it fails, and the next run goes back with them", async () => {
    writeFileSync(join(folder, "a.ts"), "new");
    const failing = withStaging(folder, 0, (path) => {
      mkdirSync(join(path, "backup"));
      writeFileSync(join(path, "backup/0"), "old");
      writeFileSync(
        join(path, "journal.json"),
        JSON.stringify([{ kind: "modify", path: "a.ts", hash: hash("new") }]),
      );
      throw new Error("full");
    });
    await expect(failing).rejects.toThrow("full");
    expect(readFileSync(join(staging, "backup/0"), "utf8")).toBe("old");
    writeFileSync(join(staging, "owner.json"), JSON.stringify({ pid: gone, host: hostname() }));
    await withStaging(folder, 0, () => "done");
    expect(readFileSync(join(folder, "a.ts"), "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["a.ts"]);
  });

  test("removes what it created, but no file that somebody has changed since", () => {
    mkdirSync(join(folder, "s/fresh"), { recursive: true });
    mkdirSync(join(folder, "x"));
    writeFileSync(join(folder, "x/ours.ts"), "ours");
    writeFileSync(join(folder, "theirs.ts"), "changed");
    writeFileSync(join(folder, "early.ts"), "early");
    writeFileSync(join(folder, "s/fresh/2"), "early");
    const entry = (path: string, text: string): object => ({ kind: "create", path, hash: hash(text) });
    const journal = [entry("x/ours.ts", "ours"), entry("theirs.ts", "ours"), entry("early.ts", "early")];
    writeFileSync(join(folder, "s/journal.json"), JSON.stringify(journal));
    undo(folder, join(folder, "s"));
    expect(readdirSync(folder).sort()).toEqual(["early.ts", "s", "theirs.ts"]);
    expect(existsSync(join(folder, "s/journal.json"))).toBe(false);
  });

  test.each([
    ["[", "no JSON"],
    ["{}", "no list"],
    ['[{"kind":"create","path":"../out.ts","hash":"0"}]', "a path outside"],
    ['[{"kind":"create","path":"a.ts"}]', "no hash"],
    ['[{"kind":"link","path":"a.ts","hash":"0"}]', "an unknown kind"],
    ['[{"kind":"delete"}]', "no path"],
    ["[null]", "no entry"],
  ])("does nothing by a journal of %s (%s)", (journal) => {
    mkdirSync(join(folder, "s/backup"), { recursive: true });
    writeFileSync(join(folder, "s/backup/0"), "evil");
    writeFileSync(join(folder, "a.ts"), "good");
    writeFileSync(join(folder, "s/journal.json"), journal);
    undo(folder, join(folder, "s"));
    expect(readFileSync(join(folder, "a.ts"), "utf8")).toBe("good");
  });

  test("happens when a change fails, and everything is as it was, times included", () => {
    mkdirSync(join(folder, "s"));
    mkdirSync(join(folder, "deep"));
    const texts = { "gone.ts": "gone", "kept.ts": "kept", "deep/old.ts": "old" };
    const then = new Date(1_700_000_000_000);
    for (const [path, text] of Object.entries(texts)) {
      writeFileSync(join(folder, path), text);
      utimesSync(join(folder, path), then, then);
    }
    writeFileSync(join(folder, "blocked"), "a file");
    const changes = [
      { kind: "delete", path: "gone.ts" },
      { kind: "delete", path: "deep/old.ts" },
      { kind: "modify", path: "kept.ts", content: "changed", hash: hash("changed"), before: "kept" },
      { kind: "create", path: "made/new.ts", content: "new", hash: hash("new") },
      { kind: "create", path: "blocked/new.ts", content: "new", hash: hash("new") },
    ] as const;
    expect(() => {
      commit(folder, join(folder, "s"), changes);
    }).toThrow();
    for (const [path, text] of Object.entries(texts))
      expect(readFileSync(join(folder, path), "utf8")).toBe(text);
    expect(readdirSync(folder).sort()).toEqual(["blocked", "deep", "gone.ts", "kept.ts", "s"]);
  });
});
