/** Lockstep's rules as a plugin for Redocly CLI: `plugins: [lockstep-openapi/redocly-plugin]`. */
import type { Oas3Rule, Plugin, UserContext } from "@redocly/openapi-core";
import { registry } from "../diagnostics/registry.ts";
import { assemble, type Assembled } from "./assemble.ts";
import { problemOf } from "./problem.ts";
import { codeOf, ruleIds, rules, type RuleId } from "./rules.ts";
import type { Subject } from "./rule.ts";
import { subjectOf } from "./subject.ts";
import { extendTypes } from "./types.ts";

/** Every rule at its registered severity: what `extends: [lockstep/recommended]` turns on. */
export const recommendedRules: Readonly<Record<string, "error" | "warn">> = Object.fromEntries(
  ruleIds.map((id) => [codeOf(id), registry[codeOf(id)].severity === "error" ? "error" : "warn"]),
);

/** The plugin, as Redocly calls for it. Rule ids are `lockstep/<rule>`. */
export default function lockstepPlugin(): Plugin {
  return {
    id: "lockstep",
    configs: { recommended: { rules: recommendedRules } },
    rules: { oas3: Object.fromEntries(ruleIds.map((id) => [id, redoclyRule(id)])) },
    typeExtension: { oas3: extendTypes },
  };
}

interface Prepared {
  readonly assembled: Assembled;
  readonly subject: Subject;
}

/** One document is prepared once for all rules. Redocly gives every rule the same root object. */
const prepared = new WeakMap<object, Prepared>();

function redoclyRule(id: RuleId): Oas3Rule {
  return () => {
    const schemaRefs = new Set<object>();
    return {
      ref(node, ctx) {
        if (ctx.type.name === "Schema") schemaRefs.add(node);
      },
      Root: {
        leave(root, ctx) {
          const { assembled, subject } = prepare(root, ctx, schemaRefs);
          for (const { pointer, ...complaint } of rules[id](subject)) {
            ctx.report({ ...problemOf(codeOf(id), complaint), location: assembled.locate(pointer) });
          }
        },
      },
    };
  };
}

function prepare(root: object, ctx: UserContext, schemaRefs: ReadonlySet<object>): Prepared {
  let known = prepared.get(root);
  if (known === undefined) {
    const assembled = assemble(root, ctx, schemaRefs);
    known = { assembled, subject: subjectOf(assembled.document) };
    prepared.set(root, known);
  }
  return known;
}
