/**
 * Measures generated validators against others: interleaved rounds, medians, ratios to Ajv's standalone code; and sizes.
 * Exits with 1 where a goal is missed.
 *
 *     npm run bench -- validators [--peers FOLDER]
 *
 * FOLDER is a project that has typia, which this one does not depend on. From 13 on it needs a compiler of its own:
 *
 *     npm install --prefix FOLDER typia@12 typescript@5.9
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Json } from "../../generator/json/json.ts";
import { cases, type Case } from "./cases.ts";
import { installedVersion } from "../installed-version.ts";
import type * as loop from "./loop.ts";
import { prepare, type Contender, type Mode, type Size } from "./contenders.ts";

const rounds = 31;
/** One measurement takes about this long, in milliseconds. */
const slice = 4;

let loops = 0;

/** A loop that no other contender has used. */
async function newLoop(): Promise<typeof loop.nanoseconds> {
  // The same module, loaded once more under another address.
  const loaded = (await import(`./loop.ts?${String(loops++)}`)) as typeof loop;
  return loaded.nanoseconds;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** Median nanoseconds a call of each contender; they take turns, so that a busy machine hurts all alike. */
async function compare(
  contenders: readonly Contender[],
  mode: Mode,
  values: readonly Json[],
): Promise<Map<string, number>> {
  const runners = [];
  for (const { name, modes } of contenders) {
    const validate = modes[mode];
    if (validate === undefined) continue;
    const nanoseconds = await newLoop();
    nanoseconds(validate, values, 2000);
    const once = nanoseconds(validate, values, 500) * values.length;
    const times = Math.max(1, Math.round((slice * 1e6) / once));
    // Filled round by round.
    const samples: number[] = [];
    runners.push({ name, sample: () => samples.push(nanoseconds(validate, values, times)), samples });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { sample } of runners) sample();
  }
  return new Map(runners.map(({ name, samples }) => [name, median(samples)]));
}

async function report(one: Case, contenders: readonly Contender[]): Promise<string[]> {
  const missed: string[] = [];
  for (const kind of ["valid", "invalid"] as const) {
    for (const { name, modes } of contenders) {
      if (one[kind].some((value) => modes.is?.(value) !== (kind === "valid")))
        throw new Error(`${name} does not find all of ${one.label} ${kind}.`);
    }
    for (const mode of ["is", "check", "collect"] as const) {
      const times = await compare(contenders, mode, one[kind]);
      const ajv = times.get("ajv") ?? NaN;
      const row = [...times].map(([name, ns]) => `${name} ${ns.toFixed(0)} ns (${(ajv / ns).toFixed(1)}x)`);
      const label = `${one.label}, ${kind}, ${mode}`;
      console.log(`${label.padEnd(50)} ${row.join(" | ")}`);
      const goal = kind === "valid" ? one.goals[mode] : 1;
      if (!(ajv / (times.get("ours") ?? NaN) >= goal)) missed.push(`${label}: goal ${String(goal)}x`);
    }
  }
  return missed;
}

function reportSizes(sizes: readonly Size[]): string[] {
  const [ours, ajv] = sizes;
  for (const size of sizes)
    console.log(
      `${size.name.padEnd(10)} ${String(size.minified)} B minified, ${String(size.gzipped)} B gzipped`,
    );
  if (ours === undefined || ajv === undefined) return ["sizes"];
  const minified = ours.minified / ajv.minified;
  const gzipped = ours.gzipped / ajv.gzipped;
  console.log(`all three modes to Ajv's one: ${minified.toFixed(2)} minified, ${gzipped.toFixed(2)} gzipped`);
  return [
    ...(minified <= 0.3 ? [] : ["minified: goal 0.3"]),
    ...(gzipped <= 0.6 ? [] : ["gzipped: goal 0.6"]),
  ];
}

const { values } = parseArgs({ options: { peers: { type: "string" } } });
const folder = mkdtempSync(join(tmpdir(), "lockstep-bench-"));
try {
  if (values.peers !== undefined)
    console.log(`typia ${installedVersion(values.peers, "typia") ?? "missing"}`);
  const bench = await prepare(folder, cases, values.peers);
  const missed: string[] = [];
  for (const one of cases) missed.push(...(await report(one, bench.contenders(one))));
  missed.push(...reportSizes(bench.sizes));
  for (const goal of missed) console.error(`missed: ${goal}`);
  process.exitCode = missed.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
