/** Rule: `x-idempotency-key` is `accepted` or `required`, on an operation where it has a use. */
import { idempotencyKeyKey } from "../contract/vocabulary.ts";
import { joinPointer } from "../json/pointer.ts";
import type { Rule } from "./rule.ts";
import { didYouMean, quote } from "./wording.ts";

const values = ["accepted", "required"];
/** Methods that are idempotent or safe by themselves (RFC 9110 §9.2). */
const pointless = ["get", "head", "options", "trace"];

export const idempotencyKey: Rule = function* ({ operations }) {
  for (const { value: operation, name, method, pointer } of operations) {
    const value = operation[idempotencyKeyKey];
    if (value === undefined) continue;
    const at = joinPointer(pointer, idempotencyKeyKey);
    if (typeof value !== "string" || !values.includes(value)) {
      const shown = typeof value === "string" ? quote(value) : "not a text";
      const near = typeof value === "string" ? didYouMean(value, values) : "";
      yield {
        pointer: at,
        message: `\`x-idempotency-key\` of ${name} is ${shown}.${near}`,
        fix: "Write `accepted` or `required`.",
      };
    } else if (pointless.includes(method)) {
      yield {
        pointer: at,
        severity: "warning",
        message: `${name} changes nothing, so an idempotency key has no use there.`,
        fix: "Remove `x-idempotency-key`.",
      };
    }
  }
};
