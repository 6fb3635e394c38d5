/** Who is strict by default: a document that uses Lockstep's vocabulary is written by those who can change it. */
import type { Subject } from "../lint/rule.ts";
import { envelopeKey, idempotencyKeyKey, operationErrorsKey } from "../contract/vocabulary.ts";
import { isArray } from "../json/json.ts";

/** True if the document uses the vocabulary. */
export function isOwned({ document, operations, catalogue }: Subject): boolean {
  if (catalogue !== undefined || document[envelopeKey] !== undefined) return true;
  return operations.some(
    ({ value }) => isArray(value[operationErrorsKey]) || typeof value[idempotencyKeyKey] === "string",
  );
}
