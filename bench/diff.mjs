/** Compares a document with itself after some edits, and the time with that of one `generate`. Usage: `node bench/diff.mjs DOCUMENT.json [EDITS]` */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const [document, edits = "20"] = process.argv.slice(2);
if (document === undefined) throw new Error("usage: node bench/diff.mjs DOCUMENT.json [EDITS]");
const cli = resolve(import.meta.dirname, "../dist/generator/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "lockstep-bench-"));
try {
  const revision = JSON.parse(readFileSync(document, "utf8"));
  edit(revision, Number(edits));
  writeFileSync(join(folder, "revision.json"), JSON.stringify(revision, null, 2));
  const rounds = [0, 1, 2].map(() => ({
    generate: run(["generate", resolve(document), "--out", join(folder, "out"), "--force"]),
    diff: run(["diff", resolve(document), join(folder, "revision.json"), "--fail-on", "none"]),
    own: run([
      "diff",
      resolve(document),
      join(folder, "revision.json"),
      "--fail-on",
      "none",
      "--engine",
      "none",
    ]),
  }));
  for (const name of ["generate", "diff", "own"]) {
    const times = rounds.map((round) => round[name]).sort((a, b) => a - b);
    console.log(`${name.padEnd(8)} median ${times[1].toFixed(2)} s`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Drops error responses, requires parameters and changes types, spread over the document. */
function edit(revision, count) {
  const operations = Object.values(revision.paths).flatMap((item) =>
    Object.values(item).filter((one) => one?.responses),
  );
  const step = Math.max(1, Math.floor(operations.length / count));
  for (let index = 0; index < count; index++) {
    const operation = operations[(index * step) % operations.length];
    if (index % 3 === 0) for (const status of ["404", "default", "422"]) delete operation.responses[status];
    else if (index % 3 === 1)
      operation.parameters = [
        ...(operation.parameters ?? []),
        { name: `q${index}`, in: "query", required: true, schema: { type: "string" } },
      ];
    else operation.operationId = `${operation.operationId ?? "op"}-${index}`;
  }
}

function run(args) {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`lockstep ${args.join(" ")} ended with ${status}: ${stderr.slice(-500)}`);
  return (performance.now() - began) / 1000;
}
