/** The rule for everything but errors: every operation, callback and webhook, and the servers that they are at. */
import { isObject, type JsonObject } from "../../json/json.ts";
import { resolvePointer } from "../../json/pointer.ts";
import type { ApiModel, Operation } from "../../model/api-model.ts";
import { operationLifecycle, type ModelPair, type OperationPair } from "../pair.ts";
import type { RuleDraft } from "../rule.ts";
import { quoted } from "../wording.ts";
import { Comparison } from "./comparison.ts";
import { compareExchange } from "./operation.ts";
import { compareOutgoing } from "./outgoing.ts";
import { compareSchemes } from "./schemes.ts";
import { compareServers } from "./servers.ts";

/** `explained` holds the operations of which rules about errors have reported something. */
export function compareGeneral(pair: ModelPair, explained: ReadonlySet<string>): readonly RuleDraft[] {
  const comparison = new Comparison(pair);
  goneAndNew(comparison);
  for (const operations of pair.operations) {
    moved(comparison, operations);
    if (isSame(comparison, operations)) continue;
    compareExchange(comparison, {
      ...operations,
      id: operations.revision.id,
      reversed: false,
      explained: explained.has(operations.revision.id),
    });
  }
  compareOutgoing(comparison);
  compareServers(comparison);
  compareSchemes(comparison);
  return comparison.drafts;
}

/** True if both operations, and what their path items say for them, are written the same. */
function isSame({ pair, closures }: Comparison, { base, revision }: OperationPair): boolean {
  const parameters = (model: ApiModel, operation: Operation): JsonObject => {
    const item = resolvePointer(
      model.document,
      operation.pointer.slice(0, operation.pointer.lastIndexOf("/")),
    );
    return isObject(item) ? item : {};
  };
  return (
    base.path === revision.path &&
    closures.same(
      resolvePointer(pair.base.document, base.pointer),
      resolvePointer(pair.revision.document, revision.pointer),
    ) &&
    closures.same(
      parameters(pair.base, base)["parameters"],
      parameters(pair.revision, revision)["parameters"],
    )
  );
}

function placeOf({ method, path }: Operation): string {
  return `${method.toUpperCase()} ${path}`;
}

function goneAndNew(comparison: Comparison): void {
  const { pair } = comparison;
  const [before, after] = [
    new Set(pair.operations.map(({ base }) => base)),
    new Set(pair.operations.map(({ revision }) => revision)),
  ];
  for (const operation of pair.base.operations.filter((one) => !before.has(one))) {
    const { deprecated, sunset, stability } = operationLifecycle(pair.base, operation);
    const isOver = deprecated && sunset !== undefined && sunset < pair.today;
    const found = {
      rule: isOver ? "removed-after-sunset" : "operation-removed",
      subject: placeOf(operation),
      message: `${quoted(placeOf(operation))} is gone`,
      base: operation.pointer,
      ...(stability === undefined ? {} : { stability }),
    } as const;
    comparison.report(found, operation.id);
  }
  for (const operation of pair.revision.operations.filter((one) => !after.has(one))) {
    const subject = placeOf(operation);
    const message = `${quoted(subject)} is new`;
    comparison.report(
      { rule: "operation-added", subject, message, revision: operation.pointer },
      operation.id,
    );
  }
}

/** Paired by its id alone. */
function moved(comparison: Comparison, { base, revision, isMoved }: OperationPair): void {
  if (!isMoved) return;
  const message = `${quoted(placeOf(base))} moved to ${quoted(placeOf(revision))}`;
  const at = { base: base.pointer, revision: revision.pointer };
  comparison.report({ ...at, rule: "operation-moved", subject: placeOf(base), message }, revision.id);
}
