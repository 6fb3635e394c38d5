/**
 * Generates from every document below a folder, in one process: `npx tsx bench/corpus.ts FOLDER [--out FOLDER]`.
 * Prints a line for each document, and a summary; with `--out` the generated folders stay for a compiler.
 * bench/corpus.md lists the documents of the last run, where they come from, and what became of them.
 */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { emitters } from "../generator/cli/generate/emitters.ts";
import { readApi } from "../generator/cli/run/read-api.ts";
import { defaultOptions } from "../generator/config/config.ts";
import type { Diagnostic } from "../generator/diagnostics/diagnostic.ts";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: "string" } } });
const folder = positionals[0] ?? ".";

interface Result {
  readonly path: string;
  readonly outcome: "generated" | "refused" | "threw";
  /** Codes of the errors, or what was thrown. */
  readonly reasons: readonly string[];
  readonly warnings: ReadonlyMap<string, number>;
  readonly milliseconds: number;
}

async function run(path: string): Promise<Result> {
  const began = performance.now();
  const done = (outcome: Result["outcome"], diagnostics: readonly Diagnostic[], thrown?: string): Result => {
    const warnings = new Map<string, number>();
    for (const { code, severity } of diagnostics)
      if (severity === "warning") warnings.set(code, (warnings.get(code) ?? 0) + 1);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    const reasons =
      thrown === undefined
        ? errors.map(({ code, message, location }) => `${code}:${String(location?.line ?? 0)} ${message}`)
        : [thrown];
    return { path, outcome, reasons, warnings, milliseconds: performance.now() - began };
  };
  try {
    const api = { ...defaultOptions, name: path, document: join(folder, path), out: folder, docs: {} };
    const { diagnostics, read } = await readApi(api, folder, () => undefined);
    if (read === undefined) return done("refused", diagnostics);
    const all = [...diagnostics];
    for (const { load } of emitters) {
      const { files, findings } = await (await load())(read.model, { importExtension: ".js" });
      all.push(...read.place(findings));
      const { out } = values;
      if (out === undefined) continue;
      for (const file of files) write(join(out, path, file.path), file.content);
    }
    return done(all.some(({ severity }) => severity === "error") ? "refused" : "generated", all);
  } catch (error) {
    return done(
      "threw",
      [],
      error instanceof Error ? (error.stack ?? error.message).split("\n").slice(0, 4).join(" | ") : "unknown",
    );
  }
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

const results: Result[] = [];
const documents = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.(?:ya?ml|json)$/.test(path))
  .sort();
for (const path of documents) {
  const result = await run(path);
  results.push(result);
  const warnings = [...result.warnings]
    .map(([code, count]) => `${code.replace("lockstep/", "")} ${String(count)}`)
    .join(", ");
  console.log(
    `${result.outcome}\t${path}\t${String(Math.round(result.milliseconds))} ms\t${result.reasons.slice(0, 3).join(" || ").slice(0, 400)}\t${warnings}`,
  );
}
const count = (outcome: Result["outcome"]): number => results.filter((one) => one.outcome === outcome).length;
console.log(
  `${String(results.length)} documents: ${String(count("generated"))} generated, ${String(count("refused"))} refused, ${String(count("threw"))} threw`,
);
