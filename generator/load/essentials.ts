/** The lint of a document that is about to be generated from: what protects the output, in one pass. */
import { createConfig, lintDocument, type Config, type NormalizedProblem } from "@redocly/openapi-core";
import lockstepPlugin from "../rules/plugin.ts";
import { loadPlugin, referenceRuleId } from "./reference-rule.ts";
import type { GuardedResolver, LoadedFile } from "./resolver.ts";

/**
 * Redocly's configuration for loading: its structural rule and our check of references. Our other rules run over the
 * bundle; the plugin is there for the types of the vocabulary.
 */
export function loadConfig(): Promise<Config> {
  return createConfig({
    plugins: [lockstepPlugin(), loadPlugin],
    rules: { struct: "error", [referenceRuleId]: "error" },
  });
}

/** Resolves every reference of the document and checks its structure. */
export async function essentialProblems(
  root: LoadedFile,
  resolver: GuardedResolver,
): Promise<NormalizedProblem[]> {
  return lintDocument({ document: root.document, externalRefResolver: resolver, config: await loadConfig() });
}
