/** Rule: the examples of error responses carry a code that their status allows. */
import type { Catalogue } from "../contract/vocabulary.ts";
import { asObject, isObject, type Json, type JsonObject } from "../json/json.ts";
import { followRefs, joinPointer } from "../json/pointer.ts";
import { isJsonType } from "../validator-library/http/media-type.ts";
import { covers, errorResponses, type WrittenResponse } from "./error-responses.ts";
import type { Rule, RuleFinding } from "./rule.ts";
import { didYouMean, listOf, quote } from "./wording.ts";

interface WrittenExample {
  readonly value: Json;
  readonly pointer: string;
}

export const errorExample: Rule = function* (subject) {
  const { document, catalogue, envelope } = subject;
  if (catalogue === undefined || envelope === undefined) return;
  for (const response of errorResponses(subject)) {
    for (const example of examplesOf(document, response)) {
      const finding = checkExample(example, envelope.code, response, catalogue);
      if (finding !== undefined) yield finding;
    }
  }
};

function checkExample(
  example: WrittenExample,
  path: readonly string[],
  { operation, status }: WrittenResponse,
  catalogue: Catalogue,
): RuleFinding | undefined {
  let code: Json | undefined = example.value;
  for (const step of path) code = isObject(code) && Object.hasOwn(code, step) ? code[step] : undefined;
  const where = `The example of the ${status} of ${operation.name}`;
  if (typeof code !== "string") {
    const message = `${where} carries no code at \`/${path.join("/")}\`.`;
    return { pointer: example.pointer, message };
  }
  const pointer = joinPointer(example.pointer, ...path);
  const entry = catalogue.live.get(code);
  if (entry === undefined) {
    const near = didYouMean(code, catalogue.live.keys());
    return {
      pointer,
      message: `${where} carries ${quote(code)}, which is not a live code of the catalogue.${near}`,
    };
  }
  const allowed = operation.errors.filter((error) => covers(status, error.status)).map((error) => error.code);
  if (allowed.includes(code) || allowed.length === 0) return undefined;
  const why = covers(status, entry.status)
    ? "which the operation does not return"
    : `whose status is ${entry.status}`;
  return {
    pointer,
    message: `${where} carries ${quote(code)}, ${why}.`,
    fix: `Use ${listOf(allowed)} there.`,
  };
}

function* examplesOf(document: JsonObject, response: WrittenResponse): Generator<WrittenExample> {
  const content = asObject(response.value["content"]);
  for (const mediaType of Object.keys(content).filter(isJsonType)) {
    const media = asObject(content[mediaType]);
    const at = joinPointer(response.pointer, "content", mediaType);
    if (media["example"] !== undefined)
      yield { value: media["example"], pointer: joinPointer(at, "example") };
    for (const [name, written] of Object.entries(asObject(media["examples"]))) {
      const { value, pointer } = followRefs(document, written, joinPointer(at, "examples", name));
      if (!isObject(value) || value["value"] === undefined) continue;
      yield { value: value["value"], pointer: joinPointer(pointer, "value") };
    }
  }
}
