/**
 * Runs a bundled client in other runtimes than Node, by hand, where their programs are installed:
 *
 *     node --conditions=lockstep-source --import tsx test/runtimes/client-runtimes.ts [--bun PATH] [--deno PATH] [--workerd PATH]
 *
 * Node itself is always among them; what the others make of the program is compared with what Node does. Browsers have a
 * test of their own (test/e2e/client-browser.test.ts).
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { createHttpServer } from "lockstep-openapi-runtime/node";
import { bodiesApi } from "../support/bodies-api.ts";
import { startExample } from "../support/example-service.ts";
import { startServer, type Answer } from "../support/scripted-server.ts";
import type { Places } from "./program.ts";

type Outcomes = Readonly<Record<string, string>>;

const { values } = parseArgs({
  options: { bun: { type: "string" }, deno: { type: "string" }, workerd: { type: "string" } },
});
const folder = mkdtempSync(path.join(tmpdir(), "runtimes-"));
const leaked: string[] = [];
const example = await startExample();
const foreign = await startServer((_request, response, { headers }) => {
  if (headers["x-api-key"] !== undefined || headers.authorization !== undefined)
    leaked.push(JSON.stringify(headers));
  response.writeHead(200, { "content-type": "application/json" }).end('{"items":[]}');
});
const tried = new Set<string>();
const scripted = await startServer(misbehave);
const files = createHttpServer(bodiesApi());
await new Promise<void>((resolve) => files.listen(0, "127.0.0.1", resolve));
try {
  // A TCP server has an address object.
  const filesUrl = `http://127.0.0.1:${String((files.address() as AddressInfo).port)}/v1`;
  const places: Places = {
    example: example.url,
    key: example.mine.keys[0]?.key ?? "",
    scripted: scripted.url,
    files: filesUrl,
    closed: `http://127.0.0.1:${String(await freePort())}`,
  };
  const node = await runFile(process.execPath, [], places);
  print(`Node ${process.version}`, node, node);
  if (values.bun !== undefined) print(version(values.bun), await runFile(values.bun, ["run"], places), node);
  if (values.deno !== undefined)
    print(version(values.deno), await runFile(values.deno, ["run", "--allow-all"], places), node);
  if (values.workerd !== undefined)
    print(version(values.workerd), await runWorker(values.workerd, places), node);
  console.log(leaked.length === 0 ? "No credential left its origin." : `LEAKED ${leaked.join()}`);
  if (leaked.length > 0) process.exitCode = 1;
} finally {
  files.close();
  await Promise.all([scripted.close(), foreign.close(), example.close()]);
  rmSync(folder, { recursive: true, force: true });
}

function misbehave(...[, response, { url }]: Parameters<Extract<Answer, (...args: never) => unknown>>): void {
  const behaviour = url.split("/")[1] ?? "";
  const json = { "content-type": "application/json" };
  const first = !tried.delete(behaviour);
  switch (behaviour) {
    case "retry":
      if (!first) return void response.writeHead(200, json).end('{"items":[],"nextPage":null}');
      tried.add(behaviour);
      return void response
        .writeHead(429, { ...json, "retry-after": "1" })
        .end('{"error":"rate_limited","message":"Later."}');
    case "html":
      return void response.writeHead(503, { "content-type": "text/html" }).end("<h1>Down</h1>");
    case "truncated":
      response.writeHead(200, { ...json, "content-length": "100" }).write('{"items":[');
      return void setTimeout(() => response.destroy(), 20);
    case "redirect":
      return void response.writeHead(302, { location: `${foreign.url}/templates` }).end();
    default:
      // Slow: whoever waits is let go when the server closes.
      return;
  }
}

function print(name: string, outcomes: Outcomes, expected: Outcomes): void {
  console.log(name);
  for (const [what, outcome] of Object.entries(outcomes)) {
    const same = outcome === expected[what];
    console.log(`  ${same ? " " : "!"} ${what}: ${outcome}`);
    if (!same) process.exitCode = 1;
  }
}

function version(program: string): string {
  const { stdout } = spawnSync(program, ["--version"], { encoding: "utf8" });
  return `${path.basename(program)} ${stdout.split("\n")[0] ?? ""}`;
}

async function bundle(contents: string, name: string): Promise<string> {
  const outfile = path.join(folder, name);
  await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["lockstep-source", "import"],
    outfile,
  });
  return outfile;
}

async function runFile(program: string, args: readonly string[], places: Places): Promise<Outcomes> {
  const file = await bundle(
    `import { outcomes } from "./program.ts"; console.log(JSON.stringify(await outcomes(${JSON.stringify(places)})));`,
    "program.mjs",
  );
  const child = spawn(program, [...args, file], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  await new Promise((resolve) => child.on("close", resolve));
  // Printed by the program above.
  return JSON.parse(output) as Outcomes;
}

/** workerd runs the program when it is asked for a page. */
async function runWorker(program: string, places: Places): Promise<Outcomes> {
  await bundle(
    `import { outcomes } from "./program.ts";
     export default { fetch: async () => Response.json(await outcomes(${JSON.stringify(places)})) };`,
    "worker.mjs",
  );
  const port = await freePort();
  const config = path.join(folder, "config.capnp");
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${String(port)}", http = (), service = "main")],
);
const main :Workerd.Worker = (modules = [(name = "worker", esModule = embed "worker.mjs")], compatibilityDate = "2025-06-01");
`,
  );
  const child = spawn(program, ["serve", config], { stdio: "inherit" });
  try {
    for (let attempt = 0; ; attempt++) {
      const answer = await fetch(`http://127.0.0.1:${String(port)}/`).catch(() => undefined);
      // Printed by the program above.
      if (answer?.ok === true) return (await answer.json()) as Outcomes;
      if (answer !== undefined || attempt > 50)
        throw new Error(`workerd: ${await (answer?.text() ?? "no response")}`);
      await delay(100);
    }
  } finally {
    child.kill();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server has an address object.
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
