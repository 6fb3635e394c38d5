/**
 * Measures generated validators against others: interleaved rounds, medians, ratios to Ajv's standalone code; and sizes.
 * Exits with 1 where a goal is missed. typia is not among them: it reads no schemas but TypeScript types, which its own
 * compiler has to transform (`ttsc`, a peer dependency of typia 14).
 *
 *     npm run bench -- bench/validators/validators.ts
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Json } from "../../generator/json/json.ts";
import { cases, type Case } from "./cases.ts";
import { prepare, type Contender, type Mode, type Size, type Validate } from "./contenders.ts";

const rounds = 31;
/** One measurement takes about this long, in milliseconds. */
const slice = 4;
let sink = 0;

function nanoseconds(validate: Validate, values: readonly Json[], times: number): number {
  const start = process.hrtime.bigint();
  for (let i = 0; i < times; i++) {
    for (const value of values) if (validate(value) === true) sink++;
  }
  return Number(process.hrtime.bigint() - start) / (times * values.length);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** Median nanoseconds a call of each contender; they take turns, so that a busy machine hurts all alike. */
function compare(contenders: readonly Contender[], mode: Mode, values: readonly Json[]): Map<string, number> {
  const runners = contenders.flatMap(({ name, modes }) => {
    const validate = modes[mode];
    if (validate === undefined) return [];
    nanoseconds(validate, values, 2000);
    const once = nanoseconds(validate, values, 500) * values.length;
    return [
      // Filled round by round.
      { name, validate, times: Math.max(1, Math.round((slice * 1e6) / once)), samples: [] as number[] },
    ];
  });
  for (let round = 0; round < rounds; round++) {
    for (const runner of runners) runner.samples.push(nanoseconds(runner.validate, values, runner.times));
  }
  return new Map(runners.map(({ name, samples }) => [name, median(samples)]));
}

function report(one: Case, contenders: readonly Contender[]): string[] {
  const missed: string[] = [];
  for (const kind of ["valid", "invalid"] as const) {
    for (const mode of ["is", "check", "collect"] as const) {
      const times = compare(contenders, mode, one[kind]);
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

const folder = mkdtempSync(join(tmpdir(), "lockstep-bench-"));
try {
  const bench = await prepare(folder, cases);
  const missed = [...cases.flatMap((one) => report(one, bench.contenders(one))), ...reportSizes(bench.sizes)];
  for (const goal of missed) console.error(`missed: ${goal}`);
  process.exitCode = missed.length === 0 && sink >= 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
