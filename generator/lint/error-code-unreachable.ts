/** Rule: every live code is answered by some operation. */
import { cataloguePointer, type Stage } from "../contract/vocabulary.ts";
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
      message: `No operation answers ${quote(code)}: ${reason(raisedBy)}.`,
    };
  }
};

function reason(raisedBy: readonly Stage[]): string {
  const implied = raisedBy.filter((stage) => stage !== "handler" && stage !== "requirement");
  if (implied.length === 0) return "none lists it in `x-errors`";
  return `none lists it in \`x-errors\`, and none has what ${listOf(implied)} applies to`;
}
