/** Rewrites the operations that the API returns: those under `paths` and in `components.pathItems`, not webhooks. */
import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { joinPointer } from "../json/pointer.ts";
import { httpMethods, rewriteMembers } from "./structure.ts";

export type OperationMapper = (operation: JsonObject, pathItem: JsonObject, pointer: string) => JsonObject;

const methods: ReadonlySet<string> = new Set(httpMethods);

/** Copies only what changes. `pointer` is the operation's. */
export function mapOperations(document: JsonObject, map: OperationMapper): JsonObject {
  const mapItems = (items: Json, base: string): Json => {
    if (!isObject(items)) return items;
    return rewriteMembers(items, (path, item) =>
      isObject(item) && !path.startsWith("x-") ? mapPathItem(item, joinPointer(base, path), map) : item,
    );
  };
  return rewriteMembers(document, (key, value) => {
    if (key === "paths") return mapItems(value, "/paths");
    if (key !== "components" || !isObject(value)) return value;
    return rewriteMembers(value, (section, entries) =>
      section === "pathItems" ? mapItems(entries, "/components/pathItems") : entries,
    );
  });
}

function mapPathItem(pathItem: JsonObject, pointer: string, map: OperationMapper): JsonObject {
  return rewriteMembers(pathItem, (method, operation) =>
    methods.has(method) && isObject(operation)
      ? map(operation, pathItem, joinPointer(pointer, method))
      : operation,
  );
}
