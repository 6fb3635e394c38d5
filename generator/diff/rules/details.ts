/** What travels in `details`, code by code: fields that go, come, change, and which side refuses whose responses. */
import { isObject, type Json, type JsonObject } from "../../json/json.ts";
import { followRefs, joinPointer, resolvePointer } from "../../json/pointer.ts";
import type { ApiModel, ErrorCode } from "../../model/api-model.ts";
import type { Counterexample } from "../change.ts";
import type { CodePair, ModelPair } from "../pair.ts";
import type { Rule, RuleDraft } from "../rule.ts";
import type { RuleName } from "../rule-table.ts";
import type { FieldChange } from "../schema/difference.ts";
import { asserts } from "../schema/keywords.ts";
import { canonicalText } from "../schema/side.ts";
import { compareSchemas, type SchemaComparison } from "../schema/compare.ts";
import { inOperations, listed, quoted } from "../wording.ts";
import { wireBody } from "../error-body.ts";

export const details: Rule = (pair) => {
  const memory = new Map<string, SchemaComparison>();
  return pair.codes.flatMap((codes) => compareDetails(pair, codes, memory));
};

function compareDetails(
  pair: ModelPair,
  codes: CodePair,
  memory: Map<string, SchemaComparison>,
): RuleDraft[] {
  const [before, after] = [codes.base.details, codes.revision.details];
  const at: Place = {
    subject: codes.base.code,
    operations: codes.revision.operations,
    base: before?.pointer ?? codes.base.pointer,
    revision: after?.pointer ?? codes.revision.pointer,
  };
  const found = presence(codes);
  const drafts = found === undefined ? [] : [presenceDraft(pair, codes, at, found)];
  if (before === undefined || after === undefined) return drafts;
  return [...drafts, ...fields(pair, codes, at, schemasOf(pair, codes, memory))];
}

const presenceVerbs = {
  "details-added": "has details now",
  "details-removed": "has no details any more",
  "details-optional": "has details that are no longer always there",
  "details-required": "has details that are always there now",
} as const satisfies Partial<Record<RuleName, string>>;

function presence({ base, revision }: CodePair): keyof typeof presenceVerbs | undefined {
  const [before, after] = [base.details, revision.details];
  if (before === undefined) return after === undefined ? undefined : "details-added";
  if (after === undefined) return "details-removed";
  if (before.required === after.required) return undefined;
  return after.required ? "details-required" : "details-optional";
}

function presenceDraft(
  pair: ModelPair,
  codes: CodePair,
  at: Place,
  rule: keyof typeof presenceVerbs,
): RuleDraft {
  const loses = rule === "details-removed" || rule === "details-optional";
  const counterexample = loses
    ? exampleResponse(pair.revision, codes.revision, "revision", undefined)
    : undefined;
  return {
    ...at,
    rule,
    message: `${quoted(codes.base.code)} ${presenceVerbs[rule]}${inOperations(at.operations)}.`,
    ...(counterexample === undefined ? {} : { counterexample }),
  };
}

interface Place {
  readonly subject: string;
  readonly operations: readonly string[];
  readonly base: string;
  readonly revision: string;
}

/** Codes share details schemas: each pair of schemas is compared once. */
function schemasOf(
  pair: ModelPair,
  { base, revision }: CodePair,
  memory: Map<string, SchemaComparison>,
): SchemaComparison {
  const key = `${base.details?.pointer ?? ""} ${revision.details?.pointer ?? ""}`;
  const known = memory.get(key);
  if (known !== undefined) return known;
  const comparison = compareSchemas(
    { document: pair.base.document, schema: base.details?.schema ?? true },
    { document: pair.revision.document, schema: revision.details?.schema ?? true },
    pair.closures,
  );
  memory.set(key, comparison);
  return comparison;
}

const ruleOf: Readonly<Record<FieldChange, RuleName>> = {
  removed: "details-field-removed",
  added: "details-field-added",
  optional: "details-field-optional",
  required: "details-field-required",
  "type-changed": "details-type-changed",
  widened: "details-widened",
  loosened: "details-widened",
  unexpected: "details-field-added",
  ignored: "details-field-removed",
  "default-changed": "details-changed",
  deprecated: "details-changed",
  narrowed: "details-narrowed",
  changed: "details-changed",
};

/** Rules whose proof is a response that the base allows and the revision refuses. */
const provedBackwards: ReadonlySet<RuleName> = new Set(["details-field-required", "details-narrowed"]);

