/** Visits every schema of a document; builds pointers on demand. */
import { asArray, isObject, type Json, type JsonObject } from "../json/json.ts";
import { joinPointer } from "../json/pointer.ts";
import { members, type Kind, type Members } from "./structure.ts";

/** Called for every Schema Object, outer ones first. `pointer()` gives its place in the document. */
export type SchemaVisitor = (schema: JsonObject, pointer: () => string) => void;

/** Visits every Schema Object of a document, wherever it stands. Example values and extensions are never entered. */
export function visitSchemas(document: JsonObject, visit: SchemaVisitor): void {
  new Walk(visit).members(document, "document");
}

class Walk {
  readonly #visit: SchemaVisitor;
  readonly #path: string[] = [];
  readonly #pointer = (): string => joinPointer("", ...this.#path);

  constructor(visit: SchemaVisitor) {
    this.#visit = visit;
  }

  members(node: JsonObject, kind: Kind): void {
    const shape: Members = members[kind];
    for (const key in node) {
      const member = Object.hasOwn(shape, key) ? shape[key] : undefined;
      const value = node[key];
      if (member === undefined || value === undefined) continue;
      // The table names only kinds that it has itself.
      const inner = member[0] as Kind;
      this.#path.push(key);
      if (member[1] === "one") this.#node(value, inner);
      else if (member[1] === "map") this.#map(value, inner);
      else this.#list(value, inner);
      this.#path.pop();
    }
  }

  #node(node: Json, kind: Kind): void {
    if (!isObject(node)) return;
    if (kind === "schema") this.#visit(node, this.#pointer);
    // A Callback Object is a map of path items under runtime expressions.
    if (kind === "callback") this.#map(node, "pathItem");
    else this.members(node, kind);
  }

  #map(node: Json, kind: Kind): void {
    if (!isObject(node)) return;
    for (const key in node) this.#entry(key, node[key] ?? null, kind);
  }

  #list(node: Json, kind: Kind): void {
    for (const [index, item] of asArray(node).entries()) this.#entry(String(index), item, kind);
  }

  #entry(token: string, node: Json, kind: Kind): void {
    this.#path.push(token);
    this.#node(node, kind);
    this.#path.pop();
  }
}
