/**
 * Builds what the npm packages ship. The runtime is compiled module by module, with declarations. The generator is
 * bundled, because loading hundreds of modules takes as long as small documents do: each entry below is a file of its
 * own, shared code is in `dist/chunks`, dependencies stay packages, and templates stand beside their emitters.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");

/** The command, what package.json exports, and the modules that run in a thread or process of their own. */
const entries = [
  "generator/cli/main.ts",
  "generator/redocly-plugin/plugin.ts",
  "generator/cli/generate/emit-worker.ts",
  "generator/cli/docs/yaml-worker.ts",
  "generator/cli/lint/child.ts",
];

const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
// The generator is bundled against what the runtime ships.
for (const folder of [join(root, "runtime"), root]) {
  rmSync(join(folder, "dist"), { recursive: true, force: true });
  const options = { cwd: folder, stdio: "inherit" };
  const { status } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], options);
  if (status !== 0) process.exit(1);
}

await build({
  absWorkingDir: root,
  entryPoints: entries,
  outbase: root,
  outdir: dist,
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  packages: "external",
  logLevel: "warning",
});

// Templates, and the modules whose text is printed into validators, are read where they stand.
for (const path of readdirSync(join(root, "generator"), { recursive: true, encoding: "utf8" })) {
  if (/\.(?:hbs|css|js|svg)$|^validator-library[\\/]\w+[\\/][\w-]+\.ts$/.test(path))
    cpSync(join(root, "generator", path), join(dist, "generator", path));
}

const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
for (const path of Object.values(bin)) chmodSync(join(root, path), 0o755);
