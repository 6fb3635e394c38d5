/** Gets the Redoc of `@redocly/cli build-docs`, as a script that works from any place and asks no other host. */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { diagnose } from "../../diagnostics/diagnose.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { ReferenceBundle } from "../../emit/docs/site.ts";
import { packageFolder } from "../../package/files.ts";

export type Redoc =
  | { readonly bundle: ReferenceBundle; readonly diagnostic?: undefined }
  | { readonly diagnostic: Diagnostic; readonly bundle?: undefined };

/** By executable: the same for every API of a configuration. */
const found = new Map<string, Promise<Redoc>>();

/** Rejects never: what goes wrong is a diagnostic. */
export function findRedoc(cwd: string): Promise<Redoc> {
  const cli = resolveCli(cwd);
  if (cli === undefined) {
    const diagnostic = diagnose("lockstep/docs-redoc", "The package @redocly/cli is not installed.");
    return Promise.resolve({ diagnostic });
  }
  const known = found.get(cli.executable);
  if (known !== undefined) return known;
  const finding = extractRedoc(cli);
  found.set(cli.executable, finding);
  return finding;
}

async function extractRedoc(cli: Cli): Promise<Redoc> {
  const shipped = shippedModule(cli);
  const bundle = shipped === undefined ? undefined : classicScript(shipped);
  return bundle === undefined ? builtRedoc(cli) : { bundle };
}

/**
 * The file that `build-docs --inlineBundle` copies into its page. To start the command for it would cost as much as the
 * rest of a site; but only the command is an interface, so where the file is not there the command is asked.
 */
function shippedModule({ folder }: Cli): string | undefined {
  try {
    const name = readdirSync(join(folder, "lib"), { recursive: true, encoding: "utf8" }).find(
      (path) => basename(path) === "redoc.standalone.js",
    );
    return name === undefined ? undefined : readFileSync(join(folder, "lib", name), "utf8").trim();
  } catch {
    return undefined;
  }
}

/**
 * `build-docs` puts Redoc, its options and the document into one page; only Redoc is of use here, because the site
 * hands over a document of its own. So it runs on an empty one.
 */
async function builtRedoc(cli: Cli): Promise<Redoc> {
  const folder = mkdtempSync(join(tmpdir(), "lockstep-redoc-"));
  try {
    const problem = await buildStub(cli, folder);
    const page = problem === undefined ? readFileSync(join(folder, "page.html"), "utf8") : "";
    const bundle = problem === undefined ? classicScript(inlinedModule(page)) : undefined;
    if (bundle !== undefined) return { bundle };
    const reason = problem ?? "its page does not hold Redoc in the expected form";
    const message = `@redocly/cli ${cli.version} built no page that Lockstep can use: ${reason}.`;
    return { diagnostic: diagnose("lockstep/docs-redoc", message) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Cli {
  readonly folder: string;
  readonly executable: string;
  readonly version: string;
}

/** The project's own, else the one beside this package. */
function resolveCli(cwd: string): Cli | undefined {
  for (const from of [cwd, packageFolder]) {
    try {
      const file = createRequire(join(from, "package.json")).resolve("@redocly/cli/package.json");
      // The package.json of an installed package; its two members are checked by their use.
      const content = JSON.parse(readFileSync(file, "utf8")) as { version: string; bin: { redocly: string } };
      const folder = dirname(file);
      return { folder, executable: join(folder, content.bin.redocly), version: content.version };
    } catch {
      // Not here.
    }
  }
  return undefined;
}

/** What went wrong, in one line; `undefined` when the page is there. */
function buildStub(cli: Cli, folder: string): Promise<string | undefined> {
  const stub = { openapi: "3.1.0", info: { title: "stub", version: "0" }, paths: {} };
  writeFileSync(join(folder, "stub.json"), JSON.stringify(stub));
  writeFileSync(join(folder, "page.hbs"), "{{{redocHTML}}}");
  // A configuration of its own keeps the project's from changing what comes out.
  writeFileSync(join(folder, "redocly.yaml"), "telemetry: off\n");
  const options = [
    "--inlineBundle",
    "--template",
    "page.hbs",
    "--config",
    "redocly.yaml",
    "--output",
    "page.html",
  ];
  const environment = {
    ...process.env,
    REDOCLY_TELEMETRY: "off",
    REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
    CI: "true",
  };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [cli.executable, "build-docs", "stub.json", ...options], {
      cwd: folder,
      env: environment,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let problem = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (problem += text));
    child.on("error", (error) => {
      resolve(error.message);
    });
    child.on("close", (code) => {
      resolve(code === 0 ? undefined : (problem.trim().split("\n").at(-1) ?? `exit code ${String(code)}`));
    });
  });
}

const moduleStart = '<script type="module">';
const definitionStart = "const __redoc_definition";
const exported = /export\s*\{\s*RedocStandalone\s*,\s*hydrate\s*,\s*init\s*\};?\s*$/;

/** What stands between the page's script tag and the document. */
function inlinedModule(page: string): string {
  const start = page.indexOf(moduleStart);
  const end = page.indexOf(definitionStart, start);
  return start < 0 || end < 0 ? "" : page.slice(start + moduleStart.length, end).trim();
}

/**
 * The module as a classic script: browsers load no module from `file:`. Images on another host are left out; telemetry
 * is off by option, and here it has no address either. `undefined` where the module is not of the expected form.
 */
function classicScript(source: string): ReferenceBundle | undefined {
  const version = /Version: (\d[\w.-]*)/.exec(source)?.[1];
  if (version === undefined || !exported.test(source)) return undefined;
  const body = source
    .replace(exported, "")
    .replaceAll("import.meta", "lockstepMeta")
    .replace(/https:\/\/(?:cdn\.redoc\.ly|cdn\.redocly\.com|otel\.cloud\.redocly\.com)/g, "data:,");
  const license = /^\/\*\*[\s\S]*?\*\//.exec(source)?.[0] ?? "";
  const script =
    `${license}\n(()=>{"use strict";const lockstepMeta={url:"",dirname:""};\n${body}\n` +
    "globalThis.lockstepRedoc={init};})();\n";
  return { script, version };
}
