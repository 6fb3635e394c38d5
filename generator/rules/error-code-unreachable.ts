/** Rule: every live code is answered by some operation. */
import { cataloguePointer } from "../contract/vocabulary.ts";
import { joinPointer } from "../json/pointer.ts";
import type { Rule } from "./rule.ts";
import { listOf, quote } from "./wording.ts";

export const errorCodeUnreachable: Rule = function* ({ catalogue, operations }) {
  if (catalogue === undefined) return;
  const answered = new Set(operations.flatMap((operation) => operation.errors.map((error) => error.code)));
  for (const { code, raisedBy } of catalogue.live.values()) {
    // What routing raises is answered outside of every operation.
    if (answered.has(code) || raisedBy.includes("routing")) continue;
    yield {
      pointer: joinPointer(cataloguePointer, code),
      message: `No operation answers ${quote(code)}: none lists it, and none has the stage ${listOf(raisedBy)}.`,
    };
  }
};
