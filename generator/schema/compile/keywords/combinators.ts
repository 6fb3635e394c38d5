/** Keywords that combine schemas on the same value (core §10.2): `allOf`, `anyOf`, `oneOf`, `not`, `if`. */
import { when } from "../reject.ts";
import { negate } from "../../code/conditions.ts";
import { hiddenNames } from "../../analyse/direction.ts";
import type { Site } from "../site.ts";
import type { Step } from "../../code/steps.ts";
import { isSchema } from "../../analyse/subschemas.ts";
import { test } from "../ok-expression.ts";
import { applyAlternatives } from "./alternatives.ts";
import { branches, isolate, rejectUnless } from "./in-place.ts";

export function applyCombinators(site: Site): Step[] {
  return [
    ...allOfSteps(site),
    ...applyAlternatives(site, "anyOf"),
    ...applyAlternatives(site, "oneOf"),
    ...notSteps(site),
    ...ifSteps(site),
  ];
}

function allOfSteps(site: Site): Step[] {
  const parts = branches(site, "allOf");
  if (parts.length === 0) return [];
  const hidden = hiddenNames(site);
  return parts.flatMap(({ node, nesting }) =>
    isolate(site, (inner) => site.compiler.build({ ...inner, node, nesting, hidden })),
  );
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
  const hidden = hiddenNames(site);
  return isolate(site, (inner) => site.compiler.build({ ...inner, node, hidden, nesting: site.nesting + 1 }));
}
