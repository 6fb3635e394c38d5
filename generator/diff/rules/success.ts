/** Success statuses and idempotency: what a caller that does everything right relies on. */
import { Groups } from "../group.ts";
import type { OperationPair } from "../pair.ts";
import type { Rule } from "../rule.ts";
import type { RuleName } from "../rule-table.ts";
import type { Operation } from "../../model/api-model.ts";
import { isCovered } from "../general/responses.ts";
import { inOperations } from "../wording.ts";

export const successStatuses: Rule = ({ operations }) => {
  const groups = new Groups<{ rule: RuleName; status: string; pair: OperationPair }>();
  for (const pair of operations) {
    const [before, after] = [successes(pair.base), successes(pair.revision)];
    const note = (rule: RuleName, list: readonly string[], other: Operation): void => {
      for (const status of list) {
        if (!successes(other).includes(status) && !isSaidOtherwise(status, other))
          groups.add(`${rule} ${status}`, { rule, status, pair }, pair.revision.id);
      }
    };
    note("success-status-removed", before, pair.revision);
    note("success-status-added", after, pair.base);
  }
  return groups.all.map(({ key: { rule, status, pair }, operations: ids }) => ({
    rule,
    subject: status,
    message: `${status} is ${rule === "success-status-added" ? "returned now" : "no longer returned"}${inOperations(ids)}.`,
    operations: ids,
    base: pair.base.pointer,
    revision: pair.revision.pointer,
  }));
};

/** True if a range stands for the status, or parts for the range: another rule says so. */
function isSaidOtherwise(status: string, operation: Operation): boolean {
  return (
    isCovered(status, operation) ||
    (/XX$/.test(status) && successes(operation).some((one) => one.startsWith(status.charAt(0))))
  );
}

function successes({ responses }: Operation): string[] {
  return responses.map(({ status }) => status).filter((status) => /^[23]/.test(status));
}

export const idempotency: Rule = ({ operations }) => {
  const groups = new Groups<{ rule: RuleName; pair: OperationPair }>();
  for (const pair of operations) {
    const rule = idempotencyRule(pair.base.idempotencyKey, pair.revision.idempotencyKey);
    if (rule !== undefined) groups.add(rule, { rule, pair }, pair.revision.id);
  }
  return groups.all.map(({ key: { rule, pair }, operations: ids }) => ({
    rule,
    subject: "Idempotency-Key",
    message: `The \`Idempotency-Key\` ${verb[rule] ?? "changed"}${inOperations(ids)}.`,
    operations: ids,
    base: pair.base.pointer,
    revision: pair.revision.pointer,
  }));
};

const verb: Partial<Record<RuleName, string>> = {
  "idempotency-dropped": "is no longer taken",
  "idempotency-required": "must be sent now",
  "idempotency-accepted": "may be sent now, and need not be",
};

function idempotencyRule(
  before: Operation["idempotencyKey"],
  after: Operation["idempotencyKey"],
): RuleName | undefined {
  if (before === after) return undefined;
  if (after === "none") return "idempotency-dropped";
  return after === "required" ? "idempotency-required" : "idempotency-accepted";
}
