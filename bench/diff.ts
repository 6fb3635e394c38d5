/**
 * `lockstep diff` of a document with itself after some edits, beside one `lockstep generate` of it.
 *
 *     npm run build && npm run bench -- diff [--rounds N] [--edits N] DOCUMENT.json…
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Json, JsonObject } from "../generator/json/json.ts";
import { asArray, asObject, isObject } from "../generator/json/json.ts";
import { compare } from "./processes.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "5" }, edits: { type: "string", default: "20" } },
});
const lockstep = path.resolve(import.meta.dirname, "../dist/generator/cli/main.js");

for (const document of positionals) await beside(path.resolve(document));

async function beside(document: string): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-diff-"));
  const revision = path.join(folder, "revision.json");
  const out = path.join(folder, "out");
  const diff = [lockstep, "diff", document, revision, "--fail-on", "none"];
  // A document that `generate` accepts is an object.
  const source = JSON.parse(readFileSync(document, "utf8")) as JsonObject;
  writeFileSync(revision, JSON.stringify(edited(source, Number(values.edits)), null, 2));
  const results = await compare(
    [
      {
        name: "lockstep generate",
        args: [lockstep, "generate", document, "--out", out],
        cwd: folder,
        before: () => {
          rmSync(out, { recursive: true, force: true });
        },
      },
      { name: "lockstep diff", args: diff, cwd: folder },
      { name: "lockstep diff, itself", args: [lockstep, "diff", document, document], cwd: folder },
    ],
    Number(values.rounds),
  );
  const base = results.get("lockstep generate")?.wall ?? Number.NaN;
  console.log(
    `\n${path.basename(document)}, ${values.edits} edits (Node ${process.version}, medians of ${values.rounds})`,
  );
  for (const [name, { wall, cpu, memory }] of results) {
    console.log(
      `  ${name.padEnd(22)} ${wall.toFixed(2)} s ${(wall / base).toFixed(2)}x   cpu ${cpu.toFixed(2)} s   ${memory.toFixed(0)} MiB`,
    );
  }
  rmSync(folder, { recursive: true });
}

/** A copy in which every n-th operation has lost error responses, gained a required parameter or another name. */
function edited(source: JsonObject, count: number): JsonObject {
  const places = Object.entries(asObject(source["paths"])).flatMap(([name, item]) =>
    Object.entries(asObject(item))
      .filter(([, operation]) => isObject(operation) && isObject(operation["responses"]))
      .map(([method]) => `${method} ${name}`),
  );
  const step = Math.max(1, Math.floor(places.length / count));
  const chosen = new Map(
    Array.from({ length: count }, (_, index) => [places[(index * step) % places.length], index] as const),
  );
  const paths = mapMembers(asObject(source["paths"]), (item, name) =>
    mapMembers(asObject(item), (operation, method) => {
      const index = chosen.get(`${method} ${name}`);
      return index === undefined ? operation : editOperation(asObject(operation), index);
    }),
  );
  return { ...source, paths };
}

function editOperation(operation: JsonObject, index: number): JsonObject {
  if (index % 3 === 0) {
    const kept = Object.entries(asObject(operation["responses"])).filter(
      ([status]) => !["404", "default", "422"].includes(status),
    );
    return { ...operation, responses: Object.fromEntries(kept) };
  }
  if (index % 3 === 1) {
    const added = { name: `q${String(index)}`, in: "query", required: true, schema: { type: "string" } };
    return { ...operation, parameters: [...asArray(operation["parameters"]), added] };
  }
  return { ...operation, operationId: `edited-${String(index)}` };
}

function mapMembers(node: JsonObject, map: (value: Json, name: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, map(value, name)]));
}
