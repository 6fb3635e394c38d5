/** Rule: the catalogue's live codes and the `enum` of `ErrorCode` are the same set. */
import { cataloguePointer, errorCodeSchemaName } from "../contract/vocabulary.ts";
import { asArray, isObject } from "../json/json.ts";
import { joinPointer, resolvePointer } from "../json/pointer.ts";
import type { Rule } from "./rule.ts";
import { didYouMean, quote } from "./wording.ts";

const schemaPointer = joinPointer("/components/schemas", errorCodeSchemaName);

export const errorCodeEnum: Rule = function* ({ document, catalogue }) {
  if (catalogue === undefined) return;
  const schema = resolvePointer(document, schemaPointer);
  if (!isObject(schema)) return;
  const listed = asArray(schema["enum"]);
  if (listed.length === 0) {
    const message = "`ErrorCode` has a catalogue and no `enum`.";
    yield { pointer: schemaPointer, message, fix: "Add an `enum` with every live code of the catalogue." };
    return;
  }
  for (const [index, code] of listed.entries()) {
    // A retired code in the enum is the business of `error-tombstone`.
    if (typeof code === "string" && (catalogue.live.has(code) || catalogue.retired.has(code))) {
      if (listed.indexOf(code) !== index) {
        const message = `The \`enum\` names ${quote(code)} twice.`;
        yield { pointer: joinPointer(schemaPointer, "enum", index), message, fix: "Remove one of the two." };
      }
      continue;
    }
    const name = typeof code === "string" ? code : JSON.stringify(code);
    const missing = [...catalogue.live.keys()].filter((known) => !listed.includes(known));
    yield {
      pointer: joinPointer(schemaPointer, "enum", index),
      message: `The \`enum\` names ${quote(name)}, which has no entry in \`x-error-codes\`.${didYouMean(name, missing)}`,
      fix: "Write an entry for it in the catalogue, or remove it from the `enum`.",
    };
  }
  for (const code of catalogue.live.keys()) {
    if (listed.includes(code)) continue;
    yield {
      pointer: joinPointer(cataloguePointer, code),
      message: `The catalogue has ${quote(code)}, which is missing from the \`enum\` of \`ErrorCode\`.`,
      fix: "Add the code to the `enum`, or retire its entry with `retired`.",
    };
  }
};
