/**
 * Prepares a release: `npm run release [-- --rehearse] [--out FOLDER]`.
 *
 * It lists everything that forbids a release and stops. Otherwise it builds and packs both packages, checks the files in
 * the tarballs, and writes a bill of materials (CycloneDX) for each package and the checksums of all files. It publishes
 * nothing: its last lines are the commands that do, with provenance (`publishConfig`). A rehearsal skips the demands on
 * the repository. `--out` (default `release/`) must be empty or absent.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const root = join(import.meta.dirname, "..");
const { values } = parseArgs({
  options: { rehearse: { type: "boolean" }, out: { type: "string", default: join(root, "release") } },
});
const out = resolve(values.out);

/** The folder of each package, and what its tarball may hold at its top. */
const packages = [
  {
    folder: join(root, "runtime"),
    top: ["LICENSE", "README.md", "dist", "package.json"],
    // Declarations and compiled modules only.
    allowed: (path) => !path.startsWith("dist/") || /\.(?:js|d\.ts)$/.test(path),
  },
  {
    folder: root,
    top: ["LICENSE", "README.md", "dist", "docs", "package.json", "schemas"],
    // The text of what generated validators contain is read when they are printed.
    allowed: (path) => !/\.ts$/.test(path) || /\.d\.ts$|^dist\/generator\/validator-library\//.test(path),
  },
].map((entry) => ({ ...entry, manifest: readJson(join(entry.folder, "package.json")) }));

const [runtime, generator] = packages;

stopAt([
  ...(values.rehearse ? [] : obstacles()),
  ...(existsSync(out) && readdirSync(out).length > 0 ? [`${values.out} is not empty.`] : []),
]);
mkdirSync(out, { recursive: true });
node(join(root, "scripts/build.mjs"));
const tarballs = packages.map(pack);
stopAt(tarballs.flatMap(({ problems }) => problems));
for (const { manifest } of packages) writeBillOfMaterials(manifest);
writeChecksums();
for (const { filename } of tarballs) console.log(`npm publish ${join(out, filename)}`);

/** What the repository lacks for a release. */
function obstacles() {
  const { version } = generator.manifest;
  const changelog = readFileSync(join(root, "CHANGELOG.md"), "utf8");
  return [
    ...packages
      .filter(({ manifest }) => !manifest.repository?.url)
      .map(
        ({ manifest }) =>
          `${manifest.name}: \`repository\` in its package.json has no address, which provenance is checked against.`,
      ),
    ...(runtime.manifest.version === version &&
    generator.manifest.dependencies[runtime.manifest.name] === version
      ? []
      : [`The generator ${version} must depend on exactly ${version} of ${runtime.manifest.name}.`]),
    ...(changelog.includes(`\n## [${version}]`) ? [] : [`CHANGELOG.md has no section for ${version}.`]),
    ...(git("status", "--porcelain") === "" ? [] : ["The work tree has changes that are not committed."]),
    ...(git("tag", "--list", `v${version}`) === "" ? [] : [`The tag v${version} exists already.`]),
  ];
}

/** Packs what was built. The name of the tarball, and what is wrong with its files. */
function pack({ folder, top, allowed, manifest }) {
  const options = ["--ignore-scripts", "--json", "--pack-destination", out];
  const [{ filename, files }] = JSON.parse(npm(["pack", ...options], folder));
  const paths = new Set(files.map(({ path }) => path));
  const entryPoints = [
    ...JSON.stringify({ bin: manifest.bin, exports: manifest.exports }).matchAll(
      /"(?:\.\/)?(dist\/[^"*]+)"/g,
    ),
  ];
  const problems = [
    ...[...paths]
      .filter((path) => !top.includes(path.split("/")[0]) || !allowed(path))
      .map((path) => `${filename} must not hold ${path}.`),
    ...top
      .filter((name) => ![...paths].some((path) => path.split("/")[0] === name))
      .map((name) => `${filename} lacks ${name}.`),
    ...entryPoints
      .filter(([, path]) => !paths.has(path))
      .map(([, path]) => `${filename} lacks ${path}, an entry point.`),
    ...[...paths]
      .filter((path) => readFileSync(join(folder, path), "utf8").includes(root))
      .map((path) => `${path} in ${filename} names a folder of this machine.`),
  ];
  return { filename, problems };
}

/**
 * Lists the package and everything that it installs; without the time and serial number, which differ in each run. npm
 * lists the whole lock file, because its `--omit dev` also drops what a development dependency needs as well.
 */
function writeBillOfMaterials({ name, version }) {
  const {
    serialNumber: _serial,
    metadata,
    ...bill
  } = JSON.parse(npm(["sbom", "--package-lock-only", "--sbom-format", "cyclonedx"], root));
  const { timestamp: _time, component: repository, ...about } = metadata;
  const components = new Map([repository, ...bill.components].map((one) => [one["bom-ref"], one]));
  const edges = new Map(bill.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  // npm's edges of our own packages include development dependencies and optional peers.
  for (const { manifest } of packages) {
    const ref = `${manifest.name}@${manifest.version}`;
    edges.set(
      ref,
      edges.get(ref).filter((target) => nameOf(target) in (manifest.dependencies ?? {})),
    );
  }
  const own = `${name}@${version}`;
  const reached = new Set([own]);
  // A set that grows while it is walked.
  for (const ref of reached) for (const target of edges.get(ref) ?? []) reached.add(target);
  const installed = [...reached].filter((ref) => ref !== own).sort();
  // npm names the repository and its workspaces after their folders.
  const component = (ref) => ({ ...components.get(ref), name: nameOf(ref) });
  const content = {
    ...bill,
    metadata: { ...about, component: component(own) },
    components: installed.map(component),
    dependencies: [own, ...installed].map((ref) => ({ ref, dependsOn: edges.get(ref) ?? [] })),
  };
  writeFileSync(join(out, `${name}-${version}.cdx.json`), `${JSON.stringify(content, null, 2)}\n`);
}

/** `@scope/name@1.0.0` → `@scope/name`. */
function nameOf(ref) {
  return ref.slice(0, ref.lastIndexOf("@"));
}

function writeChecksums() {
  const lines = readdirSync(out)
    .sort()
    .map(
      (name) =>
        `${createHash("sha256")
          .update(readFileSync(join(out, name)))
          .digest("hex")}  ${name}\n`,
    );
  writeFileSync(join(out, "SHA256SUMS"), lines.join(""));
}

function stopAt(problems) {
  if (problems.length === 0) return;
  for (const problem of problems) console.error(problem);
  console.error("Nothing was released.");
  process.exit(1);
}

function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

function git(...args) {
  return execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
}

/** npm's output; its own file is run by Node, because Windows starts no `npm.cmd` without a shell. */
function npm(args, cwd) {
  const program = process.env.npm_execpath;
  const options = { cwd, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 };
  return program !== undefined && existsSync(program)
    ? execFileSync(process.execPath, [program, ...args], options)
    : execFileSync("npm", args, options);
}

function node(script) {
  execFileSync(process.execPath, [script], { stdio: "inherit" });
}
