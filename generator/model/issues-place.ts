/** The place of field issues in an envelope. */
import { readIssues } from "../contract/error-layout.ts";
import { envelopeKey } from "../contract/vocabulary.ts";
import { asObject, type JsonObject } from "../json/json.ts";
import type { ErrorEnvelope } from "./api-model.ts";

/** The envelope with the place of field issues, where the document declares one. */
export function withIssues(document: JsonObject, envelope: ErrorEnvelope): ErrorEnvelope {
  const declared = asObject(document[envelopeKey])["issues"];
  const issues = envelope.schema === undefined ? undefined : readIssues(document, envelope.schema, declared);
  return issues === undefined ? envelope : { ...envelope, issues };
}
