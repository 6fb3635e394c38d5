/** Rule: `x-error-envelope` names a schema, and its pointers lead to members of that schema. */
import { fieldNames, isPointer, issueMembers, readIssues } from "../contract/error-layout.ts";
import { memberSchema } from "../contract/envelope.ts";
import { envelopeKey, errorEnvelopeSchemaName } from "../contract/vocabulary.ts";
import { asObject, isObject, type Json, type JsonObject } from "../json/json.ts";
import { joinPointer, pointerTokens, resolvePointer } from "../json/pointer.ts";
import type { Rule, RuleFinding } from "./rule.ts";
import { didYouMean, listOf, quote } from "./wording.ts";

const pointerMembers = ["code", "message", "details", "status"];
const members = ["schema", "mediaType", "headers", "issues", ...pointerMembers];
const issuesMembers = ["at", "names", "general", ...issueMembers];
const place = joinPointer("", envelopeKey);

export const errorEnvelope: Rule = function* ({ document }) {
  const declared = document[envelopeKey];
  if (declared === undefined) return;
  if (!isObject(declared)) {
    yield { pointer: place, message: "`x-error-envelope` is not a mapping." };
    return;
  }
  for (const member of Object.keys(declared)) {
    if (members.includes(member)) continue;
    const message = `\`x-error-envelope\` has no member ${quote(member)}.${didYouMean(member, members)}`;
    yield {
      pointer: joinPointer(place, member),
      message,
      fix: `Its members are ${members.map(quote).join(", ")}.`,
    };
  }
  const { mediaType } = declared;
  if (mediaType !== undefined && !(typeof mediaType === "string" && /^[^/\s]+\/[^/\s]+$/.test(mediaType))) {
    const message = "`mediaType` of `x-error-envelope` is not a media type.";
    yield {
      pointer: joinPointer(place, "mediaType"),
      message,
      fix: "Write one such as `application/problem+json`.",
    };
  }
  if (declared["headers"] !== undefined && !isObject(declared["headers"])) {
    const message = "`headers` of `x-error-envelope` is not a mapping.";
    yield { pointer: joinPointer(place, "headers"), message, fix: "Map header names to Header Objects." };
  }
  yield* checkSchema(document, declared);
};

function* checkSchema(document: JsonObject, declared: JsonObject): Generator<RuleFinding> {
  const written = declared["schema"] ?? errorEnvelopeSchemaName;
  const name = typeof written === "string" ? written : JSON.stringify(written);
  const pointer = joinPointer("/components/schemas", name);
  if (resolvePointer(document, pointer) === undefined) {
    const known = Object.keys(asObject(resolvePointer(document, "/components/schemas")));
    yield {
      pointer: declared["schema"] === undefined ? place : joinPointer(place, "schema"),
      message: `The envelope's schema ${quote(name)} is not in \`components.schemas\`.${didYouMean(name, known)}`,
      fix: "Name a schema of `components.schemas` as `schema`.",
    };
    return;
  }
  yield* checkIssues(document, pointer, declared["issues"]);
  for (const member of pointerMembers) {
    const value = declared[member];
    if (value === undefined || (member === "code" && value === "status")) continue;
    const problem = checkPointer(document, pointer, value);
    if (problem === undefined) continue;
    yield {
      pointer: joinPointer(place, member),
      message: `\`${member}\` of \`x-error-envelope\` ${problem}.`,
    };
  }
}

function* checkIssues(
  document: JsonObject,
  schema: string,
  declared: Json | undefined,
): Generator<RuleFinding> {
  if (declared === undefined) return;
  const at = joinPointer(place, "issues");
  const said: JsonObject = typeof declared === "string" ? { at: declared } : asObject(declared);
  const strange = Object.keys(said).find((name) => !issuesMembers.includes(name));
  if (strange !== undefined) {
    const message = `\`issues\` of \`x-error-envelope\` has no member ${quote(strange)}.${didYouMean(strange, issuesMembers)}`;
    yield {
      pointer: joinPointer(at, strange),
      message,
      fix: `Its members are ${issuesMembers.map(quote).join(", ")}.`,
    };
  }
  const problem = checkPointer(document, schema, said["at"] ?? null);
  if (problem !== undefined) {
    yield { pointer: at, message: `\`issues\` of \`x-error-envelope\` ${problem}.` };
    return;
  }
  if (said["names"] !== undefined && !fieldNames.some((name) => name === said["names"])) {
    const message = "`names` of `issues` is not known.";
    yield { pointer: joinPointer(at, "names"), message, fix: `Write ${listOf([...fieldNames])}.` };
  }
  yield* checkItems(document, schema, declared, said);
}

/** The members of a list's items. */
function* checkItems(
  document: JsonObject,
  schema: string,
  declared: Json,
  said: JsonObject,
): Generator<RuleFinding> {
  const read = readIssues(document, schema, declared);
  if (read?.form !== "list") return;
  const items = joinPointer(memberSchema(document, schema, read.at)?.pointer ?? "", "items");
  for (const member of issueMembers) {
    const value = said[member];
    const wrong = value === undefined ? undefined : checkPointer(document, items, value);
    if (wrong !== undefined)
      yield {
        pointer: joinPointer(place, "issues", member),
        message: `\`${member}\` of \`issues\` ${wrong}.`,
      };
  }
}

function checkPointer(document: JsonObject, schema: string, value: Json): string | undefined {
  if (!isPointer(value)) return "is not a JSON Pointer; it begins with `/`";
  if (memberSchema(document, schema, pointerTokens(value)) !== undefined) return undefined;
  return `leads to ${quote(value)}, which the schema ${quote(schema)} does not have`;
}
