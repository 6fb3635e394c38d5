/**
 * The client beside bare openapi-fetch: bundle size, and calls per second without a network, interleaved. Run it with
 * `node --conditions=lockstep-source --import tsx bench/client/client.ts`.
 */
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { build } from "esbuild";
import createFetchClient from "openapi-fetch";
import { createClient } from "../../generated/client.ts";
import type { paths } from "../../generated/types.ts";

const root = join(import.meta.dirname, "../..");
const rounds = 9;
const callsPerRound = 2000;

const bundles: Readonly<Record<string, string>> = {
  "openapi-fetch": 'import create from "openapi-fetch"; console.log(create({}));',
  "the runtime":
    'import { buildClient } from "lockstep-openapi/client"; console.log(buildClient({ schemes: {} }, [], {}));',
  "one operation":
    'import { createClientOf } from "./generated/client.ts"; import { getBroadcast } from "./generated/client/operations.ts"; console.log(createClientOf([getBroadcast]));',
  "all operations": 'import { createClient } from "./generated/client.ts"; console.log(createClient());',
  "all, with response validation":
    'import { createClient } from "./generated/client.ts"; import { validateResponses } from "./generated/client/responses.ts"; console.log(createClient({ validation: validateResponses("always") }));',
};

for (const [name, contents] of Object.entries(bundles)) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    platform: "browser",
    conditions: ["lockstep-source"],
    write: false,
  });
  const bytes = outputFiles[0]?.contents ?? new Uint8Array();
  console.log(`${name}: ${bytes.length} B minified, ${gzipSync(bytes, { level: 9 }).length} B gzip`);
}

const id = "7d9c1f0e-52a4-4c8e-b1b7-0a6f4f2e93d1";
const baseUrl = "http://localhost";
const init = { params: { path: { id } } };
const answers = {
  "a success": () => Response.json({ id, name: "n", status: "Sent" }),
  "a declared error": () => Response.json({ error: "not_found", message: "m" }, { status: 404 }),
};

for (const [name, answer] of Object.entries(answers)) {
  const fetch = (): Promise<Response> => Promise.resolve(answer());
  const bare = createFetchClient<paths>({ baseUrl, fetch });
  const ours = createClient({ baseUrl, fetch, auth: { apiKey: "k" } });
  const contenders = {
    "openapi-fetch": () => bare.GET("/broadcasts/{id}", init),
    lockstep: () => ours.broadcasts.get(init),
  };
  const rates: Record<keyof typeof contenders, number[]> = { "openapi-fetch": [], lockstep: [] };
  for (let round = 0; round < rounds; round++) {
    for (const contender of ["openapi-fetch", "lockstep"] as const) {
      const start = performance.now();
      for (let call = 0; call < callsPerRound; call++) await contenders[contender]();
      rates[contender].push((callsPerRound / (performance.now() - start)) * 1000);
    }
  }
  const [theirs, own] = [median(rates["openapi-fetch"]), median(rates.lockstep)];
  console.log(
    `${name}: openapi-fetch ${Math.round(theirs)}/s, lockstep ${Math.round(own)}/s, ratio ${(own / theirs).toFixed(2)}`,
  );
}
console.log("hey-api and orval are not measured: their generators do not run on Node 20.");

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
