/**
 * Clients of other generators, made for a comparison and not otherwise of this project. They are installed by hand, with a
 * Node that they run on (22.18 or later):
 *
 *     mkdir peers && cd peers && npm install --ignore-scripts @hey-api/openapi-ts@0.99 orval@8 typescript@5.9
 *
 * and named by `--peers FOLDER`, with `--peers-node PATH` where the benchmark itself runs on an older Node.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const packages = { "hey-api": "@hey-api/openapi-ts", orval: "orval" } as const;

export type Peer = keyof typeof packages;

export interface InstalledPeer {
  readonly name: Peer;
  readonly version: string;
}

/** Generates `hey-api/` and `orval/` in `folder`, with fetch and the defaults of each for everything else. */
export function installPeers(
  folder: string,
  document: string,
  { peers, node, baseUrl }: { readonly peers: string; readonly node: string; readonly baseUrl?: string },
): readonly InstalledPeer[] {
  const generated = { input: document, output: { target: "orval/api.ts", client: "fetch", baseUrl } };
  const config = path.join(folder, "orval.config.mjs");
  writeFileSync(config, `export default ${JSON.stringify({ api: generated })};\n`);
  const options: Record<Peer, readonly string[]> = {
    "hey-api": ["-i", document, "-o", path.join(folder, "hey-api"), "--no-log-file"],
    orval: ["--config", config],
  };
  return (["hey-api", "orval"] as const).map((name) => {
    const home = path.join(peers, "node_modules", packages[name]);
    // What npm installed describes itself.
    const { version, bin } = JSON.parse(readFileSync(path.join(home, "package.json"), "utf8")) as {
      version: string;
      bin: Readonly<Record<string, string>>;
    };
    const script = path.join(home, Object.values(bin)[0] ?? "");
    const { status, stdout, stderr } = spawnSync(node, [script, ...options[name]], {
      cwd: folder,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${name}: ${stdout}${stderr}`);
    return { name, version };
  });
}