function fields(pair: ModelPair, codes: CodePair, at: Place, comparison: SchemaComparison): RuleDraft[] {
  const byRule = new Map<RuleName, string[]>();
  for (const { kind, path } of comparison.fields) {
    const rule = ruleOf[kind];
    byRule.set(rule, [...(byRule.get(rule) ?? []), path]);
  }
  return [...byRule].map(([rule, paths]) => {
    const backwards = provedBackwards.has(rule);
    const value = backwards ? comparison.noLongerAllowed : comparison.newlyAllowed;
    const [model, code] = backwards ? [pair.base, codes.base] : [pair.revision, codes.revision];
    const counterexample =
      value === undefined ? undefined : exampleResponse(model, code, backwards ? "base" : "revision", value);
    const path = paths[0] ?? "";
    const base = fieldPointer(pair.base.document, at.base, path);
    const revision = fieldPointer(pair.revision.document, at.revision, path);
    return {
      ...at,
      ...(presenceRules.has(rule) ? { base, revision } : keywordPointers(pair, base, revision)),
      rule,
      message: `${sentence(rule, codes.base.code, paths)}${inOperations(at.operations)}.`,
      ...(counterexample === undefined ? {} : { counterexample }),
    };
  });
}

function sentence(rule: RuleName, code: string, paths: readonly string[]): string {
  const names = paths.filter((path) => path !== "");
  const what = names.length === 0 ? "details" : listed(names.map((path) => `details.${path}`));
  const many = names.length > 1;
  const of = `${what} of ${quoted(code)}`;
  switch (rule) {
    case "details-field-removed":
      return `${of} ${many ? "are" : "is"} gone`;
    case "details-field-added":
      return `${of} ${many ? "are" : "is"} new`;
    case "details-field-optional":
      return `${of} ${many ? "are" : "is"} no longer always there`;
    case "details-field-required":
      return `${of} ${many ? "are" : "is"} always there now`;
    case "details-type-changed":
      return `${of} ${many ? "are" : "is"} of another type`;
    case "details-narrowed":
      return `${of} no longer may hold values that ${many ? "they" : "it"} could hold before`;
    case "details-widened":
      return `${of} may hold values that ${many ? "they" : "it"} could not hold before`;
    default:
      return `${of} changed in a way that can be neither proved nor refuted`;
  }
}

/** Rules about a field that is there or not; all others are about the schema of one. */
const presenceRules: ReadonlySet<RuleName> = new Set([
  "details-field-removed",
  "details-field-added",
  "details-field-optional",
  "details-field-required",
]);

/** Keywords inside one another; schemas that refer to themselves have no end. */
const maxDepth = 16;

/** From two schemas down to the one keyword that differs, as far as it is one. */
function keywordPointers(
  pair: ModelPair,
  base: string,
  revision: string,
  depth = 0,
): { readonly base: string; readonly revision: string } {
  const before = followRefs(pair.base.document, resolvePointer(pair.base.document, base), base);
  const after = followRefs(
    pair.revision.document,
    resolvePointer(pair.revision.document, revision),
    revision,
  );
  const [a, b] = [before.value, after.value];
  if (!isObject(a) || !isObject(b) || depth > maxDepth) return { base, revision };
  const [name, ...others] = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(
    (keyword) => asserts(keyword) && canonicalText(a[keyword] ?? null) !== canonicalText(b[keyword] ?? null),
  );
  // The difference is in the siblings of a reference.
  if (name === undefined) return { base, revision };
  if (others.length > 0) return { base: before.pointer, revision: after.pointer };
  const [inA, inB] = [Object.hasOwn(a, name), Object.hasOwn(b, name)];
  const next = {
    base: inA ? joinPointer(before.pointer, name) : before.pointer,
    revision: inB ? joinPointer(after.pointer, name) : after.pointer,
  };
  return inA && inB ? keywordPointers(pair, next.base, next.revision, depth + 1) : next;
}

/** A whole response of this code with `details`; `undefined` where the document has no example body. */
function exampleResponse(
  model: ApiModel,
  code: ErrorCode,
  side: "base" | "revision",
  value: Json | undefined,
): Counterexample | undefined {
  const body = wireBody(model, code, value);
  if (body === undefined) return undefined;
  const [operation] = code.operations;
  const status = code.statuses[0] ?? "default";
  const message: JsonObject = { status, body };
  return {
    kind: "response",
    acceptedBy: side,
    title: operation === undefined ? `${status} response` : `${status} response of ${operation}`,
    message,
  };
}

/** Where the field `issues[].rule` is declared below `pointer`, as far as references lead there in a straight line. */
function fieldPointer(document: JsonObject, pointer: string, path: string): string {
  let at = pointer;
  for (const step of path.split(/\.|(?=\[\])/).filter((name) => name !== "")) {
    const { value, pointer: target } = followRefs(document, resolvePointer(document, at), at);
    const next = step === "[]" ? joinPointer(target, "items") : joinPointer(target, "properties", step);
    if (value === undefined || resolvePointer(document, next) === undefined) return at;
    at = next;
  }
  return at;
}
