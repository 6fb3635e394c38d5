/**
 * Cuts references by which a schema would be its own part or alternative for the very same value: TypeScript has no such
 * types. A parent whose union lists its children is read without that union where a child refers to it.
 */
import { asArray } from "../../json/json.ts";
import type { SchemaNode, SchemaStore } from "../../schema/analyse/store.ts";
import { isSchema } from "../../schema/analyse/subschemas.ts";
import type { SchemaSite } from "./schema-site.ts";

/** What to do with a reference that would close a loop; `undefined`: it closes none. */
export type Cut = "drop" | "without-union" | undefined;

type Way = "all" | "any";

const keywords = { all: ["allOf"], any: ["allOf", "anyOf", "oneOf"] } as const;

export class LoopCutter {
  readonly #store: SchemaStore;
  readonly #known = {
    all: new Map<SchemaNode, ReadonlySet<SchemaNode>>(),
    any: new Map<SchemaNode, ReadonlySet<SchemaNode>>(),
  };

  constructor(store: SchemaStore) {
    this.#store = store;
  }

  cut(site: SchemaSite, target: SchemaNode): Cut {
    if (!site.inPlace) return undefined;
    if (site.within.has(target)) return "drop";
    if (target === site.owner) return site.edge === "all" && site.isAlternative ? "without-union" : "drop";
    if (!this.reached(target, "any").has(site.owner)) return undefined;
    if (site.edge === "all") return "without-union";
    // The target refers back as a whole, and cuts that reference itself.
    return this.reached(target, "all").has(site.owner) ? undefined : "drop";
  }

  /** The schemas that apply to the same value: by references and `allOf`, or by alternatives as well. */
  reached(start: SchemaNode, way: Way): ReadonlySet<SchemaNode> {
    const known = this.#known[way].get(start);
    if (known !== undefined) return known;
    const found = new Set<SchemaNode>();
    const queue = [start];
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      const { schema } = node;
      if (typeof schema === "boolean" || found.has(node)) continue;
      found.add(node);
      const { $ref } = schema;
      const target = typeof $ref === "string" ? this.#store.resolve(node, $ref) : undefined;
      if (target !== undefined) queue.push(target);
      for (const keyword of keywords[way]) {
        for (const [i, part] of asArray(schema[keyword]).entries())
          if (isSchema(part)) queue.push(this.#store.child(node, part, keyword, i));
      }
    }
    this.#known[way].set(start, found);
    return found;
  }
}
