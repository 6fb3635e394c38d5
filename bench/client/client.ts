/**
 * The client beside others: bundle size, and processor time per call, in memory and to a server on this machine.
 *
 *     npm run bench -- client [--rounds N] [--calls N]
 *
 * `--peers FOLDER [--peers-node PATH]` measures hey-api and orval too, see peers.ts. Rounds are interleaved, medians are
 * printed, ratios are to openapi-fetch. What a compiler needs for each is measured by compile.ts.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { installPeers } from "./peers.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "9" },
    calls: { type: "string", default: "1000" },
    peers: { type: "string" },
    "peers-node": { type: "string", default: process.execPath },
  },
});
const rounds = Number(values.rounds);
const callsPerRound = Number(values.calls);
const root = path.resolve(import.meta.dirname, "../..");
const generated = path.join(root, "generated").replaceAll("\\", "/");
const known = "7d9c1f0e-52a4-4c8e-b1b7-0a6f4f2e93d1";
const unknown = "00000000-0000-4000-8000-000000000000";

/** Answers at once, from another process: only the client's time counts. */
const serverScript = `
const send = (response, status, body) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
require("node:http").createServer((request, response) => request.url.endsWith("${known}")
  ? send(response, 200, { id: "${known}", name: "n", status: "Sent" })
  : send(response, 404, { error: "not_found", message: "m" })
).listen(0, "127.0.0.1", function () { console.log(this.address().port); });`;

/** Programs: `one` exports a call of one operation, `all` holds every operation. */
interface Contender {
  readonly one: string;
  readonly all: string;
}

/** Parts of ours, to see what they cost. */
const parts: Readonly<Record<string, string>> = {
  "lockstep's runtime alone":
    'import { buildClient } from "lockstep-openapi-runtime/client"; export const client = buildClient({ schemes: {} }, [], {});',
  "lockstep, all with response validation": `import { createClient } from "${generated}/client.ts";
    import { validateResponses } from "${generated}/client/responses.ts";
    export const client = createClient({ validation: validateResponses("always") });`,
};

const folder = mkdtempSync(path.join(tmpdir(), "bench-client-"));
const server = spawn(process.execPath, ["-e", serverScript], { stdio: ["ignore", "pipe", "inherit"] });
try {
  const [port] = (await once(server.stdout, "data")) as [Buffer]; // what the script above prints
  const baseUrl = `http://127.0.0.1:${port.toString().trim()}`;
  const contenders = contendersAt(baseUrl);
  for (const [name, { one, all }] of contenders)
    console.log(`${name}: one operation ${await size(one)}, all ${await size(all)}`);
  for (const [name, source] of Object.entries(parts)) console.log(`${name}: ${await size(source)}`);
  for (const place of ["in memory", "local server"] as const) await compareCalls(contenders, place);
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}

function contendersAt(baseUrl: string): ReadonlyMap<string, Contender> {
  const options = `{ baseUrl: "${baseUrl}", auth: { apiKey: "k" } }`;
  const bare = `import create from "openapi-fetch"; const client = create({ baseUrl: "${baseUrl}" });
    export const call = (id) => client.GET("/broadcasts/{id}", { params: { path: { id } } });`;
  const contenders = new Map<string, Contender>([
    ["openapi-fetch", { one: bare, all: bare }],
    [
      "lockstep",
      {
        one: `import { createClientOf } from "${generated}/client.ts";
          import { getBroadcast } from "${generated}/client/operations.ts";
          const client = createClientOf([getBroadcast], ${options});
          export const call = (id) => client.broadcasts.get({ params: { path: { id } } });`,
        all: `import { createClient } from "${generated}/client.ts"; export const client = createClient(${options});`,
      },
    ],
  ]);
  if (values.peers === undefined) return contenders;
  const document = path.join(root, "generated/openapi.yaml");
  const settings = { peers: path.resolve(values.peers), node: values["peers-node"], baseUrl };
  const peers: Record<string, Contender> = {
    "hey-api": {
      one: `import { getBroadcast } from "./hey-api/sdk.gen"; import { client } from "./hey-api/client.gen";
        client.setConfig({ baseUrl: "${baseUrl}" }); export const call = (id) => getBroadcast({ path: { id } });`,
      all: 'export * from "./hey-api/sdk.gen"; export { client } from "./hey-api/client.gen";',
    },
    orval: {
      one: 'export { getBroadcast as call } from "./orval/api";',
      all: 'export * from "./orval/api";',
    },
  };
  for (const { name, version } of installPeers(folder, document, settings)) {
    const peer = peers[name];
    if (peer !== undefined) contenders.set(`${name} ${version}`, peer);
  }
  return contenders;
}

async function bundle(contents: string, resolveDir: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir, loader: "ts" },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    platform: "browser",
    conditions: ["lockstep-source"],
    nodePaths: [path.join(root, "node_modules")],
    write: false,
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

async function size(contents: string): Promise<string> {
  // Our own package is found from inside it, generated clients where they lie.
  const bytes = await bundle(contents, contents.includes("lockstep-openapi") ? root : folder);
  return `${String(bytes.length)} B minified, ${String(gzipSync(bytes, { level: 9 }).length)} B gzip`;
}

type Call = (id: string) => Promise<unknown>;

async function compareCalls(contenders: ReadonlyMap<string, Contender>, place: string): Promise<void> {
  const real = globalThis.fetch;
  if (place === "in memory") globalThis.fetch = respondInMemory;
  const calls = new Map<string, Call>();
  for (const [name, { one }] of contenders) {
    const file = path.join(folder, `${place}-${name}.mjs`.replaceAll(/[ /]/g, "-"));
    writeFileSync(file, await bundle(one, folder));
    // The programs above export it.
    const { call } = (await import(pathToFileURL(file).href)) as { call: Call };
    calls.set(name, call);
  }
  for (const [answer, id] of [
    ["success", known],
    ["declared error", unknown],
  ] as const) {
    const costs = await measure(calls, id);
    const base = costs.get("openapi-fetch") ?? Number.NaN;
    for (const [name, cost] of costs) {
      const rate = Math.round(1e6 / cost);
      console.log(
        `${place}, ${answer}: ${name} ${cost.toFixed(1)} µs, ${String(rate)}/s, ratio ${(base / cost).toFixed(2)}`,
      );
    }
  }
  globalThis.fetch = real;
}

/** Microseconds of processor time per call. */
async function measure(calls: ReadonlyMap<string, Call>, id: string): Promise<Map<string, number>> {
  const costs = new Map([...calls.keys()].map((name): [string, number[]] => [name, []]));
  for (let round = -2; round < rounds; round++) {
    for (const [name, call] of calls) {
      const before = process.cpuUsage();
      for (let count = 0; count < callsPerRound; count++) await call(id);
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) costs.get(name)?.push((user + system) / callsPerRound);
    }
  }
  return new Map([...costs].map(([name, all]) => [name, median(all)]));
}

function respondInMemory(input: string | URL | Request): Promise<Response> {
  const url = input instanceof Request ? input.url : String(input);
  return Promise.resolve(
    url.endsWith(known)
      ? Response.json({ id: known, name: "n", status: "Sent" })
      : Response.json({ error: "not_found", message: "m" }, { status: 404 }),
  );
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
