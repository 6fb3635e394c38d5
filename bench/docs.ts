/**
 * `lockstep docs`, the whole site, beside `redocly build-docs`, its one page. The goal: no more than a quarter longer.
 *
 *     npm run build && npm run bench -- docs [--rounds N] DOCUMENT…
 */
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { compare } from "./processes.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "5" } },
});
const documents = positionals.length > 0 ? positionals : ["generated/openapi.yaml"];
const repository = path.resolve(import.meta.dirname, "..");
const lockstep = path.join(repository, "dist/generator/cli/main.js");
const redocly = path.join(
  path.dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")),
  "bin/cli.js",
);

for (const document of documents) await beside(path.resolve(document));

async function beside(document: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-docs-"));
  const out = path.join(folder, "out");
  const clear = (): void => {
    rmSync(out, { recursive: true, force: true });
  };
  const results = await compare(
    [
      {
        name: "redocly build-docs",
        args: [redocly, "build-docs", document, "--output", path.join(folder, "page.html")],
        cwd: folder,
      },
      { name: "lockstep docs", args: [lockstep, "docs", document, "--out", out], cwd: folder, before: clear },
    ],
    Number(values.rounds),
  );
  rmSync(folder, { recursive: true });
  const base = results.get("redocly build-docs");
  console.log(path.basename(document));
  for (const [name, { wall, cpu, memory }] of results) {
    const ratio = (wall / (base?.wall ?? wall)).toFixed(2);
    console.log(
      `  ${name.padEnd(20)} ${wall.toFixed(2)} s (${ratio}×), ${cpu.toFixed(2)} s CPU, ${memory.toFixed(0)} MiB`,
    );
  }
}
