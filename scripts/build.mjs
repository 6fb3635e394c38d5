/** Builds what the npm packages ship: compiled ESM with declarations in `dist/` and `runtime/dist/`, and the templates beside their emitters. */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");

const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
// The generator is compiled against what the runtime ships.
for (const folder of [join(root, "runtime"), root]) {
  rmSync(join(folder, "dist"), { recursive: true, force: true });
  const options = { cwd: folder, stdio: "inherit" };
  const { status } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], options);
  if (status !== 0) process.exit(1);
}

// Templates, and the modules whose text is printed into validators, are read where they stand.
for (const path of readdirSync(join(root, "generator"), { recursive: true, encoding: "utf8" })) {
  if (/\.(?:hbs|css|js|svg)$|^validator-library[\\/]\w+[\\/][\w-]+\.ts$/.test(path))
    cpSync(join(root, "generator", path), join(dist, "generator", path));
}

const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
for (const path of Object.values(bin)) chmodSync(join(root, path), 0o755);
