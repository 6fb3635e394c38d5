/** What keywords that apply schemas to the same value have in common. */
import { isArray } from "../../../json/json.ts";
import { reject } from "../reject.ts";
import { negate } from "../../code/conditions.ts";
import type { SchemaSite, Site } from "../site.ts";
import type { Step } from "../../code/steps.ts";
import { isSchema } from "../../analyse/subschemas.ts";

/** The schemas in a list keyword, each applied to the same value. */
export function branches(site: Site, keyword: string): SchemaSite[] {
  const list = site.schema[keyword];
  if (list === undefined) return [];
  if (!isArray(list) || list.length === 0) {
    site.compiler.unsupported(site.node, keyword, `\`${keyword}\` is not a list of schemas`);
    return [];
  }
  return list.flatMap((schema, index) => {
    if (!isSchema(schema)) return [];
    const node = site.compiler.store.child(site.node, schema, keyword, index);
    return [{ ...site, node, hidden: undefined, nesting: site.nesting + 1 }];
  });
}

/**
 * Lets steps look at the value through a variable of their own: after a test, TypeScript would hold the value for what
 * the test let through, and refuse what the next schema asks of it. Needless where only one type is left, or no other
 * schema applies.
 */
export function isolate(site: Site, steps: (inner: Site) => Step[]): Step[] {
  if ((site.known & (site.known - 1)) === 0 || isOnly(site)) return steps(site);
  const value = site.names.fresh("same");
  const inner = steps({ ...site, value });
  return inner.length === 0
    ? []
    : [{ kind: "let", name: value, type: "unknown", value: site.value }, ...inner];
}

const inPlace = [
  "$ref",
  "$dynamicRef",
  "allOf",
  "anyOf",
  "oneOf",
  "not",
  "if",
  "dependentSchemas",
  "dependencies",
];
const afterwards = ["unevaluatedItems", "unevaluatedProperties"];

/** True if nothing else tests the same value after this. */
function isOnly({ schema }: Site): boolean {
  const others = [...inPlace, ...afterwards].filter((keyword) => schema[keyword] !== undefined);
  const parts = schema["allOf"];
  return others.length === 1 && !(isArray(parts) && parts.length > 1);
}

/** Rejects where the expression is false. Held in a `boolean` first unless it only calls, so that nothing is narrowed. */
export function rejectUnless(site: Site, expression: string, rule: string): Step[] {
  if (expression === "true") return [];
  if (expression === "false") return [reject(site, "true", rule)];
  if (!expression.includes("typeof") && !expression.includes("="))
    return [reject(site, negate(expression), rule)];
  const matches = site.names.fresh("matches");
  return [
    { kind: "let", name: matches, type: "boolean", value: expression },
    reject(site, `!${matches}`, rule),
  ];
}
