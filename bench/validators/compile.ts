/**
 * What `tsc --strict` needs for all validators of a document, beside what it needs for `types.ts`, which they import. Ratios
 * are of what each adds: the validators to a program of `types.ts`, and that to an empty one. Rounds are interleaved,
 * medians are printed; differences of whole processes need many of them. `checked` are the validators without their
 * `@ts-nocheck`, measured after the others: a program that takes several times as long slows down the one behind it.
 *
 *     npm run bench -- validators-compile [--rounds N] DOCUMENT
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { compare, type Measurement } from "../processes.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "21" } },
});
const repository = path.resolve(import.meta.dirname, "../..");
const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const [document = path.join(repository, "openapi/openapi.yaml")] = positionals;
const flags =
  "--strict --noEmit --module esnext --moduleResolution bundler --allowImportingTsExtensions --target es2022 --typeRoots none";

const folder = mkdtempSync(path.join(tmpdir(), "bench-compile-"));
try {
  const generator = ["--conditions=lockstep-source", "--import", "tsx", "generator/cli/main.ts", "generate"];
  run([...generator, path.resolve(document), "--out", path.join(folder, "out")], repository);
  cpSync(path.join(folder, "out"), path.join(folder, "checked"), { recursive: true });
  for (const file of typescript("checked/validators")) {
    const text = readFileSync(path.join(folder, file), "utf8");
    writeFileSync(path.join(folder, file), text.replace("// @ts-nocheck\n", ""));
  }
  writeFileSync(path.join(folder, "empty.ts"), "export {};\n");
  const programs = [
    { name: "empty", files: ["empty.ts"] },
    { name: "types.ts", files: ["out/types.ts"] },
    { name: "validators", files: typescript("out/validators") },
    { name: "validators, checked", files: typescript("checked/validators") },
  ];
  console.log(`${run([compiler, "--version"], folder).trim()}, Node ${process.version}`);
  const commands = programs.map(({ name, files }) => ({
    name,
    args: [compiler, ...flags.split(" "), ...files],
    cwd: folder,
  }));
  const rounds = Number(values.rounds);
  const measured = new Map([
    ...(await compare(commands.slice(0, 3), rounds)),
    ...(await compare(commands.slice(3), Math.ceil(rounds / 4))),
  ]);
  report(measured, "wall");
  report(measured, "cpu");
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function typescript(place: string): string[] {
  return readdirSync(path.join(folder, place), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.join(place, file));
}

/** What each program adds to the one before it that it holds: `types.ts` to none, validators to `types.ts`. */
function report(measured: ReadonlyMap<string, Measurement>, time: "wall" | "cpu"): void {
  const [empty = NaN, types = NaN, ...others] = [...measured.values()].map((one) => one[time]);
  console.log(`${time}: empty program ${empty.toFixed(2)} s, types.ts adds ${(types - empty).toFixed(2)} s`);
  [...measured.keys()].slice(2).forEach((name, i) => {
    const added = (others[i] ?? NaN) - types;
    console.log(`  ${name} add ${added.toFixed(2)} s, ${(added / (types - empty)).toFixed(2)} of types.ts`);
  });
}

function run(args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${args.join(" ")}\n${stdout}${stderr}`);
  return stdout;
}
