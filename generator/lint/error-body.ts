/** Rule: where a document has a catalogue, every JSON body of an error is the envelope. */
import { asObject } from "../json/json.ts";
import { joinPointer } from "../json/pointer.ts";
import { isEnvelope } from "./envelope-schema.ts";
import { isJsonType } from "../validator-library/http/media-type.ts";
import { errorResponses, type WrittenResponse } from "./error-responses.ts";
import type { Rule, RuleFinding, Subject } from "./rule.ts";
import { listOf, quote } from "./wording.ts";

export const errorBody: Rule = function* (subject) {
  if (subject.catalogue === undefined || subject.envelope === undefined) return;
  const seen = new Set<string>();
  for (const response of errorResponses(subject)) {
    // One response component serves many operations; one problem is enough.
    if (seen.has(response.pointer)) continue;
    seen.add(response.pointer);
    yield* checkContent(subject, response);
  }
};

function* checkContent({ document, envelope }: Subject, response: WrittenResponse): Generator<RuleFinding> {
  // Without content there is nothing to contradict: Lockstep adds the body.
  const content = asObject(response.value["content"]);
  const mediaTypes = Object.keys(content);
  if (envelope === undefined || mediaTypes.length === 0) return;
  const where = `${response.status} of ${response.operation.name}`;
  const json = mediaTypes.filter(isJsonType);
  if (json.length === 0) {
    yield {
      pointer: joinPointer(response.pointer, "content"),
      message: `The ${where} has no JSON body, only ${listOf(mediaTypes)}.`,
      fix: `Send the envelope as ${quote(envelope.mediaType)}, or leave \`content\` out: Lockstep adds it.`,
    };
  }
  for (const mediaType of json) {
    const schema = asObject(content[mediaType])["schema"];
    if (schema === undefined || isEnvelope(document, envelope, schema)) continue;
    yield {
      pointer: joinPointer(response.pointer, "content", mediaType, "schema"),
      message: `The body of the ${where} is not the envelope.`,
      fix: `Use \`$ref: "#${envelope.schema}"\`, or leave \`content\` out: Lockstep adds it.`,
    };
  }
}
