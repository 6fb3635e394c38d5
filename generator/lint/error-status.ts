/** Rule: the error responses that are written out agree with the codes that the operation returns. */
import type { CatalogueEntry } from "../contract/vocabulary.ts";
import { asObject } from "../json/json.ts";
import { joinPointer } from "../json/pointer.ts";
import { namedCodes } from "./envelope-schema.ts";
import { isJsonType } from "../validator-library/http/media-type.ts";
import { covers, errorResponses, type WrittenResponse } from "./error-responses.ts";
import type { Rule, RuleFinding, Subject } from "./rule.ts";
import { didYouMean, listOf, quote } from "./wording.ts";

export const errorStatus: Rule = function* (subject) {
  const { catalogue } = subject;
  if (catalogue === undefined) return;
  for (const response of errorResponses(subject)) {
    const { operation, status, keyPointer } = response;
    if (operation.errors.some((error) => covers(status, error.status))) {
      yield* checkNamedCodes(subject, response);
      continue;
    }
    const candidates = [...catalogue.live.values()].filter((entry) => covers(status, entry.status));
    yield {
      pointer: keyPointer,
      message: `${operation.name} declares ${status}, and none of the codes that it returns has that status.`,
      ...(candidates.length === 0
        ? { fix: `Remove the response, or write a code of status ${status} into the catalogue.` }
        : {
            fix: `List ${listOf(candidates.map((entry) => entry.code))} in \`x-errors\`, or remove the response.`,
          }),
    };
  }
};

function* checkNamedCodes(subject: Subject, response: WrittenResponse): Generator<RuleFinding> {
  const { document, envelope, catalogue } = subject;
  if (envelope === undefined || catalogue === undefined) return;
  const content = asObject(response.value["content"]);
  for (const mediaType of Object.keys(content).filter(isJsonType)) {
    const schema = asObject(content[mediaType])["schema"] ?? null;
    const at = joinPointer(response.pointer, "content", mediaType, "schema");
    const codes = namedCodes(document, envelope.code, schema, at);
    // The whole `ErrorCode` (or the envelope itself) narrows nothing, so it claims nothing.
    if (codes.length >= catalogue.live.size && codes.length > 1) continue;
    for (const { code, pointer } of codes) {
      const problem = complain(code, catalogue.live.get(code), response, catalogue.live.keys());
      if (problem !== undefined) yield { pointer, ...problem };
    }
  }
}

function complain(
  code: string,
  entry: CatalogueEntry | undefined,
  { operation, status }: WrittenResponse,
  known: Iterable<string>,
): { message: string; fix: string } | undefined {
  const where = `The ${status} of ${operation.name}`;
  if (entry === undefined) {
    return {
      message: `${where} names the code ${quote(code)}, which is not in the catalogue.${didYouMean(code, known)}`,
      fix: "Correct the spelling, or write an entry for the code in `x-error-codes`.",
    };
  }
  if (!covers(status, entry.status)) {
    return {
      message: `${where} names the code ${quote(code)}, whose status is ${entry.status}.`,
      fix: `Move it to the ${entry.status} response.`,
    };
  }
  if (operation.errors.some((error) => error.code === code)) return undefined;
  return {
    message: `${where} names the code ${quote(code)}, which the operation does not return.`,
    fix: `List ${quote(code)} in \`x-errors\`, or remove it here.`,
  };
}
