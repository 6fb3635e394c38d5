/** The staging folder of an output folder: one run at a time holds it, so it is the lock as well. */
import { randomUUID } from "node:crypto";
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
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
  while (!acquire(staging)) {
    if (Date.now() > deadline) return undefined;
    if (!isAbandoned(staging) || !recover(folder, staging)) await sleep(pollInterval);
  }
  try {
    return { result: act(staging) };
  } finally {
    // A journal is still there only if going back failed: then the backups must stay, for the next run.
    if (!hasJournal(staging)) rmSync(staging, { recursive: true, force: true });
  }
}

function acquire(staging: string): boolean {
  try {
    mkdirSync(staging);
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  }
  writeFileSync(join(staging, ownerName), JSON.stringify({ pid: process.pid, host: hostname() }));
  return true;
}

function isAbandoned(staging: string): boolean {
  const stats = lstatSync(staging, { throwIfNoEntry: false });
  if (stats === undefined) return false;
  if (!stats.isDirectory()) throw new Error(`${staging} is not a folder`);
  if (Date.now() - stats.mtimeMs > abandonedAfter) return true;
  try {
    const owner: unknown = JSON.parse(readFileSync(join(staging, ownerName), "utf8"));
    if (typeof owner !== "object" || owner === null || !("pid" in owner) || !("host" in owner)) return false;
    return owner.host === hostname() && typeof owner.pid === "number" && !isAlive(owner.pid);
  } catch {
    // Its owner has not come to write it yet, or has just removed it.
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
  // Renamed first, so that the name is never free while half of the old folder still stands.
  const trash = join(folder, `${stagingName}-${randomUUID()}`);
  renameSync(staging, trash);
  rmSync(trash, { recursive: true, force: true });
  return true;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
