/** Tells schemas with the same meaning from others, so that what a document repeats is compiled once. */
import { isArray, isObject, type Json, type JsonObject } from "../../json/json.ts";
import type { SchemaNode, SchemaStore } from "./store.ts";
import { arityOf, isSchema, subschemas } from "./subschemas.ts";

/** Keywords that change what a validator does; the rest are notes for readers. */
const meaningful = new Set(
  (
    "$id $schema $anchor $dynamicAnchor type enum const minLength maxLength pattern format minimum maximum " +
    "exclusiveMinimum exclusiveMaximum multipleOf minItems maxItems uniqueItems minContains maxContains required " +
    "minProperties maxProperties dependentRequired dependencies readOnly writeOnly discriminator"
  ).split(" "),
);

interface Content {
  readonly id: number;
  /** How many schemas it holds, itself included. */
  readonly weight: number;
}

/** Gives equal numbers to equal schemas (hash consing): each schema is read once, whatever holds it. */
export class ContentIndex {
  readonly #ids = new Map<string, number>();
  readonly #known = new Map<object, Content>();
  readonly #targets = new Map<SchemaNode, number>();
  readonly #store: SchemaStore;

  constructor(store: SchemaStore) {
    this.#store = store;
  }

  /** Equal for schemas that accept the same by the same rules, in resources that resolve references alike. */
  id(node: SchemaNode): number {
    return this.#of(node).id;
  }

  weight(node: SchemaNode): number {
    return this.#of(node).weight;
  }

  #of(node: SchemaNode): Content {
    const { schema } = node;
    if (typeof schema === "boolean") return { id: schema ? -1 : -2, weight: 1 };
    const known = this.#known.get(schema);
    if (known !== undefined) return known;
    const parts = [`resource ${node.resource.uri}`, ...this.#own(node, schema)];
    let weight = 1;
    for (const inner of subschemas(schema)) {
      const content = this.#of(this.#store.child(node, inner.schema, ...inner.tokens));
      parts.push(`${JSON.stringify(inner.tokens)} ${String(content.id)}`);
      weight += content.weight;
    }
    const key = parts.join("\n");
    const id = this.#ids.get(key) ?? this.#ids.size;
    this.#ids.set(key, id);
    const content = { id, weight };
    this.#known.set(schema, content);
    return content;
  }

  #own(node: SchemaNode, schema: JsonObject): string[] {
    return Object.entries(schema).flatMap(([keyword, value]) => {
      if (keyword === "$ref" || keyword === "$dynamicRef")
        return [`${keyword} ${this.#target(node, keyword, value)}`];
      if (meaningful.has(keyword)) return [`${keyword} ${JSON.stringify(value)}`];
      // A keyword for schemas that holds none is a mistake, which is reported by place.
      const arity = arityOf(keyword);
      const isWellFormed =
        arity === undefined ||
        (arity === "one" ? isSchema(value) : arity === "map" ? isObject(value) : isArray(value));
      return isWellFormed ? [] : [`${keyword} ${node.pointer}`];
    });
  }

  /** What a reference means, by identity: following it would never end in recursive schemas. */
  #target(node: SchemaNode, keyword: string, value: Json): string {
    const target = typeof value === "string" ? this.#store.resolve(node, value) : undefined;
    if (target === undefined || keyword === "$dynamicRef")
      return `${JSON.stringify(value)} ${node.resource.uri}`;
    if (typeof target.schema === "boolean") return String(target.schema);
    const number = this.#targets.get(target) ?? this.#targets.size;
    this.#targets.set(target, number);
    return `#${String(number)}`;
  }
}
