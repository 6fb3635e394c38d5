/** Leaves to the general engine what our own rules do not judge, so that nothing is reported twice. */
import { asObject, isObject, type Json, type JsonObject } from "../../json/json.ts";
import type { ApiModel } from "../../model/api-model.ts";
import { rewriteMembers } from "../../openapi/structure.ts";

/** By method and path (`get /a`): the statuses whose answers carry codes of the error contract. */
export type ErrorStatuses = ReadonlyMap<string, ReadonlySet<string>>;

/** The statuses that the error contract covers in one of the models at least. */
export function errorStatuses(models: readonly ApiModel[]): ErrorStatuses {
  const statuses = new Map<string, Set<string>>();
  for (const { operations } of models) {
    for (const { method, path, errors } of operations) {
      const place = `${method} ${path}`;
      const known = statuses.get(place) ?? new Set<string>();
      for (const { status } of errors) known.add(status);
      statuses.set(place, known);
    }
  }
  return statuses;
}

/** The document without the answers of the error contract; what stays keeps its pointers. */
export function project(document: JsonObject, statuses: ErrorStatuses): JsonObject {
  const paths = rewriteMembers(asObject(document["paths"]), (path, item) =>
    isObject(item)
      ? rewriteMembers(item, (method, operation) =>
          projectOperation(operation, statuses.get(`${method} ${path}`) ?? new Set()),
        )
      : item,
  );
  return { ...document, paths };
}

function projectOperation(operation: Json, statuses: ReadonlySet<string>): Json {
  if (!isObject(operation) || !isObject(operation["responses"])) return operation;
  const kept = Object.entries(operation["responses"]).filter(([status]) => !statuses.has(status));
  return { ...operation, responses: Object.fromEntries(kept) };
}
