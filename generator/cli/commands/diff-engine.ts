/**
 * Runs the general engine, `redocly diff --format json`, as a child process on two documents in a folder of their own.
 * It is told to keep off the network, and reads nothing but those two files.
 */
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { EngineFailure, readReport, type EngineChange } from "../../diff/engine/redocly.ts";
import { asObject, type Json, type JsonObject } from "../../json/json.ts";

/** Milliseconds; a document of 13 MB takes about four seconds. */
const timeout = 120_000;

/**
 * Compares two documents with the engine that is installed beside this package or in the project at `cwd`.
 * @throws EngineFailure
 */
export async function runRedocly(
  base: JsonObject,
  revision: JsonObject,
  cwd: string,
): Promise<readonly EngineChange[]> {
  const program = findProgram(cwd);
  // A folder without a configuration: the project's cannot change what is said here, and any file, even an empty one,
  // would turn off the rules that the engine has by itself.
  const folder = await mkdtemp(join(tmpdir(), "lockstep-engine-"));
  try {
    await Promise.all([
      writeFile(join(folder, "base.json"), JSON.stringify(base)),
      writeFile(join(folder, "revision.json"), JSON.stringify(revision)),
    ]);
    return readReport(await run(program, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function findProgram(cwd: string): string {
  for (const from of [import.meta.url, join(cwd, "package.json")]) {
    const require = createRequire(from);
    try {
      const manifest = require.resolve("@redocly/cli/package.json");
      // What `require` gives is parsed JSON.
      const bin = asObject(asObject(require(manifest) as Json)["bin"])["redocly"];
      if (typeof bin === "string") return join(dirname(manifest), bin);
    } catch {
      continue;
    }
  }
  throw new EngineFailure("@redocly/cli is not installed");
}

function run(program: string, folder: string): Promise<string> {
  const args = [program, "diff", "base.json", "revision.json", "--format", "json", "--fail-on", "none"];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: {
        ...process.env,
        REDOCLY_TELEMETRY: "off",
        REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
        NO_COLOR: "1",
        NODE_OPTIONS: "",
      },
      stdio: ["ignore", "pipe", "pipe"],
      timeout,
    });
    const chunks: Buffer[] = [];
    let error = "";
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (error = (error + text).slice(-2000)));
    child.on("error", (cause) => {
      reject(new EngineFailure(cause.message));
    });
    child.on("close", (code) => {
      if (chunks.length > 0 && code === 0) resolve(Buffer.concat(chunks).toString("utf8"));
      else reject(new EngineFailure(`@redocly/cli ended with ${code ?? "a signal"}: ${lastLine(error)}`));
    });
  });
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1)?.trim() ?? "";
}
