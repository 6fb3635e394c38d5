/** Requests that the server sends: webhooks and callbacks. Their direction is the other one. */
import { asObject, isObject, type JsonObject } from "../../json/json.ts";
import { followRefs, joinPointer, resolvePointer } from "../../json/pointer.ts";
import type { ApiModel, Operation } from "../../model/api-model.ts";
import { OperationBuilder } from "../../model/operation.ts";
import { httpMethods } from "../../openapi/structure.ts";
import { operationStability } from "../pair.ts";
import { quoted } from "../wording.ts";
import type { Comparison } from "./comparison.ts";
import { compareExchange } from "./operation.ts";

/** Compares all webhooks, and all callbacks of operations that both sides have. */
export function compareOutgoing(comparison: Comparison): void {
  const { base, revision, operations } = comparison.pair;
  const webhooks = (model: ApiModel): Outgoing => ({
    items: asObject(model.document["webhooks"]),
    pointer: "/webhooks",
  });
  compareItems(comparison, "webhook", webhooks(base), webhooks(revision), undefined);
  for (const pair of operations) {
    const callbacks = (model: ApiModel, { pointer }: Operation): Outgoing => flatCallbacks(model, pointer);
    const [before, after] = [callbacks(base, pair.base), callbacks(revision, pair.revision)];
    compareItems(comparison, "callback", before, after, pair.revision.id);
  }
}

interface Outgoing {
  /** Path items by name, or by name and expression. */
  readonly items: JsonObject;
  readonly pointer: string;
  readonly pointers?: ReadonlyMap<string, string>;
}

function flatCallbacks({ document }: ApiModel, pointer: string): Outgoing {
  const at = joinPointer(pointer, "callbacks");
  const pointers = new Map<string, string>();
  const items = Object.entries(asObject(resolvePointer(document, at))).flatMap(([name, entry]) => {
    const callback = followRefs(document, entry, joinPointer(at, name));
    return Object.entries(asObject(callback.value)).flatMap(([expression, item]) => {
      if (expression.startsWith("x-")) return [];
      const key = `${name} ${expression}`;
      pointers.set(key, joinPointer(callback.pointer, expression));
      return [[key, item] as const];
    });
  });
  return { items: Object.fromEntries(items), pointer: at, pointers };
}

function compareItems(
  comparison: Comparison,
  kind: "webhook" | "callback",
  before: Outgoing,
  after: Outgoing,
  owner: string | undefined,
): void {
  const { pair, closures } = comparison;
  const [left, right] = [operationsOf(pair.base, before), operationsOf(pair.revision, after)];
  for (const [key, base] of left) {
    const revision = right.get(key);
    const id = owner ?? key;
    if (revision === undefined) {
      const message = `The ${kind} ${quoted(key)} is gone`;
      const deprecated = base.deprecated && sunsetOf(pair.base, base) < pair.today;
      const rule = deprecated ? "removed-after-sunset" : (`${kind}-removed` as const);
      const stability = operationStability(pair.base, base);
      const own = stability === undefined ? {} : { stability };
      comparison.report({ ...own, rule, subject: key, message, base: base.pointer }, id);
    } else if (!closures.same(nodeAt(pair.base, base), nodeAt(pair.revision, revision))) {
      compareExchange(comparison, { base, revision, id, reversed: true, explained: false });
    }
  }
  for (const [key, revision] of right) {
    if (left.has(key)) continue;
    const message = `The ${kind} ${quoted(key)} is new`;
    comparison.report(
      { rule: `${kind}-added`, subject: key, message, revision: revision.pointer },
      owner ?? key,
    );
  }
}

function nodeAt({ document }: ApiModel, { pointer }: Operation) {
  return resolvePointer(document, pointer);
}

function sunsetOf({ document }: ApiModel, { pointer }: Operation): string {
  const sunset = asObject(resolvePointer(document, pointer))["x-sunset"];
  return typeof sunset === "string" ? sunset : "9999-12-31";
}

function operationsOf(
  model: ApiModel,
  { items, pointer, pointers }: Outgoing,
): ReadonlyMap<string, Operation> {
  const builder = new OperationBuilder(model.document);
  const found = new Map<string, Operation>();
  for (const [name, entry] of Object.entries(items)) {
    const at = pointers?.get(name) ?? joinPointer(pointer, name);
    const { value: pathItem, pointer: place } = followRefs(model.document, entry, at);
    if (!isObject(pathItem)) continue;
    for (const method of httpMethods) {
      const operation = pathItem[method];
      if (!isObject(operation)) continue;
      const built = builder.build({ path: name, method, pathItem, operation, pointer: place });
      found.set(`${method} ${name}`, built);
    }
  }
  return found;
}
