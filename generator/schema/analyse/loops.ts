/** Finds schemas that refer to themselves for the very same value: checking them would never end (core §9.4.1). */
import type { SchemaNode, SchemaStore } from "./store.ts";
import { subschemas } from "./subschemas.ts";

/** Keywords whose schemas apply to the same value. */
const inPlace: ReadonlySet<string> = new Set([
  "allOf",
  "anyOf",
  "oneOf",
  "not",
  "if",
  "then",
  "else",
  "dependentSchemas",
  "dependencies",
]);

/** True if the schemas of this keyword apply to the same value as the schema that has it. */
export function isInPlace(keyword: string): boolean {
  return inPlace.has(keyword);
}

export class LoopIndex {
  readonly #done = new Set<SchemaNode>();
  readonly #store: SchemaStore;

  constructor(store: SchemaStore) {
    this.#store = store;
  }

  /** The schemas that close a loop which can be reached from here; each is told once. */
  from(start: SchemaNode): SchemaNode[] {
    const found: SchemaNode[] = [];
    const path = new Set<SchemaNode>();
    const stack: { readonly node: SchemaNode; readonly next: SchemaNode[] }[] = [];
    const enter = (node: SchemaNode): void => {
      if (path.has(node)) found.push(node);
      if (path.has(node) || this.#done.has(node)) return;
      path.add(node);
      stack.push({ node, next: this.#targets(node) });
    };
    enter(start);
    for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
      const target = frame.next.pop();
      if (target !== undefined) {
        enter(target);
        continue;
      }
      stack.pop();
      path.delete(frame.node);
      this.#done.add(frame.node);
    }
    return found;
  }

  #targets(node: SchemaNode): SchemaNode[] {
    const { schema } = node;
    if (typeof schema === "boolean") return [];
    const { $ref } = schema;
    const target = typeof $ref === "string" ? this.#store.resolve(node, $ref) : undefined;
    const inner = subschemas(schema)
      .filter(({ tokens }) => isInPlace(tokens[0] ?? ""))
      .map((one) => this.#store.child(node, one.schema, ...one.tokens));
    // Boolean schemas have no identity, and no loops.
    return [...(target === undefined ? [] : [target]), ...inner].filter(
      (one) => typeof one.schema !== "boolean",
    );
  }
}
