/** Keywords that combine schemas on the same value (core §10.2): `allOf`, `anyOf`, `oneOf`, `not`, `if`. */
import { isArray } from "../../json/json.ts";
import { build, reject, when } from "../build.ts";
import type { SchemaSite, Site } from "../site.ts";
import { anyOf, negate } from "../conditions.ts";
import type { Step } from "../steps.ts";
import { isSchema } from "../subschemas.ts";
import { test } from "../test.ts";

export function applyCombinators(site: Site): Step[] {
  return [...allOfSteps(site), ...anyOfSteps(site), ...oneOfSteps(site), ...notSteps(site), ...ifSteps(site)];
}

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
    return [{ ...site, node, nesting: site.nesting + 1 }];
  });
}

function allOfSteps(site: Site): Step[] {
  return branches(site, "allOf").flatMap((branch) => build(branch));
}

function anyOfSteps(site: Site): Step[] {
  const tests = branches(site, "anyOf").map(test);
  if (tests.length === 0 || tests.includes("true")) return [];
  return rejectUnless(site, anyOf(tests), "anyOf");
}

function oneOfSteps(site: Site): Step[] {
  const tests = branches(site, "oneOf").map(test);
  if (tests.length === 0) return [];
  const [only = "", second] = tests;
  if (second === undefined) return rejectUnless(site, only, "oneOf");
  const count = tests.map((one) => `Number(${one})`).join(" + ");
  return [reject(site, `${count} !== 1`, "oneOf")];
}

function notSteps(site: Site): Step[] {
  const schema = site.schema["not"];
  if (!isSchema(schema)) return [];
  const node = site.compiler.store.child(site.node, schema, "not");
  return rejectUnless(site, negate(test({ ...site, node })), "not");
}

function ifSteps(site: Site): Step[] {
  const schema = site.schema["if"];
  if (!isSchema(schema)) return [];
  const node = site.compiler.store.child(site.node, schema, "if");
  const then = consequence(site, "then");
  const otherwise = consequence(site, "else");
  if (then.length === 0 && otherwise.length === 0) return [];
  const condition = test({ ...site, node });
  if (condition === "true") return then;
  if (condition === "false") return otherwise;
  const applies = site.names.fresh("applies");
  const held: Step = { kind: "let", name: applies, type: "boolean", value: condition };
  if (then.length === 0) return [held, ...when(`!${applies}`, otherwise)];
  return [held, { kind: "branch", when: applies, then, otherwise }];
}

function consequence(site: Site, keyword: "then" | "else"): Step[] {
  const schema = site.schema[keyword];
  if (!isSchema(schema)) return [];
  const node = site.compiler.store.child(site.node, schema, keyword);
  return build({ ...site, node, nesting: site.nesting + 1 });
}

/** Rejects where the expression is false. Held in a `boolean` first unless it only calls, so that nothing is narrowed. */
function rejectUnless(site: Site, expression: string, rule: string): Step[] {
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
