/** The part of `lockstep lint` that is Redocly's: the rules of the project's own redocly.yaml (or `recommended`). */
import { dirname, resolve } from "node:path";
import {
  createConfig,
  findConfig,
  lintDocument as redoclyLint,
  loadConfig as redoclyConfig,
  type Config,
} from "@redocly/openapi-core";
import { diagnose } from "../diagnostics/diagnose.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { isUrl } from "./access.ts";
import type { LoadOptions } from "./load.ts";
import { problemDiagnostic, problemLocation } from "./problems.ts";
import { RedoclyResolver } from "./redocly-resolver.ts";
import { GuardedResolver } from "./resolver.ts";
import { tamePatterns } from "./tame-patterns.ts";

export interface LintOptions extends LoadOptions {
  /** Patterns for which this is false never reach a rule. */
  readonly isLinearPattern: (source: string) => boolean;
  /** Without plugins only the rules of Redocly itself run. */
  readonly plugins?: boolean;
}

export interface LintResult {
  readonly diagnostics: readonly Diagnostic[];
  /** The configuration of Redocly, or where it would be. */
  readonly configPath: string;
}

/**
 * Lints the document at `path`, which has been loaded before: structure and references are not reported again.
 * redocly.yaml is looked for in `options.cwd`, as Redocly CLI does, and its plugins run: it is the project's own code.
 */
export async function lintDocument(path: string, options: LintOptions): Promise<LintResult> {
  const found = findConfig(options.cwd);
  const configPath = found ?? resolve(options.cwd, "redocly.yaml");
  const absolute = isUrl(path) ? path : resolve(options.cwd, path);
  let config: Config;
  try {
    config = await projectConfig(found, absolute, options.plugins !== false);
  } catch (error) {
    const reason = error instanceof Error ? firstLine(error) : "unknown";
    const diagnostic = diagnose("lockstep/redocly-config", `redocly.yaml could not be used: ${reason}`);
    return { diagnostics: [diagnostic], configPath };
  }
  try {
    return { diagnostics: await lintWith(config, absolute, options), configPath };
  } catch (error) {
    return { diagnostics: [ruleFailure(error)], configPath };
  }
}

/** A rule of Redocly's, or of a plugin, that threw: on a document as broken as this, or as deep, or always. */
function ruleFailure(error: unknown): Diagnostic {
  // Redocly's rules follow references by recursion, as our own do not.
  if (error instanceof RangeError) {
    const message = "Redocly's rules cannot follow references this deep.";
    const fix = "Nothing is wrong for Lockstep itself; lint a smaller document, or fewer rules.";
    return { ...diagnose("lockstep/redocly-config", message, { fix }), severity: "warning" };
  }
  const reason = error instanceof Error ? firstLine(error) : "unknown";
  return diagnose("lockstep/redocly-config", `A rule of Redocly's failed on this document: ${reason}`, {
    fix: "Correct what else is reported; a rule that still fails can be turned off in redocly.yaml.",
  });
}

function firstLine({ message }: Error): string {
  return message.split("\n", 1)[0] ?? "";
}

async function lintWith(config: Config, path: string, options: LintOptions): Promise<Diagnostic[]> {
  // Redocly changes what it is given, so the files are read again.
  const files = new GuardedResolver(options, (value) => {
    tamePatterns(value, options.isLinearPattern);
  });
  const externalRefResolver = new RedoclyResolver(files);
  const document = await externalRefResolver.root(path);
  const problems = await redoclyLint({ document, externalRefResolver, config });
  // `load` reports structure and references itself.
  const known = new Set(["struct", "no-unresolved-refs"]);
  return problems
    .filter((problem) => problem.ignored !== true && !known.has(problem.ruleId))
    .map((problem) => problemDiagnostic(problem, problemLocation(problem, files.files)));
}

/** The configuration of the API whose root is this document, or the general one. */
async function projectConfig(
  configPath: string | undefined,
  document: string,
  plugins: boolean,
): Promise<Config> {
  if (configPath === undefined) return createConfig({ extends: ["recommended"] });
  const config = await redoclyConfig({ configPath, ...(plugins ? {} : { skipPluginEval: true }) });
  const apis = Object.entries(config.resolvedConfig.apis ?? {});
  const alias = apis.find(([, api]) => resolve(dirname(configPath), api.root) === document)?.[0];
  return config.forAlias(alias);
}
