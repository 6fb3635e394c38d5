/** The staging folder of an output folder: one run at a time holds it, so it is the lock as well. */
import { randomUUID } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hasJournal, undo } from "./commit.ts";

const stagingName = ".lockstep-staging";
const ownerName = "owner.json";
/** A commit takes milliseconds; a staging folder of this age, in ms, has been left by a run that is gone. */
const abandonedAfter = 60_000;
const pollInterval = 50;

/**
 * Runs `act` with an empty staging folder inside `folder`, alone among all runs, and removes it afterwards. What a
 * crashed run left is undone first. `undefined` where another run holds the folder for longer than `patience` ms.
 */
export async function withStaging<Result>(
  folder: string,
  patience: number,
  act: (staging: string) => Result,
): Promise<{ readonly result: Result } | undefined> {
  const staging = join(folder, stagingName);
  const deadline = Date.now() + patience;
  while (!acquire(folder, staging)) {
    if (isAbandoned(staging) && recover(folder, staging)) continue;
    if (Date.now() > deadline) return undefined;
    await sleep(pollInterval);
  }
  try {
    sweep(folder);
    return { result: act(staging) };
  } finally {
    // A journal is still there only if going back failed: then the backups must stay, for the next run.
    if (!hasJournal(staging)) discard(folder, staging);
  }
}

/** The folder gets its name once it says whose it is, so that nobody meets one without an owner. */
function acquire(folder: string, staging: string): boolean {
  if (lstatSync(staging, { throwIfNoEntry: false }) !== undefined) return false;
  const prepared = temporaryName(folder);
  try {
    mkdirSync(prepared);
    writeFileSync(join(prepared, ownerName), JSON.stringify({ pid: process.pid, host: hostname() }));
    renameSync(prepared, staging);
    return true;
  } catch (error) {
    rmSync(prepared, { recursive: true, force: true });
    // Another run was faster: its folder is not empty, so that none is put in its place.
    if (["EEXIST", "ENOTEMPTY", "EPERM"].some((code) => isCode(error, code)) && existsSync(staging))
      return false;
    throw error;
  }
}

function temporaryName(folder: string): string {
  return join(folder, `${stagingName}-${randomUUID()}`);
}

/** Renamed first, so that the name is never free, or without its owner, while half of the folder still stands. */
function discard(folder: string, staging: string): void {
  const trash = temporaryName(folder);
  renameSync(staging, trash);
  rmSync(trash, { recursive: true, force: true });
}

/** Removes what runs left that ended before their folder had its name, or while it was being removed. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (name.startsWith(`${stagingName}-`) && isAbandoned(path))
      rmSync(path, { recursive: true, force: true });
  }
}

function isAbandoned(staging: string): boolean {
  const stats = lstatSync(staging, { throwIfNoEntry: false });
  if (stats === undefined) return false;
  if (!stats.isDirectory()) throw new Error(`${staging} is not a folder`);
  if (Date.now() - stats.mtimeMs > abandonedAfter) return true;
  try {
    const owner: unknown = JSON.parse(readFileSync(join(staging, ownerName), "utf8"));
    if (typeof owner !== "object" || owner === null || !("pid" in owner) || !("host" in owner)) return true;
    return owner.host === hostname() && typeof owner.pid === "number" && !isAlive(owner.pid);
  } catch {
    // Its owner has just removed it, or is about to say who it is.
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !isCode(error, "ESRCH");
  }
}

/** Undoes an abandoned commit, unless another run is at it; `true` where the staging folder is free again. */
function recover(folder: string, staging: string): boolean {
  const claim = join(staging, "recovering");
  try {
    writeFileSync(claim, "", { flag: "wx" });
  } catch {
    // Claimed, or gone by now. A claim can be left behind as well.
    const stats = lstatSync(claim, { throwIfNoEntry: false });
    if (stats !== undefined && Date.now() - stats.mtimeMs > abandonedAfter) rmSync(claim, { force: true });
    return false;
  }
  undo(folder, staging);
  discard(folder, staging);
  return true;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
