/** Runs whole commands in turn and compares them: wall and CPU seconds, peak memory; medians and ratios. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface Command {
  readonly name: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Runs before each measurement, not counted. */
  readonly before?: () => void;
}

export interface Measurement {
  readonly wall: number;
  readonly cpu: number;
  /** Peak resident set of the process, MiB. */
  readonly memory: number;
}

/** Writes what the operating system says about the process when it ends (times in µs, memory in KiB). */
const probe = `const { writeFileSync } = require("node:fs");
process.on("exit", () => writeFileSync(process.env.BENCH_USAGE, JSON.stringify(process.resourceUsage())));`;

/**
 * Medians of `rounds` interleaved runs after one warm-up each. Each round begins with another command, every other one goes
 * backwards: what a machine gives to a process depends on the one before. Throws where a command fails.
 */
export async function compare(
  commands: readonly Command[],
  rounds: number,
): Promise<Map<string, Measurement>> {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  const preload = path.join(folder, "probe.cjs");
  writeFileSync(preload, probe);
  const runs = new Map<string, Measurement[]>(commands.map(({ name }) => [name, []]));
  try {
    for (let round = -1; round < rounds; round++) {
      for (const command of inTurn(commands, round)) {
        command.before?.();
        const measured = await run(command, preload, path.join(folder, "usage.json"));
        if (round >= 0) runs.get(command.name)?.push(measured);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return new Map([...runs].map(([name, measured]) => [name, median(measured)]));
}

function inTurn<T>(items: readonly T[], round: number): T[] {
  const first = Math.max(round, 0) % items.length;
  const turned = [...items.slice(first), ...items.slice(0, first)];
  return round % 2 === 1 ? turned.reverse() : turned;
}

async function run({ name, args, cwd }: Command, preload: string, usageFile: string): Promise<Measurement> {
  const started = performance.now();
  const child = spawn(process.execPath, ["--require", preload, ...args], {
    cwd,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, BENCH_USAGE: usageFile, NO_COLOR: "1" },
  });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  const wall = (performance.now() - started) / 1000;
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}:\n${stderr.slice(-2000)}`);
  // Written by the probe above, in the shape of process.resourceUsage().
  const usage = JSON.parse(readFileSync(usageFile, "utf8")) as NodeJS.ResourceUsage;
  return { wall, cpu: (usage.userCPUTime + usage.systemCPUTime) / 1e6, memory: usage.maxRSS / 1024 };
}

function median(measured: readonly Measurement[]): Measurement {
  const middle = (pick: (one: Measurement) => number): number => {
    const sorted = measured.map(pick).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  return {
    wall: middle((one) => one.wall),
    cpu: middle((one) => one.cpu),
    memory: middle((one) => one.memory),
  };
}
