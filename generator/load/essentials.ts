/** The lint of a document that is about to be generated from: what protects the output, in one pass. */
import { createConfig, lintDocument, type NormalizedProblem } from "@redocly/openapi-core";
import lockstepPlugin, { recommendedRules } from "../rules/plugin.ts";
import { loadPlugin, referenceRuleId } from "./reference-rule.ts";
import type { GuardedResolver, LoadedFile } from "./resolver.ts";

/** Resolves every reference of the document and runs Redocly's structural rule and ours over it. */
export async function essentialProblems(
  root: LoadedFile,
  resolver: GuardedResolver,
): Promise<NormalizedProblem[]> {
  const config = await createConfig({
    plugins: [lockstepPlugin(), loadPlugin],
    rules: { struct: "error", [referenceRuleId]: "error", ...recommendedRules },
  });
  return lintDocument({ document: root.document, externalRefResolver: resolver, config });
}
