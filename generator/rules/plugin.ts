/** Lockstep's rules as a plugin for Redocly CLI: `plugins: [lockstep-openapi/redocly-plugin]`. */
import type { Plugin } from "@redocly/openapi-core";

/** Every rule at its registered severity: what `extends: [lockstep/recommended]` turns on. */
export const recommendedRules: Record<string, "error" | "warn"> = {};

/** The plugin, as Redocly calls for it. Rule ids are `lockstep/<rule>`. */
export default function lockstepPlugin(): Plugin {
  return { id: "lockstep", rules: { oas3: {} }, configs: { recommended: { rules: {} } } };
}
