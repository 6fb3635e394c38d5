/** Says that code of the repository is about to run, which a pull request may have changed. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import type { Context } from "../report/terminal.ts";

/** Redocly loads these without being told to. */
const unasked = ["plugin.js", "plugin.cjs", "plugin.mjs"];

/** One line on stderr where the redocly.yaml of the working directory has plugins. */
export function announcePlugins({ cwd, err }: Context): void {
  const plugins = pluginsOf(cwd);
  if (plugins.length === 0) return;
  err.line(`Running the plugins of redocly.yaml: ${plugins.join(", ")} (--no-plugins leaves them out)`);
}

function pluginsOf(cwd: string): string[] {
  const file = join(cwd, "redocly.yaml");
  if (!existsSync(file)) return [];
  const named = configured(file).filter((plugin) => typeof plugin === "string");
  return [...named, ...unasked.filter((name) => existsSync(join(cwd, name)))];
}

function configured(file: string): readonly unknown[] {
  try {
    const content: unknown = load(readFileSync(file, "utf8"), { maxDepth: 50 });
    const isMapping = typeof content === "object" && content !== null && "plugins" in content;
    return isMapping && Array.isArray(content.plugins) ? content.plugins : [];
  } catch {
    // Redocly says what is wrong with it.
    return [];
  }
}
