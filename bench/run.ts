/**
 * Runs benchmarks by name: `npm run bench -- NAME [its own arguments]`, or all of them with `npm run bench -- all [DOCUMENT…]`.
 * The head of each program says what it measures.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

interface Benchmark {
  readonly file: string;
  /** Takes documents as arguments. */
  readonly documents?: true;
}

const benchmarks: Readonly<Record<string, Benchmark>> = {
  generate: { file: "generate.ts", documents: true },
  diff: { file: "diff.ts", documents: true },
  docs: { file: "docs.ts", documents: true },
  validators: { file: "validators/validators.ts" },
  "validators-compile": { file: "validators/compile.ts", documents: true },
  client: { file: "client/client.ts" },
  "client-compile": { file: "client/compile.ts", documents: true },
  server: { file: "server.ts" },
  verify: { file: "verify.ts" },
};

const [name = "", ...rest] = process.argv.slice(2);
const known = Object.keys(benchmarks);
if (name === "all") process.exitCode = all(rest);
else if (benchmarks[name] !== undefined) process.exitCode = run(benchmarks[name], rest);
else {
  console.error(`There is no benchmark \`${name}\`. Name one of: all, ${known.join(", ")}.`);
  process.exitCode = 2;
}

/** Every benchmark; those about documents once for all that are named. The exit code is 1 where one of them failed. */
function all(args: readonly string[]): number {
  const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
  describeMachine();
  const codes = Object.entries(benchmarks)
    .filter(([, { documents }]) => documents === undefined || positionals.length > 0)
    .map(([title, benchmark]) => {
      console.log(`\n## ${title}\n`);
      return run(benchmark, benchmark.documents ? positionals : []);
    });
  return codes.every((code) => code === 0) ? 0 : 1;
}

function run({ file }: Benchmark, args: readonly string[]): number {
  const program = path.join(import.meta.dirname, file);
  return (
    spawnSync(process.execPath, [...process.execArgv, program, ...args], { stdio: "inherit" }).status ?? 1
  );
}

function describeMachine(): void {
  const manifest: unknown = JSON.parse(
    readFileSync(path.join(import.meta.dirname, "../package.json"), "utf8"),
  );
  const version =
    typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : "";
  const processors = cpus();
  console.log(
    `Lockstep ${String(version)}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`,
  );
  console.log(`${processors.length} × ${processors[0]?.model ?? "unknown processor"}, ${process.platform}`);
}
