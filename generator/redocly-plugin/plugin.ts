/** Lockstep's rules as a plugin for Redocly CLI: `plugins: [lockstep-openapi/redocly-plugin]`. */
import type { Location, Oas3Rule, Plugin, UserContext } from "@redocly/openapi-core";
import { registry } from "../diagnostics/registry.ts";
import { asObject, type Json } from "../json/json.ts";
import { assemble, type Assembled } from "../load/assemble.ts";
import { problemOf } from "../lint/problem.ts";
import { codeOf, ruleIds, rules, type RuleId } from "../lint/rules.ts";
import type { Subject } from "../lint/rule.ts";
import { subjectOf } from "../lint/subject.ts";
import { extendTypes } from "../load/vocabulary-types.ts";

/** Every rule at its registered severity: what `extends: [lockstep/recommended]` turns on. */
const recommended: Readonly<Record<string, "error" | "warn">> = Object.fromEntries(
  ruleIds.map((id) => [codeOf(id), registry[codeOf(id)].severity === "error" ? "error" : "warn"]),
);

/** The plugin, as Redocly calls for it. Rule ids are `lockstep/<rule>`. */
export default function lockstepPlugin(): Plugin {
  return {
    id: "lockstep",
    configs: { recommended: { rules: recommended } },
    rules: { oas3: Object.fromEntries(ruleIds.map((id) => [id, redoclyRule(id)])) },
    typeExtension: { oas3: extendTypes },
  };
}

interface Prepared {
  readonly assembled: Assembled<Location>;
  readonly subject: Subject;
}

/** One document is prepared once for all rules. Redocly gives every rule the same root object. */
const prepared = new WeakMap<object, Prepared>();

function redoclyRule(id: RuleId): Oas3Rule {
  return () => {
    return {
      Root: {
        leave(root, ctx) {
          const { assembled, subject } = prepare(root, ctx);
          for (const { pointer, ...finding } of rules[id](subject)) {
            ctx.report({ ...problemOf(codeOf(id), finding), location: assembled.locate(pointer) });
          }
        },
      },
    };
  };
}

function prepare(root: object, ctx: UserContext): Prepared {
  let known = prepared.get(root);
  if (known === undefined) {
    // What Redocly parsed is JSON, or YAML with the few values that JSON does not have; the rules only read it.
    const value = asObject(root as Json & object);
    const assembled = assemble(value, ctx.location, {
      resolve: (ref, from) => resolveIn(ctx, ref, from),
    });
    known = { assembled, subject: subjectOf(assembled.document) };
    prepared.set(root, known);
  }
  return known;
}

function resolveIn(
  ctx: UserContext,
  ref: string,
  from: Location,
): { readonly node: Json; readonly place: Location } | undefined {
  const resolved = ctx.resolve<NonNullable<Json>>({ $ref: ref }, from.source.absoluteRef);
  // A reference with siblings on the way is a composition of its own, and what this reference means.
  const hop = resolved.chain?.[0];
  if (hop !== undefined) return { node: hop.node as Json, place: hop.location }; // As parsed, see above.
  // Redocly gives a place, whatever its types say, where a file exists and the pointer into it leads nowhere.
  const node: Json | undefined = resolved.node;
  return resolved.location === undefined || node === undefined
    ? undefined
    : { node, place: resolved.location };
}
