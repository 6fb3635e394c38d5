/** Prepares a document for the rules: what several of them need is computed once. */
import { deriveErrors } from "../contract/derive.ts";
import { readEnvelope } from "../contract/envelope.ts";
import { operationFacts } from "../contract/facts.ts";
import { readCatalogue, type Catalogue } from "../contract/vocabulary.ts";
import { asObject, isObject, type JsonObject } from "../json/json.ts";
import { followRefs, joinPointer } from "../json/pointer.ts";
import { defaultReading } from "../openapi/reading.ts";
import { httpMethods } from "../openapi/structure.ts";
import type { OperationSubject, Subject } from "./rule.ts";

/** Tolerates any shape: what is not as it should be is left out here and reported by a rule. */
export function subjectOf(document: JsonObject): Subject {
  const catalogue = readCatalogue(document);
  const envelope = readEnvelope(document);
  return {
    document,
    version: versionOf(document["openapi"]),
    reading: defaultReading,
    operations: [...operationsOf(document, catalogue)],
    ...(catalogue === undefined ? {} : { catalogue }),
    ...(envelope === undefined ? {} : { envelope }),
  };
}

function versionOf(openapi: unknown): Subject["version"] {
  const line = String(openapi).slice(0, 3);
  return line === "3.0" || line === "3.2" ? line : "3.1";
}

function* operationsOf(document: JsonObject, catalogue: Catalogue | undefined): Generator<OperationSubject> {
  for (const [path, item] of Object.entries(asObject(document["paths"]))) {
    const { value: pathItem, pointer: pathItemPointer } = followRefs(
      document,
      item,
      joinPointer("/paths", path),
    );
    if (!isObject(pathItem)) continue;
    for (const method of httpMethods) {
      const value = pathItem[method];
      if (!isObject(value)) continue;
      const facts = operationFacts(document, pathItem, value);
      yield {
        name: `${method.toUpperCase()} ${path}`,
        method,
        path,
        pointer: joinPointer(pathItemPointer, method),
        pathItem,
        pathItemPointer,
        value,
        facts,
        errors: catalogue === undefined ? [] : deriveErrors(catalogue, facts),
      };
    }
  }
}
