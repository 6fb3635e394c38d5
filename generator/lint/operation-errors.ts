/** Rule: `x-errors` lists codes of the catalogue, each once. */
import { operationErrorsKey } from "../contract/vocabulary.ts";
import { isArray, type Json } from "../json/json.ts";
import { joinPointer } from "../json/pointer.ts";
import type { OperationSubject, Rule, RuleFinding, Subject } from "./rule.ts";
import { didYouMean, quote } from "./wording.ts";

export const operationErrors: Rule = function* (subject) {
  for (const operation of subject.operations) {
    const listed = operation.value[operationErrorsKey];
    if (listed !== undefined) yield* checkList(subject, operation, listed);
  }
};

function* checkList(
  { catalogue }: Subject,
  operation: OperationSubject,
  listed: Json,
): Generator<RuleFinding> {
  const pointer = joinPointer(operation.pointer, operationErrorsKey);
  if (!isArray(listed)) {
    yield {
      pointer,
      message: `\`x-errors\` of ${operation.name} is not a list.`,
      fix: "Write a list of codes: `[not_found]`.",
    };
    return;
  }
  if (catalogue === undefined) {
    yield {
      pointer,
      message: `${operation.name} has \`x-errors\`, and the document has no catalogue.`,
      fix: "Write `x-error-codes` on `components.schemas.ErrorCode`.",
    };
    return;
  }
  for (const [index, code] of listed.entries()) {
    const at = joinPointer(pointer, index);
    if (typeof code !== "string") {
      yield { pointer: at, message: `\`x-errors\` of ${operation.name} holds something that is not a code.` };
    } else if (listed.indexOf(code) !== index) {
      const message = `\`x-errors\` of ${operation.name} lists ${quote(code)} twice.`;
      yield { pointer: at, message, fix: "Remove one of the two." };
    } else if (!catalogue.live.has(code) && !catalogue.retired.has(code)) {
      // A retired code is the business of `error-tombstone`.
      yield {
        pointer: at,
        message: `${operation.name} lists ${quote(code)}, which is not in the catalogue.${didYouMean(code, catalogue.live.keys())}`,
        fix: "Correct the spelling, or write an entry for the code in `x-error-codes`.",
      };
    }
  }
}
