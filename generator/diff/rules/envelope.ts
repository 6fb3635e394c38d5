/** The shape that all errors share: where its members sit, what they hold, how it is labelled. */
import { asObject, type JsonObject } from "../../json/json.ts";
import { followRefs, resolvePointer } from "../../json/pointer.ts";
import type { ApiModel, ErrorEnvelope, Pointer } from "../../model/api-model.ts";
import type { Counterexample } from "../change.ts";
import type { Rule, RuleDraft } from "../rule.ts";
import type { RuleName } from "../rule-table.ts";
import { compareSchemas, type SchemaComparison } from "../schema/compare.ts";
import type { FieldChange } from "../schema/difference.ts";
import type { Closures } from "../schema/same.ts";
import type { SchemaSide } from "../schema/side.ts";
import { listed, quoted } from "../wording.ts";

const members = ["code", "message", "details", "status"] as const;

export const envelope: Rule = ({ base, revision, closures }) => {
  const before = base.errors.envelope;
  const after = revision.errors.envelope;
  if (before === undefined) return [];
  const at = { subject: "envelope", base: before.schema ?? "", revision: after?.schema ?? "" };
  if (after === undefined) {
    return [{ ...at, rule: "envelope-lost", message: "The document has no common error envelope any more." }];
  }
  const moved = members.flatMap((member) => {
    const [from, to] = [before[member]?.join("."), after[member]?.join(".")];
    return from === undefined || to === undefined || from === to
      ? []
      : [`the ${member} from \`${from}\` to \`${to}\``];
  });
  const drafts: RuleDraft[] = [];
  if (moved.length > 0) {
    drafts.push({
      ...at,
      rule: "envelope-moved",
      message: `The error envelope moved ${moved.join(", and ")}.`,
    });
  }
  if (before.mediaType !== after.mediaType) {
    const message = `Errors travel as ${quoted(after.mediaType)}, no longer as ${quoted(before.mediaType)}.`;
    drafts.push({ ...at, rule: "envelope-media-type-changed", message });
  }
  // Where members have moved, every comparison of members would say the same again.
  return moved.length > 0 ? drafts : [...drafts, ...compareMembers(base, revision, closures, at)];
};

function compareMembers(
  base: ApiModel,
  revision: ApiModel,
  closures: Closures,
  at: { subject: string; base: Pointer; revision: Pointer },
): RuleDraft[] {
  const [sideA, sideB] = [envelopeSide(base), envelopeSide(revision)];
  if (sideA === undefined || sideB === undefined) return [];
  const comparison = compareSchemas(sideA, sideB, closures);
  const byRule = new Map<RuleName, string[]>();
  for (const { kind, path } of comparison.fields) {
    const rule = ruleOf[kind];
    byRule.set(rule, [...(byRule.get(rule) ?? []), path]);
  }
  return [...byRule].map(([rule, paths]) => ({
    ...at,
    rule,
    message: sentence(rule, paths),
    ...counterexampleOf(rule, comparison),
  }));
}

const ruleOf: Readonly<Record<FieldChange, RuleName>> = {
  removed: "envelope-member-removed",
  optional: "envelope-member-removed",
  added: "envelope-member-added",
  required: "envelope-member-added",
  "type-changed": "envelope-member-changed",
  widened: "envelope-member-changed",
  loosened: "envelope-member-changed",
  unexpected: "envelope-member-added",
  ignored: "envelope-member-removed",
  "default-changed": "envelope-changed",
  deprecated: "envelope-changed",
  narrowed: "envelope-member-narrowed",
  changed: "envelope-changed",
};

function sentence(rule: RuleName, paths: readonly string[]): string {
  const names = paths.filter((path) => path !== "");
  const what = names.length === 0 ? "The error envelope" : `${listed(names)} of the error envelope`;
  switch (rule) {
    case "envelope-member-removed":
      return `${what} can no longer be relied on.`;
    case "envelope-member-added":
      return `${what} is new, or always there now.`;
    case "envelope-member-narrowed":
      return `${what} no longer may hold values that could be there before.`;
    case "envelope-changed":
      return `${what} changed in a way that can be neither proved nor refuted.`;
    default:
      return `${what} holds other values than before.`;
  }
}

function counterexampleOf(
  rule: RuleName,
  { newlyAllowed, noLongerAllowed }: SchemaComparison,
): { readonly counterexample?: Counterexample } {
  const isNarrowed = rule === "envelope-member-narrowed";
  const body = isNarrowed ? noLongerAllowed : newlyAllowed;
  if (body === undefined) return {};
  const acceptedBy = isNarrowed ? "base" : "revision";
  return { counterexample: { kind: "response", acceptedBy, title: "error body", message: { body } } };
}

/**
 * The envelope's schema with the code as any string and the details as anything: codes and details have rules of
 * their own.
 */
function envelopeSide(model: ApiModel): SchemaSide | undefined {
  const { envelope: found } = model.errors;
  if (found?.schema === undefined) return undefined;
  const schema = resolvePointer(model.document, found.schema);
  if (schema === undefined) return undefined;
  return { document: model.document, schema: loosen(asObject(schema), found, model.document) };
}

function loosen(schema: JsonObject, found: ErrorEnvelope, document: JsonObject): JsonObject {
  const paths: readonly (readonly [path: readonly string[] | undefined, any: JsonObject | true])[] = [
    [found.code, { type: "string" }],
    [found.details, true],
  ];
  return paths.reduce<JsonObject>(
    (result, [path, value]) => (path === undefined ? result : replaceAt(result, path, value, document)),
    schema,
  );
}

/** Replaces the schema of the member at `path`, wherever `properties` names it along references. */
function replaceAt(
  schema: JsonObject,
  path: readonly string[],
  value: JsonObject | true,
  document: JsonObject,
): JsonObject {
  const [step, ...rest] = path;
  if (step === undefined) return schema;
  const target = asObject(followRefs(document, schema, "").value);
  const properties = asObject(target["properties"]);
  if (!Object.hasOwn(properties, step)) return target;
  const inner = rest.length === 0 ? value : replaceAt(asObject(properties[step]), rest, value, document);
  return { ...target, properties: { ...properties, [step]: inner } };
}
