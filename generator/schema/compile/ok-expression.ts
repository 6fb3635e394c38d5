/** Asks whether a value is valid against a schema as an expression, for keywords that only need yes or no. */
import { okExpression } from "../print/ok.ts";
import type { SchemaSite } from "./site.ts";

/**
 * An expression that is true where the value is valid. Small schemas are written out, others become functions. It may
 * narrow the variable for TypeScript, so whatever compiles the same value afterwards holds it in a `boolean` first.
 */
export function test(site: SchemaSite): string {
  const { node, compiler } = site;
  if (typeof node.schema === "boolean") return String(node.schema);
  const { $ref } = node.schema;
  if (compiler.isInlined(node) || (typeof $ref === "string" && Object.keys(node.schema).length === 1)) {
    const expression = okExpression(site.compiler.build({ ...site, nesting: 0 }), site.unit.module);
    if (expression !== undefined) return expression;
  }
  const unit = compiler.inline(site.unit, node, site.scope);
  const step = { kind: "delegate", unit, value: site.value, at: site.at } as const;
  return okExpression([step], site.unit.module) ?? "false";
}
