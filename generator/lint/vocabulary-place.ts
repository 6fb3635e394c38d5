/** Rule: the extensions of the vocabulary stand where they have an effect, spelt right. */
import {
  chosenNameKey,
  envelopeKey,
  errorCodeSchemaName,
  errorCodesKey,
  idempotencyKeyKey,
  operationErrorsKey,
  scopesKey,
} from "../contract/vocabulary.ts";
import { asObject, isObject, type JsonObject } from "../json/json.ts";
import { joinPointer, resolvePointer } from "../json/pointer.ts";
import type { Rule, RuleFinding, Subject } from "./rule.ts";
import { quote } from "./wording.ts";

const places: Readonly<Record<string, string>> = {
  [envelopeKey]: "the root of the document",
  [errorCodesKey]: `\`components.schemas.${errorCodeSchemaName}\``,
  [operationErrorsKey]: "an operation",
  [idempotencyKeyKey]: "an operation",
  [chosenNameKey]: "an operation",
  [scopesKey]: "a security scheme",
};
/** Spellings that differ from an extension of ours in separators, case or a final `s` only. */
const spellings = new Map(Object.keys(places).map((key) => [plain(key), key]));

export const vocabularyPlace: Rule = function* ({ document, operations, catalogue }) {
  for (const { key, ...finding } of misplaced(document, operations)) {
    // Without a catalogue, another tool's extension may have the same name.
    const isForeign = catalogue === undefined && key !== errorCodesKey;
    yield isForeign ? { ...finding, severity: "warning" } : finding;
  }
};

type Misplaced = RuleFinding & { readonly key: string };

function* misplaced(document: JsonObject, operations: Subject["operations"]): Generator<Misplaced> {
  yield* check(document, "", envelopeKey);
  const pathItems = new Map(operations.map((operation) => [operation.pathItemPointer, operation.pathItem]));
  for (const [pointer, item] of pathItems) yield* check(item, pointer);
  for (const { value, pointer } of operations)
    yield* check(value, pointer, operationErrorsKey, idempotencyKeyKey, chosenNameKey);
  for (const [section, allowed] of [
    ["schemas", errorCodesKey],
    ["responses", undefined],
    ["securitySchemes", scopesKey],
  ] as const) {
    const at = joinPointer("/components", section);
    for (const [name, component] of Object.entries(asObject(resolvePointer(document, at)))) {
      if (!isObject(component)) continue;
      const here = section === "schemas" && name !== errorCodeSchemaName ? undefined : allowed;
      yield* check(component, joinPointer(at, name), ...(here === undefined ? [] : [here]));
    }
  }
}

function* check(node: JsonObject, pointer: string, ...allowed: readonly string[]): Generator<Misplaced> {
  for (const key of Object.keys(node)) {
    const known = key.startsWith("x-") ? spellings.get(plain(key)) : undefined;
    if (known === undefined || allowed.includes(key)) continue;
    const at = joinPointer(pointer, key);
    if (key === known) {
      const message = `\`${known}\` has no effect here.`;
      yield { key: known, pointer: at, message, fix: `Move it to ${places[known] ?? "its place"}.` };
    } else if (allowed.includes(known)) {
      const message = `${quote(key)} is not an extension of Lockstep. Did you mean \`${known}\`?`;
      yield { key: known, pointer: at, severity: "warning", message, fix: `Write \`${known}\`.` };
    }
  }
}

function plain(key: string): string {
  return key.toLowerCase().replaceAll(/[-_]/g, "").replace(/s$/, "");
}
