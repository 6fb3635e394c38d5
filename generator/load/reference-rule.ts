/** The rule of loading itself: every reference must lead to a value, in a file that may be read. */
import type { Oas3Rule, Plugin } from "@redocly/openapi-core";
import { problemOf, type LockstepProblem } from "../rules/problem.ts";
import { LoadFailure } from "./failure.ts";

const referenceRule: Oas3Rule = () => ({
  ref: {
    leave(node, ctx, resolved) {
      if (resolved.node !== undefined) return;
      ctx.report({ ...unresolved(node.$ref, resolved.error), location: ctx.location.child("$ref") });
    },
  },
  DiscriminatorMapping(mapping, ctx) {
    for (const [name, target] of Object.entries(mapping)) {
      // What has no slash is the name of a schema (OpenAPI 3.1.1 §4.8.25.3), and Redocly does not resolve it.
      if (typeof target !== "string" || !target.includes("/")) continue;
      const resolved = ctx.resolve({ $ref: target });
      if (resolved.node !== undefined) continue;
      ctx.report({ ...unresolved(target, resolved.error), location: ctx.location.child(name) });
    }
  },
});

/** Redocly names the type of errors that its own resolver gives; ours gives `LoadFailure`s. */
function unresolved(ref: string, error: unknown): LockstepProblem {
  if (error instanceof LoadFailure) {
    const { message, fix, location } = error;
    return problemOf(error.code, {
      message,
      ...(fix === undefined ? {} : { fix }),
      ...(location ? { location } : {}),
    });
  }
  return problemOf("lockstep/ref-unresolved", {
    message: `Nothing is at \`${ref}\`, where this reference leads.`,
  });
}

export const referenceRuleId = "lockstep-load/references";

export const loadPlugin: Plugin = { id: "lockstep-load", rules: { oas3: { references: referenceRule } } };
