/** Rule: every entry of `x-error-codes` has the members of the vocabulary, with values of their types. */
import { cataloguePointer, retryPolicies, stages } from "../contract/vocabulary.ts";
import { suggest } from "../diagnostics/suggest.ts";
import { asArray, isArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import { joinPointer, resolvePointer } from "../json/pointer.ts";
import { didYouMean, listOf, quote } from "./wording.ts";
import type { Rule, RuleFinding } from "./rule.ts";

type Check = (value: Json) => string | undefined;

const text: Check = (value) =>
  typeof value === "string" && value.trim() !== "" ? undefined : "must be a text";
/** YAML reads `since: 1.0` as a number; it names a version all the same. */
const version: Check = (value) =>
  typeof value === "string" || typeof value === "number" ? undefined : 'must be a version such as `"1.4.0"`';
const status: Check = (value) =>
  typeof value === "number" && Number.isInteger(value) && value >= 400 && value <= 599
    ? undefined
    : "must be one HTTP status from 400 to 599";
const date: Check = (value) =>
  typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
    ? undefined
    : "must be a date such as `2027-01-31`";
const schemaReference: Check = (value) =>
  isObject(value) && typeof value["$ref"] === "string"
    ? undefined
    : "must be a `$ref` to a schema of its own";

function oneOf(known: readonly string[]): Check {
  return (value) => {
    if (typeof value === "string" && known.includes(value)) return undefined;
    const near = typeof value === "string" ? suggest(value, known) : undefined;
    return `must be one of ${listOf(known)}${near === undefined ? "" : ` (did you mean ${quote(near)}?)`}`;
  };
}

const members: Readonly<Record<string, Check>> = {
  status,
  title: text,
  meaning: text,
  remediation: text,
  message: text,
  "raised-by": (value) => {
    const named = isArray(value) ? value : [value];
    if (named.length === 0) return "must name at least one stage";
    return named.map(oneOf(stages)).find((problem) => problem !== undefined);
  },
  retry: oneOf(retryPolicies),
  "fixed-by": oneOf(["caller", "administrator", "provider"]),
  details: schemaReference,
  since: version,
  deprecated: version,
  sunset: date,
  replacedBy: text,
  retired: version,
  "x-stability": oneOf(["stable", "beta", "experimental"]),
};
const required = ["status", "title", "meaning", "remediation", "message", "raised-by", "retry"] as const;

export const errorCodeEntry: Rule = function* ({ document }) {
  const catalogue = resolvePointer(document, cataloguePointer);
  if (catalogue === undefined) return;
  if (!isObject(catalogue)) {
    yield { pointer: cataloguePointer, message: "`x-error-codes` is not a mapping from codes to entries." };
    return;
  }
  for (const [code, entry] of Object.entries(catalogue)) {
    const pointer = joinPointer(cataloguePointer, code);
    if (isObject(entry)) yield* checkEntry(code, entry, pointer);
    else yield { pointer, message: `The entry of ${quote(code)} is not a mapping.` };
  }
};

function* checkEntry(code: string, entry: JsonObject, pointer: string): Generator<RuleFinding> {
  for (const member of entry["retired"] === undefined ? required : (["title"] as const)) {
    if (entry[member] !== undefined) continue;
    yield {
      pointer,
      message: `The entry of ${quote(code)} has no \`${member}\`.`,
      fix: `Add \`${member}\` to the entry; docs/vocabulary.md says what it means.`,
    };
  }
  for (const [member, value] of Object.entries(entry)) {
    const check = Object.hasOwn(members, member) ? members[member] : undefined;
    const at = joinPointer(pointer, member);
    if (check === undefined) {
      // Extensions are the author's own.
      if (member.startsWith("x-")) continue;
      yield {
        pointer: at,
        message: `An entry of the catalogue has no member ${quote(member)}.${didYouMean(member, Object.keys(members))}`,
        fix: "Remove it, correct its spelling, or prefix it with `x-`.",
      };
      continue;
    }
    const problem = check(value);
    if (problem !== undefined) yield { pointer: at, message: `\`${member}\` of ${quote(code)} ${problem}.` };
  }
  if (entry["sunset"] !== undefined && entry["deprecated"] === undefined) {
    const message = `${quote(code)} has a \`sunset\` and is not deprecated.`;
    yield { pointer: joinPointer(pointer, "sunset"), message, fix: "Add `deprecated`, or remove `sunset`." };
  }
  const raisedTwice = asArray(entry["raised-by"]).find((stage, index, all) => all.indexOf(stage) !== index);
  if (typeof raisedTwice === "string") {
    const message = `\`raised-by\` of ${quote(code)} names ${quote(raisedTwice)} twice.`;
    yield { pointer: joinPointer(pointer, "raised-by"), message, fix: "Name each stage once." };
  }
}
