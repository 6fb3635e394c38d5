/** Rule: every live code is returned by some operation. */
import { cataloguePointer, type Stage } from "../contract/vocabulary.ts";
import { joinPointer } from "../json/pointer.ts";
import type { Rule } from "./rule.ts";
import { listOf, quote } from "./wording.ts";

export const errorCodeUnreachable: Rule = function* ({ catalogue, operations }) {
  if (catalogue === undefined) return;
  const returned = new Set(operations.flatMap((operation) => operation.errors.map((error) => error.code)));
  for (const { code, raisedBy } of catalogue.live.values()) {
    // What routing raises is returned outside of every operation.
    if (returned.has(code) || raisedBy.includes("routing")) continue;
    yield {
      pointer: joinPointer(cataloguePointer, code),
      message: `No operation returns ${quote(code)}: ${reason(raisedBy)}.`,
    };
  }
};

function reason(raisedBy: readonly Stage[]): string {
  const implied = raisedBy.filter((stage) => stage !== "handler" && stage !== "requirement");
  if (implied.length === 0) return "none lists it in `x-errors`";
  return `none lists it in \`x-errors\`, and none has what ${listOf(implied)} applies to`;
}
