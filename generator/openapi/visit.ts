/** A reading walk over all schemas of a document; builds a pointer only when it is asked for one. */
import { isArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import { joinPointer } from "../json/pointer.ts";
import { members, type Kind, type Members } from "./structure.ts";

/** Called for every Schema Object, outer ones first. `pointer()` gives its place in the document. */
export type SchemaVisitor = (schema: JsonObject, pointer: () => string) => void;

/** Visits every Schema Object of a document, wherever it stands. Example values and extensions are never entered. */
export function visitSchemas(document: JsonObject, visit: SchemaVisitor): void {
  const path: string[] = [];
  const pointer = (): string => joinPointer("", ...path);

  const enter = (token: string, node: Json, kind: Kind): void => {
    if (!isObject(node)) return;
    path.push(token);
    walk(node, kind);
    path.pop();
  };
  const enterMap = (node: Json, kind: Kind): void => {
    if (!isObject(node)) return;
    for (const key in node) enter(key, node[key] ?? null, kind);
  };
  const walk = (node: JsonObject, kind: Kind): void => {
    if (kind === "schema") visit(node, pointer);
    // A Callback Object is a map of path items under runtime expressions.
    if (kind === "callback") {
      enterMap(node, "pathItem");
      return;
    }
    const shape: Members = members[kind];
    for (const key in node) {
      const member = Object.hasOwn(shape, key) ? shape[key] : undefined;
      const value = node[key];
      if (member === undefined || value === undefined) continue;
      // The table names only kinds that it has itself.
      const inner = member[0] as Kind;
      if (member[1] === "one") {
        enter(key, value, inner);
        continue;
      }
      path.push(key);
      if (member[1] === "map") enterMap(value, inner);
      else if (isArray(value))
        value.forEach((item, index) => {
          enter(String(index), item, inner);
        });
      path.pop();
    }
  };
  walk(document, "document");
}
