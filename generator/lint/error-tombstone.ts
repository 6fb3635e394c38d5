/** Rule: a retired code is used nowhere, and codes are replaced by live ones. */
import {
  cataloguePointer,
  errorCodeSchemaName,
  operationErrorsKey,
  type Catalogue,
} from "../contract/vocabulary.ts";
import { asArray } from "../json/json.ts";
import { joinPointer, resolvePointer } from "../json/pointer.ts";
import type { Rule, RuleFinding } from "./rule.ts";
import { didYouMean, quote } from "./wording.ts";

const enumPointer = joinPointer("/components/schemas", errorCodeSchemaName, "enum");

export const errorTombstone: Rule = function* ({ document, catalogue, operations }) {
  if (catalogue === undefined) return;
  for (const [index, code] of asArray(resolvePointer(document, enumPointer)).entries()) {
    if (typeof code !== "string" || !catalogue.retired.has(code)) continue;
    yield {
      pointer: joinPointer(enumPointer, index),
      message: `${quote(code)} is retired and still in the \`enum\` of \`ErrorCode\`.`,
      fix: "Remove it from the `enum`; its entry stays in the catalogue as a tombstone.",
    };
  }
  for (const operation of operations) {
    for (const [index, code] of asArray(operation.value[operationErrorsKey]).entries()) {
      const tombstone = typeof code === "string" ? catalogue.retired.get(code) : undefined;
      if (tombstone === undefined) continue;
      const heir = catalogue.live.get(tombstone.replacedBy ?? "")?.code;
      yield {
        pointer: joinPointer(operation.pointer, operationErrorsKey, index),
        message: `${operation.name} lists ${quote(tombstone.code)}, which was retired in ${tombstone.retired}.`,
        fix: heir === undefined ? "Remove it, or add a new code." : `List ${quote(heir)}, which replaced it.`,
      };
    }
  }
  yield* checkReplacements(catalogue);
};

function* checkReplacements(catalogue: Catalogue): Generator<RuleFinding> {
  for (const { code, replacedBy } of [...catalogue.live.values(), ...catalogue.retired.values()]) {
    if (replacedBy === undefined) continue;
    const pointer = joinPointer(cataloguePointer, code, "replacedBy");
    const heir = catalogue.live.get(replacedBy);
    if (heir !== undefined && heir.code !== code && !leadsBack(catalogue, code)) continue;
    const unknown = !catalogue.retired.has(replacedBy);
    const why =
      heir !== undefined
        ? "leads back to itself"
        : unknown
          ? `is not in the catalogue.${didYouMean(replacedBy, catalogue.live.keys())}`
          : "is retired itself";
    yield {
      pointer,
      message: `${quote(code)} is replaced by ${quote(replacedBy)}, which ${why}${unknown && heir === undefined ? "" : "."}`,
      fix: "Name the live code that callers should expect instead.",
    };
  }
}

function leadsBack(catalogue: Catalogue, code: string): boolean {
  const seen = new Set<string>();
  let next = catalogue.live.get(code)?.replacedBy;
  while (next !== undefined && !seen.has(next)) {
    if (next === code) return true;
    seen.add(next);
    next = catalogue.live.get(next)?.replacedBy;
  }
  return false;
}
