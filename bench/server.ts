/**
 * Validating the body of `prepareBroadcast` through HTTP, as a ratio to bare `node:http` with `JSON.parse`.
 *
 *     npm run bench -- server [--rounds N] [--requests N] [--only PART_OF_A_NAME]… [--peers FOLDER]
 *
 * Measured is the processor time of the server per request, so that the load generator does not count. Every subject takes
 * its turn in every round, in an order that is reversed from round to round; each cost is compared to that of the baseline
 * in the same round, and the median of these ratios is what is printed: neighbours on the machine hit both alike.
 *
 * Not all do the same work. Everybody routes, reads, parses and validates the body, and writes the same response. Lockstep also
 * checks the key and its scope, looks for an Idempotency-Key, holds the body to a size and a deadline, names each request in
 * a field of the response, and checks that status and code are declared; it lists all issues. Fastify validates with Ajv, looks
 * for `__proto__`, holds the body to a size, and stops at the first issue; logging is off. Hono and openapi-backend do what
 * `server/peers.ts` shows, without limits; Express has its parser's. The baseline and the hand-written server hold to no limit.
 *
 * FOLDER is a project that has the other libraries, which this one does not depend on:
 *
 *     npm install --prefix FOLDER hono @hono/node-server @hono/zod-openapi zod express express-openapi-validator openapi-backend
 */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { installedVersion } from "./installed-version.ts";
import { load } from "./server/load.ts";
import { invalidBody, validBody } from "./server/payload.ts";
import { peerPackages } from "./server/peers.ts";
import { baseline, subjects } from "./server/subjects.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "15" },
    requests: { type: "string", default: "3000" },
    only: { type: "string", multiple: true },
    peers: { type: "string" },
  },
});
const rounds = Number(values.rounds);
const requests = Number(values.requests);
/** Requests until the compiler of the engine has nothing more to do. */
const warmUp = 12_000;
const kinds = [
  { name: "valid", body: validBody, status: 200 },
  { name: "invalid", body: invalidBody, status: 400 },
] as const;

type Kind = (typeof kinds)[number];

interface Running {
  readonly name: string;
  readonly child: ChildProcess;
  readonly port: number;
}

interface Costs {
  /** Microseconds of processor time per request, and the baseline's of the same round divided by it. */
  readonly micros: number[];
  readonly ratios: number[];
}

printVersions();
const folder = path.join(import.meta.dirname, "results/server");
const outfile = await bundle();
const running: Running[] = [];
for (const name of chosen()) {
  const child = fork(outfile, [name, ...(values.peers === undefined ? [] : [values.peers])], {
    execArgv: [],
  });
  running.push({ name, child, port: await tell(child, "port") });
}
for (const kind of kinds) for (const one of running) await cost(one, kind, warmUp);
for (const kind of kinds) report(kind.name, await measure(kind));
for (const { child } of running) child.kill();
rmSync(folder, { recursive: true });

function chosen(): readonly string[] {
  const names = [...Object.keys(subjects), ...(values.peers === undefined ? [] : Object.keys(peerPackages))];
  const { only } = values;
  if (only === undefined) return names;
  return names.filter((name) => name === baseline || only.some((part) => name.includes(part)));
}

/** As in production: the loader of development adds its own calls to every function that is made. */
async function bundle(): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "subject.mjs");
  await build({
    entryPoints: [path.join(import.meta.dirname, "server/subject.ts")],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["lockstep-source"],
    external: ["fastify"],
  });
  return file;
}

async function measure(kind: Kind): Promise<ReadonlyMap<string, Costs>> {
  const all = new Map(running.map(({ name }): [string, Costs] => [name, { micros: [], ratios: [] }]));
  for (let round = 0; round < rounds; round++) {
    const turn = new Map<string, number>();
    for (const one of round % 2 === 0 ? running : running.toReversed()) {
      turn.set(one.name, await cost(one, kind, requests));
    }
    const base = turn.get(baseline) ?? Number.NaN;
    for (const [name, micros] of turn) {
      all.get(name)?.micros.push(micros);
      all.get(name)?.ratios.push(base / micros);
    }
  }
  return all;
}

async function cost({ name, child, port }: Running, { body, status }: Kind, count: number): Promise<number> {
  const before = await cpu(child);
  await load(port, body, count, name === baseline ? 200 : status);
  return ((await cpu(child)) - before) / count;
}

function report(kind: string, costs: ReadonlyMap<string, Costs>): void {
  console.log(`\n${kind} body: µs of processor time per request, ratio to ${baseline}`);
  for (const [name, { micros, ratios }] of costs) {
    console.log(
      `  ${name.padEnd(42)} ${median(micros).toFixed(1).padStart(7)}  ${median(ratios).toFixed(2)}`,
    );
  }
}

function printVersions(): void {
  const own = ["fastify"].map((name) => [import.meta.dirname, name] as const);
  const theirs = Object.values(peerPackages).flatMap((names) =>
    names.map((name) => [values.peers, name] as const),
  );
  const versions = [...own, ...theirs].flatMap(([from, name]) =>
    from === undefined ? [] : [`${name} ${installedVersion(from, name) ?? "(not installed)"}`],
  );
  console.log([`Node.js ${process.version}`, ...versions].join(", "));
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
