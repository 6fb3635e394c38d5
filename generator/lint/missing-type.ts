/** Schemas without `type` whose other keywords concern one type: what is read into them, or what they accept by the letter. */
import type { Finding } from "../diagnostics/diagnostic.ts";
import { joinPointer } from "../json/pointer.ts";
import { impliedTypes, type ImpliedType } from "../openapi/implied-types.ts";
import { visitSchemas } from "../openapi/visit.ts";
import type { Rule, Subject } from "./rule.ts";

/** By the letter of JSON Schema (validation §6.5.3, core §10.3) such keywords say nothing of values of other types. */
export const missingType: Rule = (subject) =>
  subject.reading.impliedTypes
    ? []
    : [...placesOf(subject)].map(({ pointer, type, keyword }) => ({
        pointer,
        message: `\`${keyword}\` stands without \`type\`, so values that are no ${type} are accepted as well.`,
        fix: `Put \`type: ${type}\` beside it.`,
      }));

/** What was read into the schemas; `isChosen`: the settings ask for it, so it is not an assumption. */
export function impliedTypeFindings(subject: Subject, isChosen: boolean): Finding[] {
  if (!subject.reading.impliedTypes) return [];
  return [...placesOf(subject)].map(({ pointer, type, keyword }) => ({
    code: "lockstep/implied-type",
    message: `\`${keyword}\` stands without \`type\`; the schema is read as \`type: ${type}\`.`,
    fix: `Put \`type: ${type}\` beside it.`,
    pointer,
    ...(isChosen ? { severity: "warning" } : {}),
  }));
}

function placesOf({ document }: Subject): readonly (ImpliedType & { readonly pointer: string })[] {
  const implied = impliedTypes(document);
  if (implied.size === 0) return [];
  const places: (ImpliedType & { readonly pointer: string })[] = [];
  visitSchemas(document, (schema, pointer) => {
    const one = implied.get(schema);
    if (one !== undefined) places.push({ ...one, pointer: joinPointer(pointer(), one.keyword) });
  });
  return places;
}
