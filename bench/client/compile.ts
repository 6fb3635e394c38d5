/**
 * What a compiler needs for a program of twenty calls, and for one of a single call, on the generated client and on
 * openapi-fetch with the types of openapi-typescript. For GitHub's document, which the calls are written for:
 *
 *     npm run build && npm run bench -- client-compile [options] DOCUMENT
 *
 * `--rounds N` (5); `--tsc PATH` for another compiler; `--peers FOLDER [--peers-node PATH]` for hey-api and orval beside
 * them, see peers.ts. Rounds are interleaved, medians are printed, ratios are to openapi-fetch with `types.ts`. Its types are
 * measured as `types.d.ts` too: under `skipLibCheck`, which is on here, a compiler does not check that file at all.
 */
import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { installPeers, type Peer } from "./peers.ts";
import { fetchProgram, githubCalls, heyApiProgram, lockstepProgram, orvalProgram } from "./programs.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "5" },
    tsc: { type: "string" },
    peers: { type: "string" },
    "peers-node": { type: "string", default: process.execPath },
  },
});
const repository = path.resolve(import.meta.dirname, "../..");
const require = createRequire(import.meta.url);
const compiler = values.tsc ?? require.resolve("typescript/bin/tsc");
const [given] = positionals;
if (given === undefined) throw new Error("Give the path of GitHub's OpenAPI document.");
const document = path.resolve(given);

const folder = mkdtempSync(path.join(tmpdir(), "bench-compile-"));
try {
  writeFileSync(path.join(folder, "package.json"), '{ "private": true, "type": "module" }');
  link("lockstep-openapi", repository);
  for (const name of ["openapi-fetch", "openapi-typescript-helpers"])
    link(name, path.join(repository, "node_modules", name));
  run([path.join(repository, "dist/generator/cli/main.js"), "generate", document, "--out", "lockstep"]);
  run([
    path.join(path.dirname(require.resolve("openapi-typescript/package.json")), "bin/cli.js"),
    document,
    "-o",
    "fetch/types.ts",
  ]);
  mkdirSync(path.join(folder, "fetch-dts"));
  cpSync(path.join(folder, "fetch/types.ts"), path.join(folder, "fetch-dts/types.d.ts"));
  const contenders = new Map<string, (count: number) => string>([
    ["openapi-fetch", (count) => fetchProgram("./fetch/types.js", githubCalls.slice(0, count))],
    [
      "openapi-fetch, types.d.ts",
      (count) => fetchProgram("./fetch-dts/types.js", githubCalls.slice(0, count)),
    ],
    ["lockstep", (count) => lockstepProgram(githubCalls.slice(0, count))],
  ]);
  if (values.peers !== undefined) {
    const peers = installPeers(folder, document, {
      peers: path.resolve(values.peers),
      node: values["peers-node"],
    });
    const printers: Record<Peer, typeof lockstepProgram> = { "hey-api": heyApiProgram, orval: orvalProgram };
    for (const { name, version } of peers)
      contenders.set(`${name} ${version}`, (count) => printers[name](githubCalls.slice(0, count)));
  }
  console.log(run([compiler, "--version"]).trim());
  for (const count of [1, githubCalls.length]) compareCompilers(contenders, count, Number(values.rounds));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function compareCompilers(
  contenders: ReadonlyMap<string, (count: number) => string>,
  count: number,
  rounds: number,
): void {
  const names = [...contenders.keys()];
  names.forEach((name, index) => {
    writeFileSync(path.join(folder, `program-${String(index)}.ts`), contenders.get(name)?.(count) ?? "");
  });
  const measured = names.map((): Measurement[] => []);
  for (let round = 0; round < rounds; round++) {
    measured.forEach((runs, index) => runs.push(compile(`program-${String(index)}.ts`)));
  }
  console.log(`\n${String(count)} ${count === 1 ? "call" : "calls"}`);
  const base = median(measured[0]?.map(({ total }) => total) ?? []);
  names.forEach((name, index) => {
    const of = (pick: (one: Measurement) => number): number => median(measured[index]?.map(pick) ?? []);
    const total = of((one) => one.total);
    const errors = of((one) => one.errors);
    console.log(
      `  ${name.padEnd(26)} check ${of((one) => one.check).toFixed(2)} s, total ${total.toFixed(2)} s, ` +
        `${of((one) => one.memory).toFixed(0)} MiB, ratio ${(total / base).toFixed(2)}` +
        (errors > 0 ? `, ${String(errors)} compile errors` : ""),
    );
  });
}

interface Measurement {
  readonly check: number;
  readonly total: number;
  readonly memory: number;
  readonly errors: number;
}

/** As a project made by `tsc --init` is compiled: strict, without the bodies of libraries. */
function compile(program: string): Measurement {
  const options =
    "--strict --skipLibCheck --noEmit --module esnext --moduleResolution bundler --target es2022 --lib es2022,dom,dom.iterable --extendedDiagnostics";
  // Not every peer's client compiles: what is measured then is how long finding that out takes.
  const { stdout: report } = spawn([compiler, ...options.split(" "), program]);
  const value = (label: string): number =>
    Number(new RegExp(`${label}:\\s+([\\d.]+)`).exec(report)?.[1] ?? Number.NaN);
  return {
    check: value("Check time"),
    total: value("Total time"),
    memory: value("Memory used") / 1024,
    errors: report.match(/: error TS/g)?.length ?? 0,
  };
}

function spawn(args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
}

function run(args: readonly string[]): string {
  const { status, stdout, stderr } = spawn(args);
  if (status !== 0) throw new Error(`${args.join(" ")}\n${stdout}${stderr}`);
  return stdout;
}

function link(name: string, target: string): void {
  mkdirSync(path.join(folder, "node_modules"), { recursive: true });
  symlinkSync(target, path.join(folder, "node_modules", name), "junction");
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
