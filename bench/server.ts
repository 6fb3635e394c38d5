/**
 * Validating the body of `prepareBroadcast` through HTTP, as a ratio to bare `node:http` with `JSON.parse`.
 *
 *     node --conditions=lockstep-source --import tsx bench/server.ts [--rounds N] [--requests N]
 *
 * Measured is the processor time of the server per request, so that the load generator and the neighbours on the machine
 * do not count; rounds are interleaved and the median is taken.
 */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { load } from "./server/load.ts";
import { invalidBody, validBody } from "./server/payload.ts";
import { subjects } from "./server/subjects.ts";

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "7" }, requests: { type: "string", default: "8000" } },
});
const rounds = Number(values.rounds);
const requests = Number(values.requests);
const baseline = "bare node:http";
const kinds = [
  { name: "valid", body: validBody, status: 200 },
  { name: "invalid", body: invalidBody, status: 400 },
] as const;

interface Running {
  readonly name: string;
  readonly child: ChildProcess;
  readonly port: number;
}

// As in production: the loader of development adds its own calls to every function that is made.
const folder = path.join(import.meta.dirname, "results/server");
mkdirSync(folder, { recursive: true });
const outfile = path.join(folder, "subject.mjs");
await build({
  entryPoints: [path.join(import.meta.dirname, "server/subject.ts")],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  conditions: ["lockstep-source"],
  external: ["fastify"],
});

const running: Running[] = [];
for (const name of Object.keys(subjects)) {
  const child = fork(outfile, [name], { execArgv: [] });
  running.push({ name, child, port: await tell(child, "port") });
}
for (const kind of kinds) {
  const costs = new Map<string, number[]>();
  for (let round = -1; round < rounds; round++) {
    for (const { name, child, port } of running) {
      const status = name === baseline ? 200 : kind.status;
      const before = await cpu(child);
      await load(port, kind.body, requests, status);
      const cost = ((await cpu(child)) - before) / requests;
      // The first round warms up.
      if (round >= 0) costs.set(name, [...(costs.get(name) ?? []), cost]);
    }
  }
  report(kind.name, costs);
}
for (const { child } of running) child.kill();
rmSync(folder, { recursive: true });

function report(kind: string, costs: ReadonlyMap<string, readonly number[]>): void {
  const base = median(costs.get(baseline) ?? []);
  console.log(`\n${kind} body: µs of processor time per request, ratio to ${baseline}`);
  for (const [name, samples] of costs) {
    const cost = median(samples);
    console.log(`  ${name.padEnd(42)} ${cost.toFixed(1).padStart(7)}  ${(base / cost).toFixed(2)}`);
  }
}

function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function cpu(child: ChildProcess): Promise<number> {
  child.send("cpu");
  return tell(child, "microseconds");
}

/** The member of the child's next message. */
async function tell(child: ChildProcess, member: string): Promise<number> {
  const messages: unknown[] = await once(child, "message");
  const message = messages[0];
  return typeof message === "object" && message !== null ? Number(Reflect.get(message, member)) : Number.NaN;
}
