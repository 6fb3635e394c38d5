/**
 * `lockstep generate`, whole, beside the openapi-typescript CLI for types alone; a run without changes; growth.
 *
 *     npm run build && npm run bench -- generate [--rounds N] [--growth] DOCUMENT…
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { JsonObject } from "../generator/json/json.ts";
import { asObject } from "../generator/json/json.ts";
import { compare, type Measurement } from "./processes.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "5" }, growth: { type: "boolean", default: false } },
});
const rounds = Number(values.rounds);
const documents = positionals.length > 0 ? positionals : ["generated/openapi.yaml"];
const repository = path.resolve(import.meta.dirname, "..");
const lockstep = path.join(repository, "dist/generator/cli/main.js");
const require = createRequire(import.meta.url);
const openapiTypescript = path.join(
  path.dirname(require.resolve("openapi-typescript/package.json")),
  "bin/cli.js",
);

for (const document of documents) await beside(path.resolve(document));
if (values.growth) for (const document of documents) await growth(path.resolve(document));

async function beside(document: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-generate-"));
  const out = path.join(folder, "out");
  const unchanged = path.join(folder, "unchanged");
  const generate = (target: string): string[] => [lockstep, "generate", document, "--out", target];
  const results = await compare(
    [
      {
        name: "openapi-typescript",
        args: [openapiTypescript, document, "-o", path.join(folder, "types.ts")],
        cwd: folder,
      },
      {
        name: "lockstep generate",
        args: generate(out),
        cwd: folder,
        before: () => {
          rmSync(out, { recursive: true, force: true });
        },
      },
      { name: "lockstep, no change", args: generate(unchanged), cwd: folder },
    ],
    rounds,
  );
  print(path.basename(document), results, "openapi-typescript");
  rmSync(folder, { recursive: true });
}

/** 1, 2, 4 and 8 copies of the document in one: time over size should stay level. */
async function growth(document: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-growth-"));
  // A document that `generate` accepts is an object.
  const source = JSON.parse(readFileSync(document, "utf8")) as JsonObject;
  const commands = [1, 2, 4, 8].map((copies) => {
    const file = path.join(folder, `${String(copies)}x.json`);
    const out = path.join(folder, `out-${String(copies)}`);
    writeFileSync(file, JSON.stringify(multiply(source, copies)));
    mkdirSync(out);
    return {
      name: `${String(copies)}x`,
      args: [lockstep, "generate", file, "--out", out],
      cwd: folder,
      before: () => {
        rmSync(out, { recursive: true, force: true });
      },
    };
  });
  print(`growth of ${path.basename(document)}`, await compare(commands, rounds), "1x");
  rmSync(folder, { recursive: true });
}

/** Copies of all paths and schemas under names of their own, each copy referring to itself only. */
function multiply(source: JsonObject, copies: number): JsonObject {
  const { paths, components, ...rest } = source;
  const sections = Object.keys(asObject(components)).filter((section) => section !== "securitySchemes");
  const parts = Array.from({ length: copies }, (_, index) => {
    if (index === 0) return { paths: asObject(paths), components: asObject(components) };
    const text = JSON.stringify({ paths, components })
      .replace(
        /"#\/components\/(?!securitySchemes)(\w+)\/([^"/]+)/g,
        `"#/components/$1/Copy${String(index)}_$2`,
      )
      .replace(/"operationId":"/g, `"operationId":"copy${String(index)}/`);
    // It was JSON before the names changed.
    const copy = JSON.parse(text) as { paths: JsonObject; components: JsonObject };
    const rename = (object: JsonObject, prefix: string): JsonObject =>
      Object.fromEntries(Object.entries(object).map(([name, value]) => [prefix + name, value]));
    return {
      paths: rename(copy.paths, `/copy${String(index)}`),
      components: Object.fromEntries(
        sections.map((section) => [
          section,
          rename(asObject(copy.components[section]), `Copy${String(index)}_`),
        ]),
      ),
    };
  });
  const merge = (objects: readonly JsonObject[]): JsonObject =>
    Object.fromEntries(objects.flatMap((object) => Object.entries(object)));
  const merged = Object.fromEntries(
    sections.map((section) => [section, merge(parts.map((part) => asObject(part.components[section])))]),
  );
  return {
    ...rest,
    paths: merge(parts.map((part) => part.paths)),
    components: { ...asObject(components), ...merged },
  };
}

function print(title: string, results: ReadonlyMap<string, Measurement>, baseline: string): void {
  const base = results.get(baseline);
  console.log(`\n${title} (Node ${process.version}, medians of ${String(rounds)})`);
  for (const [name, { wall, cpu, memory }] of results) {
    const ratio = (value: number, of: number | undefined): string => `${(value / (of ?? value)).toFixed(2)}x`;
    console.log(
      `  ${name.padEnd(22)} ${wall.toFixed(2)} s ${ratio(wall, base?.wall)}   cpu ${cpu.toFixed(2)} s ` +
        `${ratio(cpu, base?.cpu)}   ${memory.toFixed(0)} MiB ${ratio(memory, base?.memory)}`,
    );
  }
}
