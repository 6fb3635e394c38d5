/** Rule: the details of a code are a named schema of an object that is closed, or a map, so that every layer gives them one type. */
import { cataloguePointer } from "../contract/vocabulary.ts";
import { isObject, type JsonObject } from "../json/json.ts";
import { followRefs, joinPointer, refPointer, resolvePointer } from "../json/pointer.ts";
import type { Rule, RuleFinding, Subject } from "./rule.ts";
import { quote } from "./wording.ts";

function isClosed(schema: JsonObject): boolean {
  return schema["additionalProperties"] === false || schema["unevaluatedProperties"] === false;
}

/** Members of any name, each of one schema. */
function isMap(schema: JsonObject): boolean {
  return isObject(schema["additionalProperties"]) && Object.keys(schema["additionalProperties"]).length > 0;
}

const named = /^\/components\/schemas\/[^/]+$/;

export const errorDetails: Rule = function* (subject) {
  for (const { code, detailsRef } of subject.catalogue?.live.values() ?? []) {
    // Details that are no `$ref` are the business of `error-code-entry`.
    if (detailsRef === undefined) continue;
    yield* checkSchema(subject, code, detailsRef, joinPointer(cataloguePointer, code, "details"));
  }
};

function* checkSchema(
  { document }: Subject,
  code: string,
  ref: string,
  pointer: string,
): Generator<RuleFinding> {
  const target = refPointer(ref);
  if (target === undefined || !named.test(target)) {
    const message = `The \`details\` of ${quote(code)} refer to ${quote(ref)}, which is not a named schema.`;
    yield { pointer, message, fix: "Refer to a schema in `components.schemas`." };
    return;
  }
  const { value: schema, pointer: at } = followRefs(document, resolvePointer(document, target), target);
  if (!isObject(schema)) {
    yield {
      pointer,
      message: `The \`details\` of ${quote(code)} refer to ${quote(ref)}, which does not exist.`,
    };
    return;
  }
  if (schema["type"] !== "object") {
    const message = `${quote(ref)}, the \`details\` of ${quote(code)}, is not of \`type: object\`.`;
    yield { pointer: at, message, fix: "Put `type: object` on the schema." };
  } else if (!isClosed(schema) && !isMap(schema)) {
    yield {
      pointer: at,
      message: `${quote(ref)}, the \`details\` of ${quote(code)}, allows members that it does not name.`,
      fix: "Put `additionalProperties: false` (with `allOf`: `unevaluatedProperties: false`) on the schema, or the schema of a map's values.",
    };
  }
}
